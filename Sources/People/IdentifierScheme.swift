import Foundation
public import Kernel
import Reference
import Yams

/// A kind of number by which a body knows a person: how it is written, how a slip is found out, and who may keep it.
public struct IdentifierScheme: Sendable, Equatable {
    /// `NHS`. What is stored; never given another meaning.
    public let code: String
    public let title: String
    /// Other names by which people write it.
    public let names: [String]
    public let forms: [NumberForm]
    public let check: NumberCheck?
    /// The kinds of agency that may keep it, such as `health`; empty where every agency may.
    public let holders: Set<String>
    /// The law it is kept by.
    public let basis: String
    /// What somebody of another agency is told; empty where every agency may.
    public let limit: String
    public let note: String

    public var isConfirmed: Bool { !note.hasPrefix("†") }

    /// As it is stored: capital letters, no spaces.
    public static func tidied(_ value: String) -> String {
        String(value.uppercased().filter { !$0.isWhitespace })
    }

    /// What is wrong with a tidied number; nil when nothing is.
    public func fault(of value: String) -> String? {
        guard forms.contains(where: { $0.matches(value) }) else {
            return "This is not how a \(title) is written. Look at it again: \(example)."
        }
        guard let check, !check.isRight(value) else { return nil }
        return
            "This \(title) cannot be right: its check \(check.mark) does not fit. Look for a digit typed wrong, or two "
            + "that changed places."
    }

    private var example: String { forms.first.map { "it is like \($0.example)" } ?? "ask whoever gave it" }

    func mayBeKept(by agencyKind: String?) -> Bool {
        guard let agencyKind, !holders.isEmpty else { return true }
        return holders.contains(agencyKind)
    }
}

/// The schemes, as dated reference data.
public struct IdentifierSchemes: Sendable {
    public let lines: [Dated<IdentifierScheme>]

    private static let loaded = Result { try IdentifierSchemes(file: .bundled("identifier-schemes", in: .module)) }

    /// Those that come with the room.
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> IdentifierSchemes { try loaded.get() }

    /// - Throws: `ReferenceError` with the line of the mistake.
    public init(yaml: String, name: String) throws { try self.init(file: ReferenceFile(name: name, text: yaml)) }

    init(file: ReferenceFile) throws {
        lines = try file.entries("schemes").map { entry in
            guard let from = try file.day("from", of: entry) else { throw file.error(entry, "“from” is missing.") }
            return Dated(
                from: from, until: try file.day("until", of: entry), source: try file.string("source", of: entry),
                value: try IdentifierScheme(file: file, entry: entry))
        }
    }

    public func holding(on day: Day) -> [IdentifierScheme] { lines.holding(on: day) }

    public func scheme(_ code: String, on day: Day) -> IdentifierScheme? {
        holding(on: day).first { $0.code == code }
    }

    /// Its title, also of a scheme that no longer holds; the code itself where it is not known.
    public func title(of code: String) -> String { lines.last { $0.value.code == code }?.value.title ?? code }

    /// A line as people write it: `NHS number 943 476 5919`. Nil without a name before the number; a name that is not
    /// known comes back as it is, in capital letters.
    public func read(_ line: String, on day: Day) -> PersonIdentifier? {
        let line = line.trimmed()
        let named = holding(on: day).flatMap { scheme in ([scheme.code] + scheme.names).map { (scheme.code, $0) } }
            .sorted { $0.1.count > $1.1.count }
        for (code, name) in named {
            guard let end = line.range(of: name + " ", options: [.caseInsensitive, .anchored])?.upperBound else {
                continue
            }
            return PersonIdentifier(scheme: code, value: String(line[end...]))
        }
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        return parts.count == 2 ? PersonIdentifier(scheme: parts[0].uppercased(), value: parts[1].trimmed()) : nil
    }

    /// Numbers as they are stored, and what is wrong with them. One that stood there before is not asked about again.
    /// - Parameter agencyKind: such as `health`; nil where the directory does not know the agency.
    func checked(
        _ identifiers: [PersonIdentifier], before: [PersonIdentifier], keptBy agencyKind: String?, on day: Day
    ) -> (tidy: [PersonIdentifier], faults: [Problem.Field]) {
        var (tidy, faults) = ([PersonIdentifier](), [Problem.Field]())
        for identifier in identifiers where !before.contains(identifier) {
            if let fault = fault(of: identifier, keptBy: agencyKind, on: day) {
                faults.append(.init("identifiers", fault))
            }
        }
        for identifier in identifiers {
            let value = IdentifierScheme.tidied(identifier.value)
            let kept =
                before.contains(identifier) ? identifier : PersonIdentifier(scheme: identifier.scheme, value: value)
            if !tidy.contains(kept) { tidy.append(kept) }
        }
        return (tidy, faults)
    }

    private func fault(of identifier: PersonIdentifier, keptBy agencyKind: String?, on day: Day) -> String? {
        guard let scheme = scheme(identifier.scheme, on: day) else {
            let known = holding(on: day).map(\.code).joined(separator: ", ")
            return
                "We do not know whose number “\(identifier.scheme.prefix(40))” is. Begin the line with one of: \(known)."
        }
        guard scheme.mayBeKept(by: agencyKind) else { return "\(scheme.limit) (\(scheme.basis))" }
        return scheme.fault(of: IdentifierScheme.tidied(identifier.value))
    }
}

extension IdentifierScheme {
    fileprivate init(file: ReferenceFile, entry: Node) throws {
        (code, title) = (try file.string("code", of: entry), try file.string("title", of: entry))
        names = entry["names"]?.array().compactMap(\.scalar?.string) ?? []
        forms = try (entry["forms"]?.array() ?? []).map { node in
            guard let form = node.scalar.flatMap({ NumberForm($0.string) }) else {
                throw file.error(node, "This is no form of a number.")
            }
            return form
        }
        guard !forms.isEmpty else { throw file.error(entry, "“forms” is missing.") }
        check = try entry["check"].map { node in
            guard let check = node.scalar.flatMap({ NumberCheck(rawValue: $0.string) }) else {
                throw file.error(node, "“check” is not one of nhs, upn and pnc.")
            }
            return check
        }
        holders = Set(entry["holders"]?.array().compactMap(\.scalar?.string) ?? [])
        limit = entry["limit"]?.scalar?.string ?? ""
        guard holders.isEmpty || !limit.isEmpty else { throw file.error(entry, "“limit” is missing.") }
        (basis, note) = (try file.string("basis", of: entry), try file.string("note", of: entry))
    }
}
