public import Access
public import Kernel

/// A field of a record whose values are kept apart, encrypted: where a person may safely be reached. Values never enter
/// the record's body, its index keys, the log or a page about a conflict.
public struct SealedField: Sendable, Hashable {
    /// For example `safe-contact`. Never changed once shipped.
    public let name: String
    /// Decides who may set and reveal it, beside what decides on the record.
    public let resource: ResourceClass
    /// The longest value, in bytes of UTF-8.
    public let longest: Int

    public init(_ name: String, _ resource: ResourceClass, longest: Int = 4096) {
        (self.name, self.resource, self.longest) = (name, resource, longest)
    }
}

/// A kind of record with sealed fields.
public protocol SealedBody: RecordBody {
    static var sealedFields: [SealedField] { get }
}

public enum Sealed {
    /// What was sealed, in plain. It prints as dots, so that it cannot reach a log by accident.
    public struct Plain: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        /// To be shown to the one person who gave a reason, and kept nowhere.
        public let exposed: String

        public init(_ text: String) { exposed = text }

        public var description: String { "•••" }
        public var debugDescription: String { "•••" }
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// What may be shown in place of a value: that there is one.
    public struct Mask: Sendable, Equatable {
        /// How often it was set, for `expecting`.
        public let version: Int
        public let setAt: Moment
    }

    /// A new value on its way into the store.
    struct Draft: Sendable {
        let value: Plain
        let field: SealedField
        /// The version the writer saw; 0 when there was none.
        let expecting: Int

        func check() throws {
            let count = value.exposed.utf8.count
            guard count > 0 else { throw Problem(.invalid, "There is nothing to keep.", next: "Enter it.") }
            guard count <= field.longest else {
                throw Problem(.invalid, "This is too long.", next: "Use at most \(field.longest) characters.")
            }
        }
    }
}

/// Why somebody reveals a sealed value: one of a list, or her own words. The log holds only the code; words are sealed
/// with the record and go when it is erased.
public enum RevealReason: Sendable {
    case listed(String)
    case words(Sealed.Plain)

    /// A code and what it says.
    public struct Choice: Sendable, Hashable {
        public let code: String
        public let title: String
    }

    static let fewestWords = 10

    /// Codes are never given another meaning; one that falls out of use gets a last day.
    public static let choices: [Dated<Choice>] = [
        Choice(code: "safe-call", title: "To reach her safely now"),
        Choice(code: "visit", title: "To plan a visit"),
        Choice(code: "risk", title: "To judge a risk to her"),
        Choice(code: "correct", title: "To correct or confirm what is held"),
        Choice(code: "review", title: "For a review or inspection of the case"),
    ].map { Dated(from: Day(daysSince1970: 20_454), until: nil, source: "Holdfast, from 1 January 2026", value: $0) }

    /// The code for the log.
    func checked(on day: Day) throws -> String {
        switch self {
        case .listed(let code) where RevealReason.choices.holding(on: day).contains { $0.code == code }:
            return code
        case .words(let words) where words.exposed.trimmed().count >= RevealReason.fewestWords:
            return "own-words"
        default:
            throw Problem(
                .invalid, "Say why you need to see this.",
                next: "Choose a reason, or write one of at least \(RevealReason.fewestWords) characters.")
        }
    }
}
