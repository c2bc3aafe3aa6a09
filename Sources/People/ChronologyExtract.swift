public import Access
public import Ledger

/// What of a chronology may be given to another agency on paper: no more than it was told of the person, by when it was
/// told, and only what the agency that tells wrote down itself.
public struct ChronologyExtract: Sendable {
    private let told: Record<Disclosure>
    /// Places that are kept to those named.
    private let secret: Set<String>

    public init(_ told: Record<Disclosure>, secret: Set<String> = []) { (self.told, self.secret) = (told, secret) }

    /// What somebody else brought is not ours to give, what came since was not told, and another person is another
    /// disclosure.
    public func holds(_ line: ChronologyLine) -> Bool {
        guard line.agency == told.owner, line.knownSince <= told.at else { return false }
        if let recipient = line.entry.recipient, recipient != told.body.recipient { return false }
        if let about = line.entry.about, about.kind != Place.kind.name || secret.contains(about.record) { return false }
        return told.body.quotedFields.contains(ChronologyExtract.field(of: line))
    }

    /// What happened is told with what is known, not with who she is.
    static func field(of line: ChronologyLine) -> FieldClass {
        line.source.kind == Occurrence.kind.name ? .narrative : line.entry.field
    }
}
