/// Stops the program with a sentence if a caller broke a rule that the types cannot express.
///
/// `precondition` drops its sentence from optimized builds; this function keeps it. The sentence is made only if
/// needed.
@inlinable
package func require(
    _ condition: Bool, _ sentence: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) {
    if !condition { fatalError(sentence(), file: file, line: line) }
}
