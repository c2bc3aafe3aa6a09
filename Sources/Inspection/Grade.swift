/// A graded judgment of the inspectorate. Which words are grades in which programme, and their order, is dated data:
/// see `GradeScales`.
public enum Grade: String, Sendable, Codable, CaseIterable {
    case outstanding
    case good
    case adequate
    case requiresImprovement = "requires improvement"
    case inadequate
}

/// What a report is about. `integrated` is a report that covers more than one pillar, as all do since 2021/22.
public enum Pillar: String, Sendable, Codable, CaseIterable {
    case effectiveness
    case efficiency
    case legitimacy
    case leadership
    case integrated

    /// As the questions ask it: how *effective* is the force?
    var adjective: String {
        switch self {
        case .effectiveness: "effective"
        case .efficiency: "efficient"
        case .legitimacy: "legitimate"
        case .leadership: "led"
        case .integrated: "good"
        }
    }
}

/// The year of an inspection programme as its report writes it: `2017`, `2018/19`, `2023-25`.
public struct ProgrammeYear: Sendable, Hashable, Comparable {
    public let first: Int
    /// The last year; equal to `first` when the report names one year.
    public let last: Int

    public init?(first: Int, last: Int) {
        guard (2000...2099).contains(first), (first...first + 4).contains(last) else { return nil }
        (self.first, self.last) = (first, last)
    }

    /// Reads `2017`, `2018/19`, `2018-19`, `2023–25` and `2023–2025`.
    public init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { "/-–—".contains($0) }
        guard (1...2).contains(parts.count), parts[0].utf8.count == 4, let first = Int(parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(first: first, last: first)
            return
        }
        guard let end = Int(parts[1]), [2, 4].contains(parts[1].utf8.count) else { return nil }
        self.init(first: first, last: parts[1].utf8.count == 2 ? first / 100 * 100 + end : end)
    }

    public static func < (left: ProgrammeYear, right: ProgrammeYear) -> Bool {
        (left.first, left.last) < (right.first, right.last)
    }
}

extension ProgrammeYear: Codable, CustomStringConvertible {
    public var description: String {
        guard last != first else { return String(first) }
        let end = last % 100
        return "\(first)\(last == first + 1 ? "/" : "-")\(end < 10 ? "0" : "")\(end)"
    }

    /// A number when it is one year, a string otherwise.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text: String
        if let year = try? container.decode(Int.self) {
            text = String(year)
        } else {
            text = try container.decode(String.self)
        }
        guard let year = ProgrammeYear(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a programme year")
        }
        self = year
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if last == first { try container.encode(first) } else { try container.encode(description) }
    }
}
