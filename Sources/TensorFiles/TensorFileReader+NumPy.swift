extension TensorFileReader {
    /// The one array of an `.npy` file.
    func npy() throws(TensorFileError) -> TensorFile.Tensor { throw error(.otherFormat, "TODO") }

    /// The arrays of an `.npz` file.
    func npz() throws(TensorFileError) -> [TensorFile.Tensor] { throw error(.otherFormat, "TODO") }
}
