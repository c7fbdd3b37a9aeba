extension Int {
    /// The sum with a number of 0 or more, or the largest Int if that is smaller.
    func addingSaturated(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
