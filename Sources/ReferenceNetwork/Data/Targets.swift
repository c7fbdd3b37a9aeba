import Regularization

/// The outputs that a model is trained to give for some samples.
public enum Targets: Sendable, Equatable {
    /// The class of each sample: an index into `names`, from 0.
    case classes([Int], names: [String])

    /// The values of each sample, row-major, samples × outputs; `outputs` is at least 1.
    case values([Float], outputs: Int)

    /// The number of samples.
    var count: Int {
        switch self {
        case .classes(let classes, _): classes.count
        case .values(let values, let outputs): values.count / outputs
        }
    }

    /// Traps unless every class has a name and every sample has all its values.
    func requireConsistency() {
        switch self {
        case .classes(let classes, let names):
            for index in classes {
                require(
                    names.indices.contains(index),
                    "Class \(index) is out of range: there are \(names.count) class names.")
            }
        case .values(let values, let outputs):
            require(outputs > 0, "Targets need at least one output, not \(outputs).")
            require(
                values.count % outputs == 0,
                "\(values.count) target values do not divide into samples of \(outputs) outputs.")
        }
    }

    /// Replaces these targets by those of `source` at the indices, reusing the storage if both are of one kind.
    ///
    /// The array leaves the enumeration before it changes: while both hold it, a change would copy it.
    mutating func refill(from source: Targets, at indices: ArraySlice<Int>) {
        switch source {
        case .classes(let classes, let names):
            var chosen: [Int] = []
            if case .classes(let storage, _) = self { chosen = storage }
            self = .classes([], names: [])
            chosen.removeAll(keepingCapacity: true)
            chosen.reserveCapacity(indices.count)
            for index in indices { chosen.append(classes[index]) }
            self = .classes(chosen, names: names)
        case .values(let values, let outputs):
            var chosen: [Float] = []
            if case .values(let storage, _) = self { chosen = storage }
            self = .values([], outputs: outputs)
            chosen.refill(fromRowsOf: values, width: outputs, at: indices)
            self = .values(chosen, outputs: outputs)
        }
    }
}

extension [Float] {
    /// Replaces the elements by the rows of a row-major matrix at the indices; allocates only when it outgrows its
    /// capacity.
    mutating func refill(fromRowsOf matrix: [Float], width: Int, at indices: ArraySlice<Int>) {
        resize(to: indices.count * width)
        let rows = matrix.span
        var copies = mutableSpan
        var copy = 0
        for index in indices {
            let row = rows.extracting(index * width..<(index + 1) * width)
            for column in 0..<width { copies[unchecked: copy &+ column] = row[unchecked: column] }
            copy += width
        }
    }
}
