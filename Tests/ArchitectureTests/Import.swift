/// One import: which file of which room asks for which module.
struct Import {
    let room: String
    let module: String
    /// File and line, for the message.
    let place: String

    private static let kinds: Set<Substring> = [
        "actor", "class", "enum", "func", "let", "macro", "protocol", "struct", "typealias", "var",
    ]
    private static let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]

    /// The imports of a source file. `path` is `Sources/<room>/…`.
    static func all(in text: String, of path: String) -> [Import] {
        let parts = path.split(separator: "/")
        guard parts.count > 2 else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
            module(importedBy: line).map {
                Import(room: String(parts[1]), module: $0, place: "\(path):\(number + 1)")
            }
        }
    }

    /// The module a line imports: `Foundation` for `public import struct Foundation.Date`.
    static func module(importedBy line: Substring) -> String? {
        var words = line.split(whereSeparator: \.isWhitespace)[...]
        while let word = words.first, word.hasPrefix("@") || access.contains(word) { words = words.dropFirst() }
        guard words.popFirst() == "import", var name = words.popFirst() else { return nil }
        if kinds.contains(name), let next = words.first { name = next }
        return String(name.prefix { $0 != "." && $0 != ";" })
    }
}
