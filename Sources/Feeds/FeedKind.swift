import Kernel

/// The three files of data.police.uk. Which one a file is, is told by its first line, never by its name.
public enum FeedKind: String, Sendable, Codable, CaseIterable {
    case street
    case outcomes
    case stopAndSearch = "stop-and-search"

    /// The column names, in order.
    public var header: [String] {
        switch self {
        case .street: FeedKind.place + ["Crime type", "Last outcome category", "Context"]
        case .outcomes: FeedKind.place + ["Outcome type"]
        case .stopAndSearch:
            [
                "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
                "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search",
                "Outcome", "Outcome linked to object of search", "Removal of more than just outer clothing",
            ]
        }
    }

    /// `street crimes`, as it is said in a sentence.
    public var inWords: String {
        switch self {
        case .street: "street crimes"
        case .outcomes: "outcomes"
        case .stopAndSearch: "stop and search"
        }
    }

    private static let place = [
        "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
        "LSOA name",
    ]

    /// - Throws: `Problem` that says what was expected and what was found.
    static func recognise(_ found: [String]) throws -> FeedKind {
        if let kind = allCases.first(where: { $0.header == found }) { return kind }
        let nearest = allCases.max { $0.likeness(found) < $1.likeness(found) } ?? .street
        guard nearest.likeness(found) >= 3 else {
            throw Problem(
                .invalid,
                "The first line is not the heading of a data.police.uk file. It starts with “\(brief(found))”, and "
                    + "“\(brief(FeedKind.street.header))” or the like was expected.",
                next: "Choose a street, outcomes or stop-and-search file as it was downloaded.")
        }
        throw Problem(
            .invalid, "This looks like a file of \(nearest.inWords), but \(nearest.difference(found)).",
            next: "Download the file again and do not change its columns.")
    }

    private func likeness(_ found: [String]) -> Int { Set(header).intersection(found).count }

    private func difference(_ found: [String]) -> String {
        for (index, expected) in header.enumerated() {
            guard index < found.count else { return "column \(index + 1), “\(expected)”, is missing" }
            guard found[index] == expected else {
                return "column \(index + 1) should be “\(expected)” and is “\(FeedKind.shortened(found[index]))”"
            }
        }
        return "it has \(found.count) columns instead of \(header.count)"
    }

    private static func brief(_ names: [String]) -> String { shortened(names.prefix(3).joined(separator: ",")) }

    private static func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "…" : text }
}

/// What the name of a file says: `2023-01-cleveland-street.csv`.
struct FileName: Sendable, Hashable {
    let month: Month
    let force: String

    /// Nil when the last part of `path` has another shape.
    init?(_ path: String) {
        guard let last = path.split(separator: "/").last, let stem = FileName.stem(last.lowercased()) else {
            return nil
        }
        guard let kind = FeedKind.allCases.first(where: { stem.hasSuffix("-" + $0.rawValue) }) else { return nil }
        let rest = stem.dropLast(kind.rawValue.count + 1)
        guard rest.utf8.count > 8, let month = Month(String(rest.prefix(7))) else { return nil }
        let force = rest.dropFirst(8)
        let isSlug = force.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        guard isSlug, rest.dropFirst(7).first == "-", force.utf8.count <= 60 else { return nil }
        (self.month, self.force) = (month, String(force))
    }

    private static func stem(_ name: String) -> Substring? {
        for ending in [".csv", ".csv.gz"] where name.hasSuffix(ending) { return name.dropLast(ending.count) }
        return nil
    }
}

/// The short name of a force, as in the addresses of data.police.uk: `Cleveland Police` is `cleveland`.
enum ForceName {
    static func slug(_ name: String) -> String? {
        let irregular = [
            "police service of northern ireland": "northern-ireland", "british transport police": "btp",
            "metropolitan police service": "metropolitan",
        ]
        var words = name.lowercased().replacing("&", with: " and ").split { $0 == " " || $0 == "-" }.map(String.init)
        if let known = irregular[words.joined(separator: " ")] { return known }
        while let last = words.last, ["police", "constabulary", "service"].contains(last) { words.removeLast() }
        let slug = words.joined(separator: "-")
        let isPlain = slug.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return slug.isEmpty || !isPlain || slug.utf8.count > 60 ? nil : slug
    }
}
