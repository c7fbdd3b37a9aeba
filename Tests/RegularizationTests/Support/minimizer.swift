/// The minimizer of a function between two numbers, by golden sections around the lowest point of a grid.
///
/// One step is enough for a function that falls and then rises; a grid finds the lowest of several valleys.
func minimizer(
    between a: Double, and b: Double, steps: Int = 1, of function: (Double) -> Double
) -> Double {
    let grid = (0...steps).map { a + (b - a) * Double($0) / Double(steps) }
    let values = grid.map(function)
    let best = values.indices.min { values[$0] < values[$1] }!
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (grid[max(best - 1, 0)], grid[min(best + 1, steps)])
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftValue, rightValue) = (function(left), function(right))
    for _ in 0..<45 {
        if leftValue < rightValue {
            (high, right, rightValue) = (right, left, leftValue)
            left = high - ratio * (high - low)
            leftValue = function(left)
        } else {
            (low, left, leftValue) = (left, right, rightValue)
            right = low + ratio * (high - low)
            rightValue = function(right)
        }
    }
    let middle = (low + high) / 2
    return values[best] <= function(middle) ? grid[best] : middle
}
