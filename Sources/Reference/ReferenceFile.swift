public import Foundation
public import Kernel
public import Yams

/// A mistake in a file of dated reference data, with the line it is on.
public struct ReferenceError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let message: String

    public init(file: String, line: Int, message: String) {
        (self.file, self.line, self.message) = (file, line, message)
    }

    public var description: String { "\(file), line \(line): \(message)" }
}

/// Reads the entries of a YAML file and says on which line a mistake is.
public struct ReferenceFile {
    public let name: String
    public let root: Node

    public init(name: String, text: String) throws {
        self.name = name
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw ReferenceError(file: name, line: 1, message: "The file is empty.")
            }
            root = node
        } catch let error as YamlError {
            throw ReferenceError(file: name, line: ReferenceFile.line(of: error), message: "This is not YAML.")
        }
    }

    /// The text of a file that comes with a room, in its bundle.
    public static func bundled(_ name: String, in bundle: Bundle) throws -> ReferenceFile {
        let url = bundle.url(forResource: name, withExtension: "yaml", subdirectory: "Reference")
        guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw ReferenceError(file: "\(name).yaml", line: 1, message: "The file is missing.")
        }
        return try ReferenceFile(name: "\(name).yaml", text: text)
    }

    public func entries(_ key: String) throws -> [Node] {
        guard let list = root[key]?.array() as [Node]?, !list.isEmpty else {
            throw error(root, "There is no list named “\(key)”.")
        }
        return list
    }

    public func string(_ key: String, of entry: Node) throws -> String {
        guard let value = entry[key]?.scalar?.string, !value.isEmpty else {
            throw error(entry, "“\(key)” is missing.")
        }
        return value
    }

    public func year(_ key: String, of entry: Node) throws -> Int {
        let text = try string(key, of: entry)
        guard let year = Int(text), (2000...2099).contains(year) else {
            throw error(entry[key] ?? entry, "“\(key)” is not a year: \(text).")
        }
        return year
    }

    /// A whole number from 1 to 999; nil where it is left out.
    public func count(_ key: String, of entry: Node) throws -> Int? {
        guard let node = entry[key] else { return nil }
        guard let text = node.scalar?.string, let number = Int(text), (1...999).contains(number) else {
            throw error(node, "“\(key)” is not a number from 1 to 999.")
        }
        return number
    }

    /// Nil where it is left out.
    public func day(_ key: String, of entry: Node) throws -> Day? {
        guard let node = entry[key] else { return nil }
        guard let day = node.scalar.flatMap({ Day($0.string) }) else {
            throw error(node, "“\(key)” is not a day, such as 2026-11-25.")
        }
        return day
    }

    public func span(of entry: Node) throws -> ClosedRange<Int> {
        let (from, until) = (try year("from", of: entry), try year("until", of: entry))
        guard from <= until else { throw error(entry, "“until” comes before “from”.") }
        return from...until
    }

    public func error(_ node: Node, _ message: String) -> ReferenceError {
        ReferenceError(file: name, line: node.mark?.line ?? 1, message: message)
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: 1
        }
    }
}
