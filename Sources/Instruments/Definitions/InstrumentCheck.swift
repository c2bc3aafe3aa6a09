import Yams

/// What one line cannot show: whether the parts of an instrument agree with one another.
struct InstrumentCheck {
    let reader: DefinitionReader
    let root: Node
    let parts: InstrumentParts

    private var sectionQuestions: [Node] { questions(in: "sections") }
    private var setQuestions: [Node] { questions(in: "followUpSets") }

    private func questions(in key: String) -> [Node] {
        (root[key]?.array() ?? []).flatMap { $0["questions"]?.array() ?? [] }
    }

    func check() {
        checkNames()
        checkNumbers()
        for question in sectionQuestions + setQuestions { checkQuestion(question) }
        checkFollowUps()
        for scale in root["scales"]?.array() ?? [] { checkScale(scale) }
    }

    private func checkNames() {
        let all = [
            (sectionQuestions + setQuestions, "question"), (nodes("sections"), "section"),
            (nodes("followUpSets"), "follow-up set"), (nodes("scales"), "scale"), (nodes("scoring"), "score"),
            (nodes("grades"), "grade"),
        ]
        for (nodes, what) in all { reader.checkTwice(nodes, what) { $0.plain("id") } }
        for scale in nodes("scales") {
            reader.checkTwice(scale["values"]?.array() ?? [], "value") { $0.plain("id") }
        }
    }

    private func nodes(_ key: String) -> [Node] { root[key]?.array() ?? [] }

    /// Topics are numbered 1, 2, 3 … in order, and are as many as the file says.
    private func checkNumbers() {
        var next = 1
        for node in sectionQuestions {
            guard let number = node.plain("number").flatMap({ Int($0) }) else { continue }
            if number != next { reader.mistake(node, "This is number \(number) where number \(next) is due.") }
            next = number + 1
        }
        for node in setQuestions where node["number"] != nil {
            reader.mistake(node, "A question of a follow-up set has no number: only topics have.")
        }
        guard let stated = reader.number("topics", of: root) else { return }
        let found = sectionQuestions.count { $0["number"] != nil }
        if stated != found {
            reader.mistake(root["topics"] ?? root, "“topics” says \(stated), and there are \(found).")
        }
    }

    private func checkQuestion(_ node: Node) {
        let (scale, isScale) = (node.plain("scale"), node.plain("kind") == "scale")
        if isScale, scale == nil { reader.mistake(node, "A question of kind scale names its “scale”.") }
        if !isScale, let scale = node["scale"] { reader.mistake(scale, "“scale” belongs to the kind scale alone.") }
        if let scale, !parts.scales.contains(where: { $0.id == scale }) {
            reader.mistake(node["scale"] ?? node, "There is no scale “\(scale)” in this file.")
        }
        if node.plain("critical") == "true", node["names"] == nil {
            reader.mistake(node, "A critical question says in “names” what a yes records, such as: a threat to kill.")
        }
        if let needs = node["needs"], node["names"] == nil {
            reader.mistake(needs, "“needs” wants “names” beside it: what a yes records.")
        }
    }

    private func checkFollowUps() {
        var called: Set<String> = []
        for question in sectionQuestions {
            for item in question["followUps"]?.array() ?? [] {
                guard let set = item.scalar?.string ?? item.plain("set") else { continue }
                called.insert(set)
                if !parts.followUpSets.contains(where: { $0.id == set }) {
                    reader.mistake(item, "There is no follow-up set “\(set)” in this file.")
                }
            }
        }
        for question in setQuestions where question["followUps"] != nil {
            reader.mistake(question, "A question of a follow-up set calls for no further set.")
        }
        for set in nodes("followUpSets") {
            guard let id = set.plain("id"), !called.contains(id) else { continue }
            reader.mistake(set, "No question calls for the set “\(id)”.")
        }
    }

    private func checkScale(_ scale: Node) {
        let values = scale["values"]?.array() ?? []
        if values.count < 2 { reader.mistake(scale, "A scale has at least two values.") }
        let counting = values.map { $0.plain("counts") == "true" }
        if !counting.contains(true) || counting.allSatisfy({ $0 }) {
            reader.mistake(scale, "In a scale some values count and some do not.")
        }
        if counting != counting.filter({ !$0 }) + counting.filter({ $0 }) {
            reader.mistake(scale, "A scale goes from the least to the most: what counts comes last.")
        }
    }
}
