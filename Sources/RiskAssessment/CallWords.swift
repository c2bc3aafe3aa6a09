public import Kernel
import Reference
import Yams

/// A word of a list of calls.
public struct CallWord: Sendable, Hashable {
    public let code: String
    public let title: String
}

/// Lists and rules of a call, as dated reference data.
public struct CallWords: Sendable {
    /// Of vulnerability, for a flag.
    public let kinds: [Dated<CallWord>]
    /// What a check looked at.
    public let looked: [Dated<CallWord>]
    public let orders: [Dated<CallWord>]
    private let reassess: [Dated<(grade: String, minutes: Int)>]
    private let history: [Dated<Int>]
    private let sample: [Dated<Int>]

    /// Of `orders`: somebody looked and found none.
    static let noOrder = "none"

    private static let loaded = Result { try CallWords(file: .bundled("call", in: .module)) }

    /// Those that come with the room.
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> CallWords { try loaded.get() }

    init(file: ReferenceFile) throws {
        let words = { (key: String) in
            try CallWords.dated(key, file) { entry in
                CallWord(code: try file.string("code", of: entry), title: try file.string("title", of: entry))
            }
        }
        let number = { (list: String, key: String) in
            try CallWords.dated(list, file) { try CallWords.count(key, $0, file) }
        }
        (kinds, looked, orders) = (try words("kinds"), try words("looked"), try words("orders"))
        (history, sample) = (try number("history", "months"), try number("sample", "size"))
        reassess = try CallWords.dated("reassess", file) { entry in
            (try file.string("grade", of: entry), try CallWords.count("minutes", entry, file))
        }
    }

    private static func dated<Value: Sendable>(
        _ key: String, _ file: ReferenceFile, _ value: (Node) throws -> Value
    ) throws -> [Dated<Value>] {
        try file.entries(key).map { entry in
            guard let from = try file.day("from", of: entry) else { throw file.error(entry, "“from” is missing.") }
            return Dated(
                from: from, until: try file.day("until", of: entry), source: try file.string("source", of: entry),
                value: try value(entry))
        }
    }

    private static func count(_ key: String, _ entry: Node, _ file: ReferenceFile) throws -> Int {
        guard let number = try file.count(key, of: entry) else { throw file.error(entry, "“\(key)” is missing.") }
        return number
    }

    /// By when a grade asks to be assessed again; nil where no rule names it.
    public func reassessmentDue(_ grade: String, after moment: Moment) -> Moment? {
        reassess.holding(on: LondonTime.day(of: moment)).first { $0.grade == grade }.map {
            moment.adding(seconds: Int64($0.minutes) * 60)
        }
    }

    /// How far back the history is shown, in months.
    public func historyMonths(on day: Day) -> Int { history.holding(on: day).first ?? 24 }

    /// How many calls of a month are looked at again.
    public func sampleSize(of month: Month) -> Int { sample.holding(on: month.firstDay).first ?? 10 }

    /// Also of a word that is no longer used; the code where there is none.
    public static func title(_ code: String, in list: KeyPath<CallWords, [Dated<CallWord>]>) -> String {
        (try? bundled())?[keyPath: list].last { $0.value.code == code }?.value.title ?? code
    }
}
