extension TensorFileContents {
    /// Writes one array as `np.save` does.
    func writeNPY(to path: String) throws(TensorFileError) { fatalError("TODO") }

    /// Writes the arrays as `np.savez` does.
    func writeNPZ(to path: String) throws(TensorFileError) { fatalError("TODO") }
}
