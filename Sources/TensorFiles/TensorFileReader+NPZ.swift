import Regularization

// The format: an archive of `.npy` files, not packed. https://numpy.org/doc/stable/reference/generated/numpy.savez.html
extension TensorFileReader {
    /// The arrays of an `.npz` file.
    func npz() throws(TensorFileError) -> [TensorFile.Tensor] {
        let directory = try zipDirectory()
        try checkIsNoModel(directory.entries)
        let names = try names(of: directory.entries)
        for (entry, name) in zip(directory.entries, names) { try checkIsStored(entry, name) }
        let ranges = try zipData(directory, names: names)
        var arrays: [TensorFile.Tensor] = []
        for (index, entry) in directory.entries.enumerated() {
            let range = ranges[index]
            let checked = CheckedEntry(start: range.lowerBound, checksum: entry.checksum)
            arrays.append(try array(names[index], in: range, of: checked))
        }
        return arrays
    }

    /// Throws for archives of PyTorch and Keras, whatever else is in them.
    private func checkIsNoModel(_ entries: [ZipEntry]) throws(TensorFileError) {
        func has(_ suffix: String) -> Bool {
            entries.contains { $0.name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
        }
        if has("data.pkl") { throw pickle() }
        if has("model.weights.h5") { throw hdf5() }
    }

    /// The names of the arrays: those of the entries without the `.npy` at the end.
    private func names(of entries: [ZipEntry]) throws(TensorFileError) -> [String] {
        var names: [String] = []
        var seen: Set<ExactName> = []
        for entry in entries {
            guard let text = entry.text else {
                throw error(
                    .malformed,
                    "The name of entry \(names.count), counted from 0, is no UTF-8, as its flags say. Write it anew."
                )
            }
            let scalars = text.unicodeScalars
            let suffix = ".npy".unicodeScalars
            let name = scalars.suffix(4).elementsEqual(suffix) ? String(scalars.dropLast(4)) : text
            guard seen.insert(ExactName(name)).inserted else {
                throw error(.malformed, tensor: name, "The archive has two arrays of this name; rename one.")
            }
            names.append(name)
        }
        return names
    }

    private func checkIsStored(_ entry: ZipEntry, _ name: String) throws(TensorFileError) {
        guard entry.flags & ZipEntry.encrypted == 0 else {
            throw error(.otherFormat, tensor: name, "It is encrypted; write the archive without a password.")
        }
        guard entry.method == 0 else {
            throw error(
                .otherFormat, tensor: name,
                "It is compressed; write the archive with np.savez instead of np.savez_compressed.")
        }
        guard entry.packedSize == entry.size else {
            throw error(
                .malformed, tensor: name,
                """
                It is not compressed, but has \(entry.packedSize) bytes of \(entry.size). The archive is damaged; \
                get it anew.
                """)
        }
    }
}
