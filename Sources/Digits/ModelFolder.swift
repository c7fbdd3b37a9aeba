import Files
import Foundation
import Regularization

/// The folder that models are written to: one file for each experiment and seed.
struct ModelFolder {
    let path: String

    /// The path of a file in the folder.
    func path(of name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

    /// Makes the folder if there is none, though not those that it is in; throws if it takes no file.
    func prepare() throws(OptionError) {
        if mkdir(path, 0o777) != 0, errno != EEXIST {
            let reason = String(cString: strerror(errno))
            let advice = errno == ENOENT ? "Make the folder that it is in, or choose" : "Choose"
            throw .models(path, reason: "The folder cannot be made: \(reason). \(advice) another path.")
        }
        do {
            // The first file of every run.
            try checkWritable(self.path(of: ModelNames([Experiment.all[0]]).names(seed: 0)[0]))
        } catch {
            throw .models(path, reason: error.reason)
        }
    }
}

/// The names of the files of models: `<penalty>-<stage>-<metric>-<seed>.safetensors`.
///
/// A part is in lower-case ASCII letters and digits, with a hyphen for each run of other characters between them, and
/// is `none` if nothing is left. Of a name of more than 100 bytes the penalty is cut. Where two experiments would have
/// the same name, the later one has a number from 2 on behind the seed.
struct ModelNames {
    private let parts: [(penalty: String, stage: String, metric: String)]
    private static let mostBytes = 100

    init(_ experiments: [Experiment]) {
        parts = experiments.map {
            (Self.part($0.name), Self.part($0.stage), Self.part($0.metric?.rawValue ?? ""))
        }
    }

    /// The names for a seed, in the order of the experiments.
    func names(seed: UInt64) -> [String] {
        parts.reduce(into: []) { names, parts in
            var name = Self.name(parts, "\(seed)")
            var number = 1
            while names.contains(name) {
                number += 1
                name = Self.name(parts, "\(seed)-\(number)")
            }
            names.append(name)
        }
    }

    private static func name(
        _ parts: (penalty: String, stage: String, metric: String), _ end: String
    ) -> String {
        let rest = "-\(parts.stage)-\(parts.metric)-\(end).safetensors"
        let penalty = parts.penalty.prefix(mostBytes - rest.utf8.count)
        return (penalty.last == "-" ? penalty.dropLast() : penalty) + rest
    }

    private static func part(_ text: String) -> String {
        let runs = text.unicodeScalars.split { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": false
            default: true
            }
        }
        return runs.isEmpty ? "none" : runs.map { String($0).lowercased() }.joined(separator: "-")
    }
}
