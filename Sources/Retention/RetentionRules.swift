import Foundation
public import Kernel
import Reference
import Yams

/// What is kept how long: from dated reference data, which a force may replace by its own.
public struct RetentionRules: Sendable {
    /// In the order of the file.
    public let groups: [Dated<RetentionGroup>]
    public let reasons: [Dated<RetentionReason>]
    /// Days for which a backup may hold what was erased.
    public let copies: [Dated<Int>]

    /// The rules that come with the room (`Reference/retention.yaml`).
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> RetentionRules {
        try RetentionRules(file: .bundled("retention", in: .module))
    }

    /// - Throws: `ReferenceError` with the line of the mistake.
    public init(yaml: String, name: String) throws {
        try self.init(file: ReferenceFile(name: name, text: yaml))
    }

    init(file: ReferenceFile) throws {
        groups = try RetentionRules.dated("groups", file) { try RetentionGroup(file: file, entry: $0) }
        reasons = try RetentionRules.dated("reasons", file) { try RetentionReason(file: file, entry: $0) }
        copies = try RetentionRules.dated("copies", file) { entry in
            guard let days = try file.count("days", of: entry) else { throw file.error(entry, "“days” is missing.") }
            return days
        }
        try RetentionRules.checkOverlaps(try file.entries("groups"), groups, file) { $0.id }
        try RetentionRules.checkOverlaps(try file.entries("reasons"), reasons, file) { $0.id }
        try RetentionRules.checkOverlaps(try file.entries("copies"), copies, file) { _ in "copies" }
    }

    private static func dated<Value: Sendable>(
        _ key: String, _ file: ReferenceFile, _ value: (Node) throws -> Value
    ) throws -> [Dated<Value>] {
        try file.entries(key).map { entry in
            guard let from = try file.day("from", of: entry) else { throw file.error(entry, "“from” is missing.") }
            let until = try file.day("until", of: entry)
            if let until, until <= from { throw file.error(entry, "“until” is not after “from”.") }
            return Dated(
                from: from, until: until, source: try file.string("source", of: entry), value: try value(entry))
        }
    }

    /// Two lines of one name never hold on the same day: nobody could say which counts.
    private static func checkOverlaps<Value>(
        _ entries: [Node], _ lines: [Dated<Value>], _ file: ReferenceFile, _ name: (Value) -> String
    ) throws {
        for (index, line) in lines.enumerated() {
            for earlier in lines[..<index] where name(earlier.value) == name(line.value) {
                let isApart =
                    (earlier.until.map { $0 <= line.from } ?? false) || (line.until.map { $0 <= earlier.from } ?? false)
                guard isApart else {
                    throw file.error(entries[index], "“\(name(line.value))” is there twice for the same days.")
                }
            }
        }
    }

    public func group(_ id: String, on day: Day) -> Dated<RetentionGroup>? {
        groups.first { $0.value.id == id && $0.holds(on: day) }
    }

    /// Its title, also of a line that no longer holds.
    public func title(ofGroup id: String) -> String { groups.last { $0.value.id == id }?.value.title ?? id }

    public func reasons(to outcome: RetentionOutcome, on day: Day) -> [RetentionReason] {
        reasons.holding(on: day).filter { $0.outcome == outcome }
    }

    public func title(ofReason id: String) -> String { reasons.last { $0.value.id == id }?.value.title ?? id }

    /// The last day on which a copy may still hold what was erased on `day`.
    public func copiesUntil(erased day: Day) -> Day? { copies.holding(on: day).first.map { day.adding(days: $0) } }

    /// Changes whenever a line that decides when something is due does, or begins or ends to hold.
    func mark(on day: Day) -> String {
        groups.holding(on: day).map {
            "\($0.id) \($0.basis.rawValue) \($0.reviewYears) \($0.untilAge.map { String($0) } ?? "-")"
        }.joined(separator: "; ")
    }
}

/// What decides when records of one sort are looked at again.
public struct RetentionGroup: Sendable, Equatable {
    public enum Basis: String, Sendable, CaseIterable {
        case age, clear, sharing
    }

    public let id: String
    public let title: String
    public let basis: Basis
    public let reviewYears: Int
    /// With the basis `age`.
    public let untilAge: Int?
    /// How many must agree before one is destroyed.
    public let persons: Int
    public let note: String

    public var isConfirmed: Bool { !note.hasPrefix("†") }

    fileprivate init(file: ReferenceFile, entry: Node) throws {
        id = try file.string("id", of: entry)
        title = try file.string("title", of: entry)
        let word = try file.string("basis", of: entry)
        guard let basis = Basis(rawValue: word) else {
            throw file.error(entry, "“\(word)” is no basis: write age, clear or sharing.")
        }
        guard let years = try file.count("reviewYears", of: entry) else {
            throw file.error(entry, "“reviewYears” is missing.")
        }
        guard let persons = try file.count("persons", of: entry), persons <= 2 else {
            throw file.error(entry, "“persons” must be 1 or 2.")
        }
        untilAge = try file.count("untilAge", of: entry)
        guard (basis == .age) == (untilAge != nil) else {
            throw file.error(entry, "“untilAge” belongs to the basis age, and to no other.")
        }
        (self.basis, reviewYears, self.persons) = (basis, years, persons)
        note = try file.string("note", of: entry)
    }
}

public enum RetentionOutcome: String, Sendable, Codable, CaseIterable {
    case keep, destroy
}

/// Why a record is kept or destroyed.
public struct RetentionReason: Sendable, Equatable {
    public let id: String
    public let outcome: RetentionOutcome
    public let title: String

    fileprivate init(file: ReferenceFile, entry: Node) throws {
        id = try file.string("id", of: entry)
        let word = try file.string("outcome", of: entry)
        guard let outcome = RetentionOutcome(rawValue: word) else {
            throw file.error(entry, "“\(word)” is no outcome: write keep or destroy.")
        }
        self.outcome = outcome
        title = try file.string("title", of: entry)
    }
}
