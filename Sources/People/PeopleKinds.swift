public import Kernel
import Reference
import Yams

/// A word by which occurrences, places or links are told apart.
public struct KindWord: Sendable, Equatable {
    public let code: String
    public let title: String
    /// The same link seen from the other person; the title where it is the same both ways.
    public let reverse: String
}

/// The words, as dated reference data.
public struct PeopleKinds: Sendable {
    public let occurrences: [Dated<KindWord>]
    public let places: [Dated<KindWord>]
    public let placeLinks: [Dated<KindWord>]
    public let personLinks: [Dated<KindWord>]

    private static let loaded = Result { try PeopleKinds(file: .bundled("people-kinds", in: .module)) }

    /// Those that come with the room.
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> PeopleKinds { try loaded.get() }

    init(file: ReferenceFile) throws {
        occurrences = try PeopleKinds.words("occurrences", file)
        places = try PeopleKinds.words("places", file)
        placeLinks = try PeopleKinds.words("placeLinks", file)
        personLinks = try PeopleKinds.words("personLinks", file)
    }

    private static func words(_ key: String, _ file: ReferenceFile) throws -> [Dated<KindWord>] {
        try file.entries(key).map { entry in
            guard let from = try file.day("from", of: entry) else { throw file.error(entry, "“from” is missing.") }
            let title = try file.string("title", of: entry)
            return Dated(
                from: from, until: try file.day("until", of: entry), source: try file.string("source", of: entry),
                value: KindWord(
                    code: try file.string("code", of: entry), title: title,
                    reverse: entry["reverse"]?.scalar?.string ?? title))
        }
    }

    /// In the words of one list, also of a word that is no longer used; the code where there is none.
    public static func title(_ code: String, in list: KeyPath<PeopleKinds, [Dated<KindWord>]>) -> String {
        word(code, in: list)?.title ?? code
    }

    static func word(_ code: String, in list: KeyPath<PeopleKinds, [Dated<KindWord>]>) -> KindWord? {
        (try? bundled())?[keyPath: list].last { $0.value.code == code }?.value
    }
}
