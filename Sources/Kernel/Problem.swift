/// Something a person can be told: what is wrong, and what to do next. It holds nothing internal; the cause is logged
/// apart from it.
public struct Problem: Error, Sendable, Equatable {
    public enum Code: String, Sendable, Codable {
        /// What was sent cannot be used as it is.
        case invalid
        /// It was understood and is not accepted.
        case refused
        /// It does not exist, or the person may not know that it does.
        case absent
        /// Somebody else changed it meanwhile.
        case conflict
        case tooLarge = "too large"
        /// It may work later.
        case unavailable
        case failed
    }

    public struct Field: Sendable, Equatable {
        public let name: String
        public let message: String

        public init(_ name: String, _ message: String) {
            (self.name, self.message) = (name, message)
        }
    }

    public let code: Code
    public let message: String
    /// What the person can do next, as a sentence.
    public let next: String
    public let fields: [Field]

    public init(_ code: Code, _ message: String, next: String = "", fields: [Field] = []) {
        (self.code, self.message, self.next, self.fields) = (code, message, next, fields)
    }

    /// What was typed into a form cannot be used: each field says why.
    public static func fields(_ fields: [Field]) -> Problem {
        Problem(
            .invalid, "There is a problem with what you entered.", next: "Put it right and send it again.",
            fields: fields)
    }

    public static let absent = Problem(
        .absent, "Page not found", next: "Check the address, or go back to the home page.")
}

extension Problem: CustomStringConvertible {
    public var description: String { next.isEmpty ? message : "\(message) \(next)" }
}
