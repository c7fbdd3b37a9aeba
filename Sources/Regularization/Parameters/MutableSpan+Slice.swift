extension MutableSpan where Element == Float {
    /// The elements of a range, with the lifetime of the whole.
    @_lifetime(copy self)
    package consuming func slice(_ range: Range<Int>) -> MutableSpan<Float> {
        _consumingExtracting(range)
    }
}
