extension MutableSpan where Element == Float {
    /// The elements in a range, with the lifetime of the span that they are taken from; traps if the range is out of
    /// bounds.
    @_lifetime(copy self)
    package consuming func slice(_ range: Range<Int>) -> MutableSpan<Float> {
        _consumingExtracting(range)
    }
}
