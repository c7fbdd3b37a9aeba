/// Elements that grow in number without being copied, until they become one array.
///
/// An array that grows is copied into a larger one, and both are in memory meanwhile. Pieces are freed one by one as
/// they are copied into the final array, whose memory is only used as it is filled.
struct Pieces<Element> {
    private var full: [[Element]] = []
    private var last: [Element] = []
    private let pieceCount: Int

    /// A piece has 32 MiB.
    ///
    /// Allocators return memory of that size to the system as soon as it is freed (glibc keeps
    /// smaller pieces, M_MMAP_THRESHOLD), and what is not used of it takes none.
    init(pieceSize: Int = 1 << 25) {
        pieceCount = Swift.max(1, pieceSize / MemoryLayout<Element>.stride)
    }

    var count: Int { full.count * pieceCount + last.count }

    @inline(__always)
    mutating func append(_ element: Element) {
        if last.count == pieceCount {
            full.append(last)
            last = []
        }
        if last.isEmpty { last.reserveCapacity(pieceCount) }
        last.append(element)
    }

    /// One array of all elements, each transformed; none is left here.
    mutating func joined<Result>(_ transform: (Element) -> Result) -> [Result] {
        var result: [Result] = []
        result.reserveCapacity(count)
        full.append(last)
        last = []
        for index in full.indices {
            for element in full[index] { result.append(transform(element)) }
            full[index] = []
        }
        full = []
        return result
    }
}
