import Foundation
public import Kernel
import Reference
import Yams

/// A word of a list, with what else is known of it.
public struct AssessmentWord: Sendable, Hashable {
    public let code: String
    public let title: String
    /// Begins with † where no source we hold confirms it.
    public let note: String
    /// Of a grade: 1 to 3, the gravest is 3.
    public let rank: Int?
}

/// Lists that an assessment chooses from, as dated reference data.
public struct AssessmentWords: Sendable {
    public let grades: [Dated<AssessmentWord>]
    /// Why a question was not asked.
    public let reasons: [Dated<AssessmentWord>]
    public let steps: [Dated<AssessmentWord>]
    public let evidence: [Dated<AssessmentWord>]
    public let notices: [Dated<AssessmentWord>]

    /// How grave a grade is. It orders a queue, and says which grade asks for no words; it never gives one.
    public enum Gravity: Int, Sendable, Comparable {
        case unknown, lower, middle, gravest

        public static func < (left: Gravity, right: Gravity) -> Bool { left.rawValue < right.rawValue }
    }

    private static let loaded = Result { try AssessmentWords(file: .bundled("assessment", in: .module)) }

    /// Those that come with the room.
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> AssessmentWords { try loaded.get() }

    init(file: ReferenceFile) throws {
        grades = try AssessmentWords.words("grades", file)
        reasons = try AssessmentWords.words("reasons", file)
        steps = try AssessmentWords.words("steps", file)
        evidence = try AssessmentWords.words("evidence", file)
        notices = try AssessmentWords.words("notices", file)
    }

    private static func words(_ key: String, _ file: ReferenceFile) throws -> [Dated<AssessmentWord>] {
        try file.entries(key).map { entry in
            guard let from = try file.day("from", of: entry) else { throw file.error(entry, "“from” is missing.") }
            return Dated(
                from: from, until: try file.day("until", of: entry), source: try file.string("source", of: entry),
                value: AssessmentWord(
                    code: try file.string("code", of: entry), title: try file.string("title", of: entry),
                    note: entry["note"]?.scalar?.string ?? "", rank: try file.count("rank", of: entry)))
        }
    }

    public func gravity(of grade: String?, on day: Day) -> Gravity {
        let word = grades.holding(on: day).first { $0.code == grade }
        return word?.rank.flatMap(Gravity.init(rawValue:)) ?? .unknown
    }

    /// Also of a word that is no longer used; the code where there is none.
    public static func title(_ code: String, in list: KeyPath<AssessmentWords, [Dated<AssessmentWord>]>) -> String {
        (try? bundled())?[keyPath: list].last { $0.value.code == code }?.value.title ?? code
    }
}
