import Kernel
import Reference
import Yams

/// Reads one instrument from its file.
struct InstrumentReader {
    private let reader: DefinitionReader
    private var file: ReferenceFile { reader.file }

    /// - Throws: `DefinitionMistakes` with each mistake and its line.
    static func read(_ text: String, name: String) throws -> InstrumentVersion {
        let file: ReferenceFile
        do { file = try ReferenceFile(name: name, text: text) } catch let error as ReferenceError {
            throw DefinitionMistakes([error])
        }
        let reader = DefinitionReader(file)
        return try reader.finish(InstrumentReader(reader: reader).version())
    }

    private static let keys: Set<String> = [
        "id", "version", "title", "standing", "from", "until", "use", "for", "source", "notes", "languages", "topics",
        "scales", "sections", "followUpSets", "scoring", "grades",
    ]

    private func version() -> InstrumentVersion? {
        let root = file.root
        reader.expect(root, only: InstrumentReader.keys)
        let languages = root["languages"] == nil ? ["en"] : reader.texts("languages", of: root)
        reader.languages = languages
        let (id, version) = (reader.name("id", of: root), versionName(root))
        let (title, use) = (reader.wording("title", of: root), reader.wording("use", of: root))
        let standing: InstrumentVersion.Standing? = reader.choice("standing", of: root)
        let (dates, source) = (reader.dates(of: root), reader.text("source", of: root))
        let stage: InstrumentVersion.Stage? = root["for"] == nil ? nil : reader.choice("for", of: root)
        let notes = reader.texts("notes", of: root)
        let parts = parts(root)
        InstrumentCheck(reader: reader, root: root, parts: parts).check()
        guard let id, let version, let title, let use, let standing, let dates, let source else { return nil }
        return InstrumentVersion(
            key: InstrumentVersion.Key(id: id, version: version), title: title, standing: standing, dates: dates,
            use: use, stage: stage, source: source, notes: notes, languages: languages, parts: parts)
    }

    private func versionName(_ root: Node) -> String? {
        guard let text = reader.text("version", of: root) else { return nil }
        guard text.utf8.count <= 20, text.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) }) else {
            reader.mistake(root["version"] ?? root, "“\(text)” is no version: write numbers and dots, such as 2009.1.")
            return nil
        }
        return text
    }

    private func parts(_ root: Node) -> InstrumentParts {
        var parts = InstrumentParts()
        parts.scales = reader.list("scales", of: root).compactMap(scale)
        parts.sections = reader.list("sections", of: root, isNeeded: true).compactMap(section)
        parts.followUpSets = reader.list("followUpSets", of: root).compactMap(followUpSet)
        parts.scoring = reader.list("scoring", of: root).compactMap(scoring)
        parts.grades = reader.list("grades", of: root).compactMap(grade)
        return parts
    }

    private func scale(_ node: Node) -> Scale? {
        reader.expect(node, only: ["id", "values"])
        let values = reader.list("values", of: node, isNeeded: true).compactMap { value -> Scale.Value? in
            reader.expect(value, only: ["id", "label", "counts"])
            guard let id = reader.name("id", of: value), let label = reader.wording("label", of: value) else {
                return nil
            }
            return Scale.Value(id: id, label: label, counts: reader.flag("counts", of: value))
        }
        return reader.name("id", of: node).map { Scale(id: $0, values: values) }
    }

    private func section(_ node: Node) -> QuestionSection? {
        reader.expect(node, only: ["id", "title", "help", "questions"])
        let (id, title) = (reader.name("id", of: node), reader.wording("title", of: node))
        let help = reader.wording("help", of: node, isNeeded: false)
        let questions = reader.list("questions", of: node, isNeeded: true).compactMap(question)
        guard let id, let title else { return nil }
        return QuestionSection(id: id, title: title, help: help, questions: questions)
    }

    private func followUpSet(_ node: Node) -> FollowUpSet? {
        reader.expect(node, only: ["id", "title", "help", "repeated", "source", "note", "questions"])
        let (id, title) = (reader.name("id", of: node), reader.wording("title", of: node))
        let (help, source) = (reader.wording("help", of: node, isNeeded: false), reader.text("source", of: node))
        let (isRepeated, note) = (reader.flag("repeated", of: node), reader.optionalText("note", of: node) ?? "")
        let questions = reader.list("questions", of: node, isNeeded: true).compactMap(question)
        guard let id, let title, let source else { return nil }
        return FollowUpSet(
            id: id, title: title, help: help, isRepeated: isRepeated, source: source, note: note, questions: questions)
    }

    private static let questionKeys: Set<String> = [
        "id", "number", "label", "help", "kind", "scale", "about", "critical", "names", "needs", "followUps", "note",
    ]

    private func question(_ node: Node) -> Question? {
        reader.expect(node, only: InstrumentReader.questionKeys)
        let (id, label) = (reader.name("id", of: node), reader.wording("label", of: node))
        let number = reader.number("number", of: node, isNeeded: false)
        let kind: Question.Kind? = reader.choice("kind", of: node, usual: .yesNo)
        let names = reader.wording("names", of: node, isNeeded: false)
        let followUps = reader.list("followUps", of: node).compactMap(followUp)
        guard let id, let label, let kind else { return nil }
        return Question(
            id: id, number: number, label: label, help: reader.wording("help", of: node, isNeeded: false), kind: kind,
            scale: reader.optionalText("scale", of: node), topics: reader.texts("about", of: node),
            isCritical: reader.flag("critical", of: node), names: names, needs: reader.texts("needs", of: node),
            followUps: followUps, note: reader.optionalText("note", of: node) ?? "")
    }

    private func followUp(_ node: Node) -> Question.FollowUp? {
        if let set = node.scalar?.string { return Question.FollowUp(set: set, note: "") }
        reader.expect(node, only: ["set", "note"])
        return reader.name("set", of: node).map {
            Question.FollowUp(set: $0, note: reader.optionalText("note", of: node) ?? "")
        }
    }

    private func scoring(_ node: Node) -> Scoring? {
        reader.expect(node, only: ["id", "title", "kind", "note"])
        let (id, title) = (reader.name("id", of: node), reader.wording("title", of: node))
        let kind: Scoring.Kind? = reader.choice("kind", of: node)
        guard let id, let title, let kind else { return nil }
        return Scoring(id: id, title: title, kind: kind, note: reader.optionalText("note", of: node) ?? "")
    }

    private func grade(_ node: Node) -> GradeWord? {
        reader.expect(node, only: ["id", "label", "meaning", "note"])
        let (id, label) = (reader.name("id", of: node), reader.wording("label", of: node))
        guard let meaning = reader.wording("meaning", of: node), let id, let label else { return nil }
        return GradeWord(id: id, label: label, meaning: meaning, note: reader.optionalText("note", of: node) ?? "")
    }
}
