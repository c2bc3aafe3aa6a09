import Foundation
import Kernel
public import Reference
import Yams

/// Every mistake found in the files of a folder, in the order of files and lines.
public struct DefinitionMistakes: Error, Sendable, Equatable, CustomStringConvertible {
    public let mistakes: [ReferenceError]

    public init(_ mistakes: [ReferenceError]) {
        self.mistakes = mistakes.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
    }

    /// One line for each.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

/// Reads entries of a YAML file, and goes on after a mistake so that a person hears of all of them at once.
final class DefinitionReader {
    let file: ReferenceFile
    private(set) var mistakes: [ReferenceError] = []
    /// The main language of what is read, and the ones it may be translated into.
    var languages: [String] = ["en"]

    init(_ file: ReferenceFile) { self.file = file }

    func mistake(_ node: Node, _ message: String) { mistakes.append(file.error(node, message)) }

    /// What was read, unless there was a mistake.
    func finish<Value>(_ value: Value?) throws -> Value {
        guard mistakes.isEmpty, let value else { throw DefinitionMistakes(mistakes) }
        return value
    }

    /// Tells of keys that nobody reads: a mistyped word would be lost without a sound.
    func expect(_ node: Node, only keys: Set<String>) {
        guard let mapping = node.mapping else { return mistake(node, "Here belong words with values, such as id: a.") }
        for (key, _) in mapping where !keys.contains(key.scalar?.string ?? "") {
            mistake(
                key,
                "“\(key.scalar?.string ?? "?")” is not known here. Known: \(keys.sorted().joined(separator: ", ")).")
        }
    }

    func list(_ key: String, of node: Node, isNeeded: Bool = false) -> [Node] {
        guard let value = node[key] else {
            if isNeeded { mistake(node, "There is no list named “\(key)”.") }
            return []
        }
        guard let items = value.sequence, !items.isEmpty else {
            mistake(value, "“\(key)” is not a list with anything in it.")
            return []
        }
        return Array(items)
    }

    func text(_ key: String, of node: Node) -> String? {
        guard let value = optionalText(key, of: node) else {
            if node[key] == nil { mistake(node, "“\(key)” is missing.") }
            return nil
        }
        return value
    }

    func optionalText(_ key: String, of node: Node) -> String? {
        guard let value = node[key] else { return nil }
        guard let text = value.scalar?.string.trimmed(), !text.isEmpty else {
            mistake(value, "“\(key)” is empty.")
            return nil
        }
        return text
    }

    func texts(_ key: String, of node: Node, isNeeded: Bool = false) -> [String] {
        list(key, of: node, isNeeded: isNeeded).compactMap { item in
            guard let text = item.scalar?.string.trimmed(), !text.isEmpty else {
                mistake(item, "“\(key)” has a line without words.")
                return nil
            }
            return text
        }
    }

    /// A short name of a-z, 0-9 and hyphens.
    func name(_ key: String, of node: Node) -> String? {
        guard let text = text(key, of: node) else { return nil }
        guard Identifier<Question>(text) != nil else {
            mistake(node[key] ?? node, "“\(text)” is no \(key): use only a-z, 0-9 and -.")
            return nil
        }
        return text
    }

    func day(_ key: String, of node: Node, isNeeded: Bool = true) -> Day? {
        guard let value = node[key] else {
            if isNeeded { mistake(node, "“\(key)” is missing.") }
            return nil
        }
        guard let day = value.scalar.flatMap({ Day($0.string) }) else {
            mistake(value, "“\(key)” is not a day, such as 2026-11-25.")
            return nil
        }
        return day
    }

    func dates(of node: Node) -> (from: Day, until: Day?)? {
        let (from, until) = (day("from", of: node), day("until", of: node, isNeeded: false))
        guard let from else { return nil }
        if let until, until <= from { mistake(node["until"] ?? node, "“until” is not after “from”.") }
        return (from, until)
    }

    func number(_ key: String, of node: Node, in range: ClosedRange<Int> = 1...999, isNeeded: Bool = true) -> Int? {
        guard let value = node[key] else {
            if isNeeded { mistake(node, "“\(key)” is missing.") }
            return nil
        }
        guard let number = value.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            mistake(value, "“\(key)” is not a number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    func flag(_ key: String, of node: Node) -> Bool {
        guard let value = node[key] else { return false }
        guard let flag = ["true": true, "false": false][value.scalar?.string ?? ""] else {
            mistake(value, "“\(key)” is true or false.")
            return false
        }
        return flag
    }

    func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String, of node: Node, usual: Value? = nil
    ) -> Value? where Value.RawValue == String {
        guard node[key] != nil || usual == nil else { return usual }
        guard let word = text(key, of: node) else { return nil }
        guard let value = Value(rawValue: word) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            mistake(node[key] ?? node, "“\(word)” is no \(key). Write one of: \(words).")
            return nil
        }
        return value
    }

    /// Words alone, or a table of languages.
    func wording(_ key: String, of node: Node, isNeeded: Bool = true) -> Wording? {
        guard let value = node[key] else {
            if isNeeded { mistake(node, "“\(key)” is missing.") }
            return nil
        }
        let main = languages.first ?? "en"
        guard let mapping = value.mapping else {
            return optionalText(key, of: node).map { Wording($0, in: main) }
        }
        var texts: [String: String] = [:]
        for (language, words) in mapping {
            let code = language.scalar?.string ?? ""
            if !languages.contains(code) { mistake(language, "“\(code)” is not among the languages of this file.") }
            guard let text = words.scalar?.string.trimmed(), !text.isEmpty else {
                mistake(words, "“\(key)” is empty.")
                continue
            }
            texts[code] = text
        }
        guard let text = texts[main] else {
            mistake(value, "“\(key)” has no words in “\(main)”, the main language.")
            return nil
        }
        return Wording(text, in: main, translated: texts)
    }

    /// Says where a name stands a second time.
    func checkTwice(_ nodes: [Node], _ what: String, _ name: (Node) -> String?) {
        var seen: Set<String> = []
        for node in nodes {
            guard let name = name(node), !seen.insert(name).inserted else { continue }
            mistake(node, "The \(what) “\(name)” is there twice.")
        }
    }
}

extension Node {
    /// The words under `key`, unchecked.
    func plain(_ key: String) -> String? { self[key]?.scalar?.string }
}
