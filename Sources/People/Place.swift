public import Access
public import Kernel
public import Ledger

/// A place as one agency holds it. A refuge is kept to those named: to everybody else it is not there.
public struct Place: RecordBody {
    public static let kind = RecordKind("people.place", .place)

    /// What it is called; empty where it has no name.
    public var name: String
    public var lines: String
    public var postcode: String
    public var uprn: String?
    /// A code of `PeopleKinds.places`.
    public var what: String
    /// What an officer must know before she goes there.
    public var access: String
    public var isRefuge: Bool
    /// Users and teams who know of a refuge.
    public var given: Set<String>

    public init(
        name: String = "", lines: String = "", postcode: String = "", uprn: String? = nil, what: String,
        access: String = "", isRefuge: Bool = false, given: Set<String> = []
    ) {
        (self.name, self.lines, self.postcode, self.uprn) = (name, lines, postcode, uprn)
        (self.what, self.access, self.isRefuge, self.given) = (what, access, isRefuge, given)
    }

    public var assignees: Set<String> { isRefuge ? given : [] }
    public var isClosed: Bool { isRefuge }

    /// Its name, or its first line.
    public var title: String {
        let first = lines.split(separator: "\n").first.map(String.init) ?? ""
        return [name, first, postcode].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    public var keys: [IndexKey] {
        Set(NameWords.of("\(name) \(lines)")).map { IndexKey("word", $0) } + [IndexKey("sort", title)]
            + (postcode.isEmpty ? [] : [IndexKey("postcode", Place.folded(postcode))])
            + (uprn.map { [IndexKey("uprn", $0)] } ?? [])
    }

    public func seen(_ fields: Set<FieldClass>) -> Place {
        var seen = self
        if !fields.contains(.contact) { (seen.lines, seen.postcode, seen.uprn) = ("", "", nil) }
        if !fields.contains(.warnings) { seen.access = "" }
        return seen
    }

    static func folded(_ postcode: String) -> String {
        String(postcode.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }

    /// - Throws: `Problem.invalid` with field errors, named as the form names its fields.
    func checked(on day: Day) throws -> Place {
        var (tidy, faults) = (self, [Problem.Field]())
        (tidy.name, tidy.lines, tidy.access) = (name.trimmed(), lines.trimmed(), access.trimmed())
        tidy.postcode = postcode.trimmed().uppercased()
        if tidy.title.isEmpty { faults.append(.init("name", "Enter a name or an address")) }
        let texts = [("name", tidy.name), ("lines", tidy.lines), ("access", tidy.access), ("postcode", tidy.postcode)]
        for (field, text) in texts where text.count > 500 {
            faults.append(.init(field, "Use 500 characters or fewer"))
        }
        if try !PeopleKinds.bundled().places.holding(on: day).contains(where: { $0.code == what }) {
            faults.append(.init("what", "Choose what it is"))
        }
        tidy.uprn = uprn.flatMap { $0.trimmed().isEmpty ? nil : $0 }
        if let text = tidy.uprn {
            if let uprn = UPRN.tidied(text) { tidy.uprn = uprn } else { faults.append(.init("uprn", UPRN.fault)) }
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        return tidy
    }
}
