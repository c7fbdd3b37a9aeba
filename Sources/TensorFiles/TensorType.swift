/// The type of a tensor's elements in a file.
public enum TensorType: Sendable, Hashable {
    /// Floating-point numbers of 64, 32 and 16 bits, and bfloat16: the upper half of a Float.
    case float64, float32, float16, bfloat16
    /// Whole numbers with a sign.
    case int64, int32, int16, int8
    /// Whole numbers without a sign.
    case uint64, uint32, uint16, uint8
    /// A byte that is 0 for false and anything else for true.
    case bool
    /// A type that is listed and not read, by its name in the file and the size of an element in bits, which is 0 if
    /// the name does not say it.
    case other(String, bits: Int)

    /// The name in a safetensors file, such as `F32`; of another type, that in its file.
    public var name: String {
        switch self {
        case .float64: "F64"
        case .float32: "F32"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .int64: "I64"
        case .int32: "I32"
        case .int16: "I16"
        case .int8: "I8"
        case .uint64: "U64"
        case .uint32: "U32"
        case .uint16: "U16"
        case .uint8: "U8"
        case .bool: "BOOL"
        case .other(let name, _): name
        }
    }

    /// The size of an element in bits.
    public var bits: Int {
        switch self {
        case .float64, .int64, .uint64: 64
        case .float32, .int32, .uint32: 32
        case .float16, .bfloat16, .int16, .uint16: 16
        case .int8, .uint8, .bool: 8
        case .other(_, let bits): bits
        }
    }
}
