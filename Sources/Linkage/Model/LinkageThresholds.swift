import Foundation

/// From when something counts as likely, or as near. Dated data, in `Reference/thresholds.txt`.
public struct LinkageThresholds: Sendable, Equatable {
    /// The day they were judged, as written there.
    public let dated: String
    /// Probability from which records are put into one group.
    public let groups: Double
    /// Probability from which pairs are listed.
    public let pairs: Double
    /// Metres between two postcodes that say as much as one sector.
    public let near: Double
    /// Metres between two postcodes that say as much as one district.
    public let nearby: Double

    /// The data that comes with this room.
    public static let packaged: LinkageThresholds = {
        let file = Bundle.module.url(forResource: "thresholds", withExtension: "txt", subdirectory: "Reference")
        return LinkageThresholds(file.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? "")
    }()

    /// Lines of `name: number`; `#` begins a remark, and `# dated` says as of when.
    public init(_ text: String) {
        var (numbers, dated): ([Substring: Double], String) = ([:], "")
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# dated ") { dated = String(line.dropFirst(8)) }
            guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
            numbers[line[..<colon]] = Double(line[line.index(after: colon)...].filter { $0 != " " })
        }
        self.dated = dated
        (groups, pairs) = (numbers["groups"] ?? 0.5, numbers["pairs"] ?? 0.5)
        (near, nearby) = (numbers["near"] ?? 1000, numbers["nearby"] ?? 5000)
    }
}

extension Linker.Training {
    /// What a threshold costs, as the model itself sees it: where no labels are, this is all that can be known.
    public struct ExpectedErrors: Sendable, Equatable {
        public let threshold: Double
        /// Pairs from this probability.
        public let found: Double
        /// Of those, the share that is not one person.
        public let wrong: Double
        /// Of the pairs of one person that were looked at, the share below it.
        public let missed: Double
    }

    /// Worked out on whole bits of weight, for the pairs that the rules bring.
    public func expectedErrors(_ threshold: Double) -> ExpectedErrors {
        let least = LinkageModel.weight(ofProbability: threshold)
        var (found, right, below) = (0.0, 0.0, 0.0)
        for (bits, pairs) in histogram.sorted(by: { $0.key < $1.key }) {
            let weight = Double(bits) + 0.5
            let likely = pairs * LinkageModel.probability(weight)
            if weight >= least { (found, right) = (found + pairs, right + likely) } else { below += likely }
        }
        return ExpectedErrors(
            threshold: threshold, found: found, wrong: found > 0 ? 1 - right / found : 0,
            missed: right + below > 0 ? below / (right + below) : 0)
    }
}
