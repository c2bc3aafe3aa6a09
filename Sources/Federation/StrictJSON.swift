/// JSON that came from outside (RFC 8259), read strictly: an object that names a member twice is refused, because two
/// readers would see two different tokens in it, and Foundation's reader takes one of them without a word.
public enum StrictJSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([StrictJSON])
    case object([String: StrictJSON])

    /// Nesting beyond this is refused.
    static let deepest = 16

    /// - Parameter limit: bytes; more are refused unread.
    /// - Throws: `Fault`.
    public init(_ bytes: some Collection<UInt8>, limit: Int) throws(Fault) {
        guard bytes.count <= limit else { throw .tooLarge }
        var reader = StrictJSONReader(bytes: Array(bytes))
        self = try reader.document()
    }

    public enum Fault: String, Error, Sendable, Equatable {
        case tooLarge = "too large"
        case tooDeep = "nested too deeply"
        case notJSON = "not JSON"
        case memberTwice = "a member named twice"
    }

    /// The member of that name; nil in what is no object.
    public subscript(_ name: String) -> StrictJSON? {
        if case .object(let members) = self { return members[name] }
        return nil
    }

    public var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    public var number: Double? {
        if case .number(let number) = self { return number }
        return nil
    }

    public var bool: Bool? {
        if case .bool(let bool) = self { return bool }
        return nil
    }

    public var list: [StrictJSON]? {
        if case .list(let list) = self { return list }
        return nil
    }

    /// The texts of a list that holds nothing else; nil otherwise.
    public var texts: [String]? {
        guard let list else { return nil }
        let texts = list.compactMap(\.text)
        return texts.count == list.count ? texts : nil
    }
}
