import Regularization

/// Regularizers that a file does not keep.
let wrongConfigurations = breaking(
    .survivesConfiguration, ForgetsAParameter(factor: 3), DoublesWhenRead(), WritesAnotherKey(),
    L1() + ForgetsAParameter(factor: 3))

/// A multiple of L1 that forgets to write the factor.
private struct ForgetsAParameter: ElementwiseRegularizer, Codable {
    var factor = 1.0
    private enum CodingKeys: CodingKey {}
    func value(at weight: Float) -> Double { factor * Double(abs(weight)) }
}

/// A multiple of L1 that reads another factor than it wrote.
private struct DoublesWhenRead: ElementwiseRegularizer, Codable {
    var factor = 1.0
    init() {}
    init(from decoder: any Decoder) throws {
        factor = 2 * (try decoder.container(keyedBy: CodingKeys.self).decode(Double.self, forKey: .factor))
    }
    func value(at weight: Float) -> Double { factor * Double(abs(weight)) }
}

/// A multiple of L1 that does not read what it wrote.
private struct WritesAnotherKey: ElementwiseRegularizer, Codable {
    var factor = 1.0
    private enum CodingKeys: CodingKey { case factor }
    private enum OtherKeys: CodingKey { case multiple }
    init() {}
    init(from decoder: any Decoder) throws {
        factor = try decoder.container(keyedBy: CodingKeys.self).decode(Double.self, forKey: .factor)
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: OtherKeys.self)
        try container.encode(factor, forKey: .multiple)
    }
    func value(at weight: Float) -> Double { factor * Double(abs(weight)) }
}
