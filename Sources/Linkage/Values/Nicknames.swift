import Foundation

/// Names that one person goes by: Bill and William. Dated data, in `Reference/nicknames.txt`.
public struct Nicknames: Sendable {
    /// The day the data was put together, as written in it.
    public let dated: String
    private let groups: [String: Set<Int>]
    private let roots: [String]

    public static let none = Nicknames("")

    /// The data that comes with this room; `none` when it is not there.
    public static let packaged: Nicknames = {
        guard let file = Bundle.module.url(forResource: "nicknames", withExtension: "txt", subdirectory: "Reference"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return .none }
        return Nicknames(text)
    }()

    /// Lines of `name: nickname, nickname`; `#` begins a remark, and `# dated` says as of when.
    public init(_ text: String) {
        var (groups, roots, dated): ([String: Set<Int>], [String], String) = ([:], [], "")
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# dated ") { dated = String(line.dropFirst(8)) }
            guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
            let root = String(line[..<colon])
            for name in [root]
                + line[line.index(after: colon)...].split(separator: ",").map({ Cleaning.words(String($0)).joined() })
            {
                groups[name, default: []].insert(roots.count)
            }
            roots.append(root)
        }
        (self.groups, self.roots, self.dated) = (groups, roots, dated)
    }

    /// Whether one of them is used for the other, or both for a third.
    public func related(_ one: String, _ other: String) -> Bool {
        guard let first = groups[one], let second = groups[other] else { return false }
        return !first.isDisjoint(with: second)
    }

    /// Whether a name is in the list, as itself or as a nickname.
    public func knows(_ name: String) -> Bool { groups[name] != nil }

    /// The name that a nickname stands for, when it stands for one alone.
    func root(of name: String) -> String {
        guard let found = groups[name], found.count == 1, let only = found.first else { return name }
        return roots[only]
    }
}
