/// The class of each label, found by the bytes of the label, so that a row costs no string.
struct ClassIndex {
    /// The classes that there are: by the order of the names, or of their first appearance.
    private(set) var names: [String]

    private let isOpen: Bool
    /// Canonically equivalent labels are equal as strings, and so of one class, though their bytes differ.
    private var classes: [String: Int32]

    /// All different sequences of bytes, one after the other.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// A hash table with linear probing: indices into the entries, or −1; its size is a power of two.
    private var table: [Int32] = Array(repeating: -1, count: 64)

    private struct Entry {
        var range: Range<Int>
        var hash: Int
        var label: Int32
    }

    /// Makes an index of these classes, or, without names, one that takes every new label for a class.
    init(names: [String]) {
        isOpen = names.isEmpty
        self.names = names
        classes = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    }

    /// The class of a label; nil if these bytes are new.
    func label(_ label: Span<UInt8>) -> Int32? {
        let hash = Self.hash(label)
        var slot = hash & (table.count - 1)
        while table[slot] >= 0 {
            let entry = entries[Int(table[slot])]
            if entry.hash == hash, isEqual(label, entry.range) { return entry.label }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    /// Adds a label with new bytes, whose text is given too, and returns its class; nil if there is no such class.
    mutating func add(_ label: Span<UInt8>, text: String) -> Int32? {
        var found = classes[text]
        if found == nil, isOpen {
            found = Int32(names.count)
            classes[text] = found
            names.append(text)
        }
        guard let found else { return nil }
        let start = bytes.count
        for index in label.indices { bytes.append(label[index]) }
        entries.append(Entry(range: start..<bytes.count, hash: Self.hash(label), label: found))
        if entries.count * 2 > table.count {
            table = Array(repeating: -1, count: table.count * 2)
            for index in entries.indices { insert(index) }
        } else {
            insert(entries.count - 1)
        }
        return found
    }

    private mutating func insert(_ index: Int) {
        var slot = entries[index].hash & (table.count - 1)
        while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = Int32(index)
    }

    private func isEqual(_ label: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard label.count == range.count else { return false }
        for index in label.indices where label[index] != bytes[range.lowerBound + index] { return false }
        return true
    }

    /// A hash that differs from process to process, so that no file can be made to be slow.
    private static func hash(_ label: Span<UInt8>) -> Int {
        var hasher = Hasher()
        label.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}

extension ClassIndex {
    /// The names of the classes, and the class of each label as an index into them; sorted unless the names were given.
    ///
    /// The order is that of values if all names are numbers, otherwise that of names. Among equal values the text
    /// decides, so that 1 and 1.0 always have the same order.
    func sorted(_ labels: inout Pieces<Int32>) -> (names: [String], classes: [Int]) {
        guard isOpen else { return (names, labels.joined { Int($0) }) }
        var order = names.sorted()
        let point = UInt8(ascii: ".")
        let values = order.compactMap { DecimalNumber.isWritten(in: $0, mark: point) ? Double($0) : nil }
        if values.count == order.count { order = zip(values, order).sorted { $0 < $1 }.map(\.1) }
        let places = Dictionary(uniqueKeysWithValues: zip(order, 0...))
        let classes = names.map { places[$0]! }
        return (order, labels.joined { classes[Int($0)] })
    }
}
