import Kernel
import Reference
import Yams

/// Critical combinations, conventions and escalation, as dated data: they raise concerns, and nothing else.
public struct ConcernRules: Sendable {
    public let topics: [Topic]
    let combinations: [Dated<CriticalCombination>]
    let conventions: [Dated<ScoreConvention>]
    let escalations: [Dated<EscalationRule>]

    /// The rules that come with the house (`Reference/concerns.yaml`).
    /// - Throws: `DefinitionMistakes`.
    public static func bundled() throws -> ConcernRules {
        try ConcernRules(reader: DefinitionReader(.bundled("concerns", in: .module)))
    }

    /// - Throws: `DefinitionMistakes`, or `ReferenceError` where it is not YAML.
    public init(yaml: String, name: String) throws {
        try self.init(reader: DefinitionReader(ReferenceFile(name: name, text: yaml)))
    }

    private init(reader: DefinitionReader) throws {
        let root = reader.file.root
        reader.expect(root, only: ["topics", "combinations", "conventions", "escalations"])
        let topics = reader.list("topics", of: root, isNeeded: true).compactMap { node -> Topic? in
            reader.expect(node, only: ["id", "title"])
            guard let id = reader.name("id", of: node), let title = reader.text("title", of: node) else { return nil }
            return Topic(id: id, title: title)
        }
        self.topics = topics
        let known = Set(topics.map(\.id))
        combinations = ConcernRules.combinations(reader, root, known)
        conventions = ConcernRules.conventions(reader, root)
        escalations = ConcernRules.escalations(reader, root)
        _ = try reader.finish(topics)
    }

    public func topic(_ id: String) -> Topic? { topics.first { $0.id == id } }

    /// What an instrument says it is about and no rule knows: a mistyped topic would raise no concern.
    public func unknownTopics(of version: InstrumentVersion) -> [String] {
        let known = Set(topics.map(\.id))
        return Set(version.allQuestions.flatMap(\.topics)).subtracting(known).sorted()
    }

    private static func combinations(
        _ reader: DefinitionReader, _ root: Node, _ known: Set<String>
    ) -> [Dated<CriticalCombination>] {
        reader.dated("combinations", of: root, ["id", "all", "any", "says", "note"]) { node in
            let (all, any) = (reader.texts("all", of: node), reader.texts("any", of: node))
            if all.isEmpty && any.isEmpty { reader.mistake(node, "A combination names topics in “all” or in “any”.") }
            for topic in all + any where !known.contains(topic) {
                reader.mistake(node, "There is no topic “\(topic)” in this file.")
            }
            guard let id = reader.name("id", of: node), let says = reader.text("says", of: node) else { return nil }
            return CriticalCombination(
                id: id, all: all, any: any, says: says, note: reader.optionalText("note", of: node) ?? "")
        }
    }

    private static func conventions(_ reader: DefinitionReader, _ root: Node) -> [Dated<ScoreConvention>] {
        reader.dated("conventions", of: root, ["id", "instruments", "score", "minimum", "says", "note"]) { node in
            let instruments = reader.texts("instruments", of: node, isNeeded: true)
            guard let id = reader.name("id", of: node), let score = reader.name("score", of: node),
                let minimum = reader.number("minimum", of: node), let says = reader.text("says", of: node)
            else { return nil }
            return ScoreConvention(
                id: id, instruments: instruments, score: score, minimum: minimum, says: says,
                note: reader.optionalText("note", of: node) ?? "")
        }
    }

    private static func escalations(_ reader: DefinitionReader, _ root: Node) -> [Dated<EscalationRule>] {
        reader.dated("escalations", of: root, ["id", "events", "months", "says", "note"]) { node in
            guard let id = reader.name("id", of: node), let events = reader.number("events", of: node, in: 2...99),
                let months = reader.number("months", of: node, in: 1...120), let says = reader.text("says", of: node)
            else { return nil }
            return EscalationRule(
                id: id, events: events, months: months, says: says, note: reader.optionalText("note", of: node) ?? "")
        }
    }
}

extension DefinitionReader {
    /// Lines with `from`, `until` and `source`.
    func dated<Value>(
        _ key: String, of root: Node, _ keys: Set<String>, _ value: (Node) -> Value?
    ) -> [Dated<Value>] {
        let lines = list(key, of: root, isNeeded: true).compactMap { node -> Dated<Value>? in
            expect(node, only: keys.union(["from", "until", "source"]))
            let (dates, source, value) = (dates(of: node), text("source", of: node), value(node))
            guard let dates, let source, let value else { return nil }
            return Dated(from: dates.from, until: dates.until, source: source, value: value)
        }
        return lines
    }
}
