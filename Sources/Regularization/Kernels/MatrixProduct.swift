package enum MatrixProduct {
    package enum Form { case aTimesBTransposed, aTimesB, aTransposedTimesB }
    package static func multiply(
        _ form: Form, rows m: Int, columns n: Int, inner k: Int, _ a: Span<Float>, _ b: Span<Float>,
        into c: inout MutableSpan<Float>, accumulating: Bool = false
    ) {
        for i in 0..<m {
            for j in 0..<n {
                var s: Float = 0
                for l in 0..<k {
                    s +=
                        (form == .aTransposedTimesB ? a[l * m + i] : a[i * k + l])
                        * (form == .aTimesBTransposed ? b[j * k + l] : b[l * n + j])
                }
                c[i * n + j] = s + (accumulating ? c[i * n + j] : 0)
            }
        }
    }
}
