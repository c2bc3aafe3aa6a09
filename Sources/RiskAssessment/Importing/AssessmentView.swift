import Instruments

/// One version of a question set, as the columns of a file look at it.
struct AssessmentView: Sendable {
    /// The columns of one question. Shared, for a copy of it for each line would cost as much as reading the line.
    final class Asked: Sendable {
        let question: Question
        let round: Int
        let scale: Scale?
        private let cells: [AssessmentField: Cell]
        /// Where each stands; nil where no column holds it.
        let answer: Cell?
        let words: Cell?
        let observation: Cell?
        let notAsked: Cell?
        let source: Cell?

        init(_ question: Question, round: Int, scale: Scale?, _ cells: [AssessmentField: Cell]) {
            (self.question, self.round, self.scale, self.cells) = (question, round, scale, cells)
            (answer, words, observation) = (cells[.answer], cells[.words], cells[.observation])
            (notAsked, source) = (cells[.notAsked], cells[.source])
        }

        func with(_ cell: Cell, _ field: AssessmentField) -> Asked {
            Asked(question, round: round, scale: scale, cells.merging([field: cell]) { first, _ in first })
        }
    }

    struct Cell: Sendable {
        let place: Int
        let column: String
    }

    let version: InstrumentVersion
    let asked: [Asked]
    /// Columns of questions that this version has not: each must be empty.
    let strange: [Cell]
    let grades: [String: GradeWord]

    init(_ version: InstrumentVersion, _ columns: [(place: Int, column: AssessmentMapping.Column)]) {
        self.version = version
        let repeated = Set(version.followUpSets.filter(\.isRepeated).flatMap(\.questions).map(\.id))
        var byName: [String: Question] = [:]
        for question in version.allQuestions {
            byName[question.id] = question
            if let number = question.number { byName[String(number)] = byName[String(number)] ?? question }
        }
        var (asked, order, strange): ([String: Asked], [String], [Cell]) = ([:], [], [])
        for (place, column) in columns where AssessmentView.isAnswer(column.field) {
            let (cell, round) = (Cell(place: place, column: column.column), column.round ?? 1)
            guard let question = column.question.flatMap({ byName[$0] }), round == 1 || repeated.contains(question.id)
            else {
                strange.append(cell)
                continue
            }
            let key = "\(question.id) \(round)"
            if asked[key] == nil { order.append(key) }
            let line = asked[key] ?? Asked(question, round: round, scale: version.scale(of: question), [:])
            asked[key] = line.with(cell, column.field)
        }
        (self.asked, self.strange) = (order.compactMap { asked[$0] }, strange)
        grades = Dictionary(
            version.grades.flatMap { [($0.id, $0), ($0.label.text.lowercased(), $0)] },
            uniquingKeysWith: { first, _ in first })
    }

    private static func isAnswer(_ field: AssessmentField) -> Bool {
        [.answer, .words, .observation, .notAsked, .source].contains(field)
    }
}

/// What is written for an answer.
enum AnswerWords {
    private static let replies: [String: Answer.Reply] = [
        "yes": .yes, "y": .yes, "true": .yes, "1": .yes, "no": .no, "n": .no, "false": .no, "0": .no,
        "not known": .notKnown, "not-known": .notKnown, "unknown": .notKnown, "nk": .notKnown,
        "don't know": .notKnown, "dont know": .notKnown, "don’t know": .notKnown, "declined": .declined,
        "refused": .declined, "declined to answer": .declined, "not asked": .notAsked, "not-asked": .notAsked,
        "n/a": .notAsked, "na": .notAsked, "not applicable": .notAsked,
    ]

    enum Meaning: Equatable {
        case reply(Answer.Reply)
        case chosen(String)
        /// Of a question of kind text.
        case written(String)
    }

    /// - Parameter meanings: the file's own words, in lower case.
    /// - Returns: nil for what nobody knows.
    static func meaning(
        _ text: String, of asked: AssessmentView.Asked, _ meanings: [String: String]?
    ) -> Meaning? {
        if meanings == nil, asked.question.kind == .yesNo {
            if text == "no" { return .reply(.no) }
            if text == "yes" { return .reply(.yes) }
        }
        let short = text.utf8.count <= 40 ? text.lowercased() : ""
        let word = meanings?[short] ?? short
        switch asked.question.kind {
        case .yesNo: return replies[word].map { .reply($0) }
        case .scale:
            let value = asked.scale?.values.first { $0.id == word || $0.label.text.lowercased() == word }
            if let value { return .chosen(value.id) }
            return replies[word].flatMap { [.yes, .no].contains($0) ? nil : .reply($0) }
        case .text:
            if let reply = replies[word], ![.yes, .no].contains(reply) { return .reply(reply) }
            return .written(text)
        }
    }

    /// For a refusal: what can be written.
    static func known(of asked: AssessmentView.Asked) -> String {
        let values = asked.scale.map { $0.values.map(\.id) } ?? ["yes", "no"]
        return (values + ["not known", "declined", "not asked"]).joined(separator: ", ")
    }
}
