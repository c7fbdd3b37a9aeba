import Foundation
import Regularization
import RegularizationJSON
import RegularizationLaws
import Testing

/// Somebody else's concave function has both faces, with the proximal points in every metric, by four members.
@Suite("A third party's concave functions, of elements and of the norms of groups")
struct RegularizerLawsThirdPartyConcaveTests {
    @Test("Of elements", arguments: [0.01, 1, 30])
    func elements(cap: Double) {
        expectNoViolation(of: CappedL1(cap: cap))
        expectNoViolation(of: L1() + CappedL1(cap: cap))
    }

    @Test("Of norms", arguments: [0.01, 1, 30])
    func norms(number: Double) {
        expectNoViolation(of: GroupCappedL1(.rows, CappedL1(cap: number)))
        expectNoViolation(of: GroupCappedL1(.columns, CappedL1(cap: number)))
        expectNoViolation(of: GroupLogSum(.rows, LogSum(epsilon: number)))
        expectNoViolation(of: L1() + GroupLogSum(.whole, LogSum(epsilon: number)))
    }

    @Test("Names and files are those of the type, and what is wrong has its place")
    func configuration() throws {
        let registry = RegularizerRegistry.builtIn.adding(GroupCappedL1.self)
        let group = GroupCappedL1(.rows, CappedL1(cap: 2))
        #expect(group.name == "GroupCappedL1(rows)")
        let json = String(decoding: try registry.encode(CodableRegularizer(group)), as: UTF8.self)
        #expect(json.filter { !$0.isWhitespace } == #"{"GroupCappedL1":{"cap":2,"groups":"rows"}}"#)
        for (json, place, reason) in [
            (#"{"GroupCappedL1": {"groups": "rows", "cap": 0}}"#, "GroupCappedL1.cap", "positive and finite"),
            (#"{"GroupCappedL1": {"cap": 1}}"#, "GroupCappedL1", "\"groups\" is missing"),
            (#"{"GroupCappedL1": {"groups": "rows", "caps": 1}}"#, "GroupCappedL1", "\"cap\" is missing"),
        ] {
            let error = #expect(throws: ConfigurationError.self) {
                try registry.decode(CodableRegularizer.self, from: Data(json.utf8))
            }
            #expect(error?.place == place)
            #expect(error?.reason.contains(reason) ?? false, "\(error as Any)")
        }
    }

    @Test("A wrong parameter stops with the sentence that a file is refused with")
    func trap() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CappedL1(cap: -1)
        }
        let output = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(
            output.contains("The cap of CappedL1 is positive and finite in Float, not -1.0."), "\(output)")
    }
}

/// φ(r) = min(r, c).
private struct CappedL1: ConcaveElementwiseRegularizer, Codable {
    let cap: Double

    init(cap: Double) { self = trapping(try Self(checking: cap)) }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(Double.self, forKey: .cap)))
    }

    private init(checking cap: Double) throws(ArgumentError) {
        self.cap = try ArgumentError.positive(cap, "cap", of: Self.self)
    }

    var largestConvexScale: Double { 0 }
    func value(atMagnitude magnitude: Double) -> Double { magnitude > cap ? cap : magnitude }
    func derivative(atMagnitude magnitude: Double) -> Double {
        magnitude > cap ? 0 : magnitude.isNaN ? .nan : 1
    }
    func proximalMagnitude(of magnitude: Double, scale: Double) -> Double {
        if scale > 2 * cap { return magnitude <= (2 * scale * cap).squareRoot() ? 0 : magnitude }
        return magnitude <= scale ? 0 : magnitude <= cap + scale / 2 ? magnitude - scale : magnitude
    }
}

private struct GroupCappedL1: ConcaveGroupwiseRegularizer, Codable {
    let groups: Groups
    let elementwise: CappedL1
    init(_ groups: Groups, _ elementwise: CappedL1) {
        (self.groups, self.elementwise) = (groups, elementwise)
    }
}

private struct GroupLogSum: ConcaveGroupwiseRegularizer, Codable {
    let groups: Groups
    let elementwise: LogSum
    init(_ groups: Groups, _ elementwise: LogSum) { (self.groups, self.elementwise) = (groups, elementwise) }
}
