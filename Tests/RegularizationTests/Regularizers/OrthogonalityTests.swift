import Regularization
import Testing

@Suite("Orthogonality")
struct OrthogonalityTests {
    @Test("Values and gradients are PyTorch's on the smaller side")
    func values() throws {
        for file in ["torch_orth_rows", "torch_orth_columns"] {
            for reference in try Reference.cases(file) {
                let tensor = reference.tensor
                let isOtherSide =
                    file.hasSuffix("rows")
                    ? tensor.shape.rows > tensor.shape.columns : tensor.shape.columns > tensor.shape.rows
                let constant = isOtherSide ? Double(abs(tensor.shape.rows - tensor.shape.columns)) : 0
                let expected = try #require(reference.value) - constant
                #expect(abs(tensor.value(Orthogonality()) - expected) <= 1e-5 * max(1, expected))
                let slopes = try #require(reference.gradient)
                #expect(
                    agree(
                        tensor.gradient(Orthogonality()), slopes, ofInput: slopes.map { Float($0) }),
                    "\(reference.name)")
            }
        }
    }

    @Test("It is 0 at orthonormal rows and positive at antiparallel ones")
    func signedSumsAreNoPenalty() {
        let orthonormal = Tensor([2, 3], [0.6, 0.8, 0, -0.8, 0.6, 0])
        #expect(orthonormal.value(Orthogonality()) < 1e-12)
        #expect(orthonormal.gradient(Orthogonality()).allSatisfy { abs($0) < 1e-6 })
        #expect(Tensor([2, 2], [1, 0, -1, 0]).value(Orthogonality()) == 2)
        #expect(Tensor([2, 2], [0, 0, 0, 0]).value(Orthogonality()) == 2)
    }

    @Test("A convolution is read as a matrix, a vector is refused")
    func shapes() throws {
        try Orthogonality().check([4, 3, 2, 2])
        #expect(
            throws: ShapeError("orthogonality needs a matrix, a tensor of rank 2 or more, not [3]")
        ) { try Orthogonality().check([3]) }
        #expect(Tensor([0, 3], []).value(Orthogonality()) == 0)
    }
}
