extension TableSchema {
    /// Decodes a schema, and throws a `DecodingError` that says so if it cannot be one of a table.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func decode<Value: Decodable>(_ key: CodingKeys) throws -> Value {
            try values.decode(Value.self, forKey: key)
        }
        self.init(
            features: try decode(.features), target: try decode(.target), excluded: try decode(.excluded),
            format: try decode(.format))

        func require(_ condition: Bool, _ key: CodingKeys, _ sentence: @autoclosure () -> String) throws {
            if condition { return }
            throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: sentence())
        }
        func requireDistinct(_ names: [String], _ key: CodingKeys, _ noun: String) throws {
            var seen: Set<String> = []
            for name in names {
                try require(
                    seen.insert(name).inserted, key, "The \(noun) \(name.debugDescription) is there twice.")
            }
        }
        try requireDistinct(features, .features, "feature")
        try requireDistinct(target.columns, .target, "target column")
        try requireDistinct(target.classNames, .target, "class")
        try require(!target.columns.isEmpty, .target, "The target has no column.")
        if case .classes(_, let names) = target {
            try require(!names.isEmpty, .target, "There are no class names.")
            try require(!names.contains(""), .target, "A class has an empty name.")
        }
        try require(!features.contains(""), .features, "A feature has an empty name.")
        let needed = Set(features).union(target.columns)
        try require(
            needed.count == features.count + target.columns.count, .target,
            "A target is a feature at the same time.")
        for name in excluded {
            try require(
                !needed.contains(name), .excluded,
                "The column \(name.debugDescription) is left out, and a feature or a target at the same time."
            )
        }
    }
}
