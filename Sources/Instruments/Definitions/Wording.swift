/// Words in one or several languages. The main language is always there.
public struct Wording: Sendable, Hashable, Codable {
    /// Code of the language in which the instrument was written, such as `en`.
    public let main: String
    private let texts: [String: String]

    public init(_ text: String, in main: String = "en", translated others: [String: String] = [:]) {
        self.main = main
        texts = others.merging([main: text]) { _, main in main }
    }

    /// In `language`, or in the main language where nobody has translated it.
    public func text(in language: String) -> String { texts[language] ?? texts[main] ?? "" }

    public var text: String { text(in: main) }

    public func isTranslated(into language: String) -> Bool { texts[language] != nil }

    public var languages: Set<String> { Set(texts.keys) }
}
