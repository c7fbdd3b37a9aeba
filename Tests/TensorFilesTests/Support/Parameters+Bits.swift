import Regularization

extension Parameters {
    /// The bits of all elements: unlike numbers, NaN and the signs of zeros compare.
    var bits: [UInt32] { elements.indices.map { elements[$0].bitPattern } }
}
