import Regularization

/// The type of the elements of an array that NumPy saved.
struct NPYType {
    let type: TensorType
    let isBigEndian: Bool

    /// The type of a `descr` such as `<f4`: the order of bytes, the kind, and the size; nil if NumPy has no such type.
    init?(_ descr: String) {
        if descr.utf8.count > 32 { return nil }
        var rest = descr.unicodeScalars[...]
        isBigEndian = rest.first == ">"
        if let order = rest.first, "<>|=".unicodeScalars.contains(order) { rest.removeFirst() }
        guard let kind = rest.popFirst() else { return nil }
        let number = rest.prefix { "0"..."9" ~= $0 }
        // Dates have a unit behind the size.
        let unit = rest[number.endIndex...]
        guard unit.isEmpty || "mM".unicodeScalars.contains(kind) && unit.first == "[" && unit.last == "]",
            number.first != "0" || number.count == 1
        else { return nil }
        let size = number.isEmpty ? nil : Int32(String(number)).map(Int.init)
        if size == nil, !number.isEmpty { return nil }
        switch (kind, size) {
        case ("f", 8): type = .float64
        case ("f", 4): type = .float32
        case ("f", 2): type = .float16
        case ("i", 8): type = .int64
        case ("i", 4): type = .int32
        case ("i", 2): type = .int16
        case ("i", 1): type = .int8
        case ("u", 8): type = .uint64
        case ("u", 4): type = .uint32
        case ("u", 2): type = .uint16
        case ("u", 1): type = .uint8
        case ("b", 1), ("?", nil): type = .bool
        case ("f", 16), ("f", 12), ("f", 1), ("c", 8), ("c", 16), ("c", 24), ("c", 32), ("m", 8), ("M", 8):
            type = .other(descr, bits: 8 * (size ?? 0))
        case ("m", nil), ("M", nil): type = .other(descr, bits: 64)
        case ("U", let count?): type = .other(descr, bits: 32 * count)
        case ("S", let count?), ("a", let count?), ("V", let count?): type = .other(descr, bits: 8 * count)
        case ("O", _):
            // The elements are a pickle, of any size.
            type = .other(descr, bits: 0)
        default: return nil
        }
    }

    /// A type of several fields, by the text of their list; a long one is cut.
    init(fields: String) {
        type = .other(String(fields.unicodeScalars.prefix(200)), bits: 0)
        isBigEndian = false
    }
}

extension TensorType {
    /// Why elements of the type are not read, and what to do, in sentences; nil if they are read.
    var reasonNotRead: String? {
        guard case .other(let name, _) = self else { return nil }
        return "The type \(name) is not converted. \(advice(name))"
    }

    /// What to do about a type that is not read, by its name in a safetensors file or in NumPy.
    private func advice(_ name: String) -> String {
        let name = name.unicodeScalars.drop { "<>|=".unicodeScalars.contains($0) }
        switch name.first {
        case "c":
            return
                #"Its elements are complex numbers: in Python, save array.real and array.imag by themselves."#
        case "f": return #"In Python, save array.astype("f8")."#
        case "V" where name.elementsEqual("V2".unicodeScalars):
            return """
                It is probably bfloat16, whose name NumPy loses: in Python, save array.astype(np.float32), or write \
                safetensors.
                """
        case "V":
            return
                "Its elements are bytes whose meaning NumPy loses: in Python, save array.astype(np.float32)."
        case "U", "S", "a": return "Its elements are texts: in Python, save numbers, or leave it out."
        case "m", "M": return #"Its elements are times: in Python, save array.astype("i8")."#
        case "O":
            return """
                Its elements are Python objects in a pickle, a program that is not run here: in Python, save \
                np.array(array.tolist(), dtype=float).
                """
        case "[", "(": return #"Its elements have fields: in Python, save each by itself, as array["name"]."#
        default: return "Write it as 32-bit floats, or leave it out."
        }
    }
}
