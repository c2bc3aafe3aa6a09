/// A reader of the markup that we write ourselves: enough to find what does not belong together.
struct PageReader {
    struct Tag {
        var name: String
        var attributes: [(name: String, value: String)]
        /// Names of the open elements around it, outermost first.
        var path: [String]

        subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    private(set) var tags: [Tag] = []
    /// End tags that closed something else, and elements left open.
    private(set) var faults: [String] = []

    private static let empty: Set = ["meta", "link", "input", "br", "hr", "!DOCTYPE"]

    init(_ markup: String) {
        var rest = Array(markup)[...]
        var open: [String] = []
        while let start = rest.firstIndex(of: "<") {
            rest = rest[(start + 1)...]
            guard let end = PageReader.end(of: rest) else {
                faults.append("a tag without an end")
                return
            }
            let inside = String(rest[..<end])
            rest = rest[(end + 1)...]
            if inside.hasPrefix("/") {
                let name = String(inside.dropFirst())
                if open.popLast() != name { faults.append("</\(name)> closes something else") }
            } else {
                let tag = PageReader.tag(inside, open)
                tags.append(tag)
                if !PageReader.empty.contains(tag.name) { open.append(tag.name) }
            }
        }
        faults += open.map { "<\($0)> is left open" }
    }

    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name } }

    private static func end(of text: ArraySlice<Character>) -> Int? {
        var isQuoted = false
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if text[index] == ">", !isQuoted { return index }
        }
        return nil
    }

    private static func tag(_ inside: String, _ path: [String]) -> Tag {
        let name = String(inside.prefix { $0 != " " })
        var attributes: [(name: String, value: String)] = []
        var rest = inside.dropFirst(name.count)
        while true {
            rest = rest.drop { $0 == " " }
            guard !rest.isEmpty else { break }
            let key = String(rest.prefix { $0 != "=" && $0 != " " })
            rest = rest.dropFirst(key.count)
            guard rest.hasPrefix("=\"") else {
                attributes.append((key, ""))
                continue
            }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            attributes.append((key, String(value)))
            rest = rest.dropFirst(3 + value.count)
        }
        return Tag(name: name, attributes: attributes, path: path)
    }
}
