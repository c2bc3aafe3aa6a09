import Access
public import Kernel
public import Ledger

/// A logged decision that from one month on a measure's limits start again, with its reason. Who decided and when is on
/// the record's version.
public struct MeasureRebase: RecordBody {
    public static let kind = RecordKind("measure.rebase", .measure)

    public let measure: String
    /// The first month of the new limits.
    public let month: Month
    public let reason: String
    /// Why it no longer holds; nil while it does.
    public var withdrawn: String?

    /// - Throws: `Problem` when the reason is blank or too long.
    public init(measure: String, month: Month, reason: String) throws {
        let tidy = MeasureRebase.trimmed(reason)
        guard !tidy.isEmpty, tidy.utf8.count <= 2000 else {
            throw Problem(
                .invalid, "Limits cannot be moved without a reason.",
                next: "Say in a sentence or two what changed in the work itself.",
                fields: [.init("reason", tidy.isEmpty ? "Enter a reason" : "Make the reason shorter")])
        }
        (self.measure, self.month, self.reason, withdrawn) = (measure, month, tidy, nil)
    }

    public var keys: [IndexKey] { [IndexKey("measure", measure)] }

    static func trimmed(_ text: String) -> String {
        let rest = text.drop { $0.isWhitespace }
        return String(rest.reversed().drop { $0.isWhitespace }.reversed())
    }
}
