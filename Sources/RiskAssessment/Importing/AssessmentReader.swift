public import Instruments
public import Kernel
import Ledger
public import People

/// Reads lines of a table of assessments by a mapping. Made once, used for many.
public struct AssessmentReader: Sendable {
    let places: [AssessmentField: (place: Int, column: String)]
    let points: [(place: Int, column: AssessmentMapping.Column)]
    let views: [InstrumentVersion.Key: AssessmentView]
    let shelf: InstrumentShelf
    let mapping: AssessmentMapping
    let unknown: Set<String>
    let meanings: [AssessmentField: [String: String]]
    let times: AssessmentTimes
    let persons: NamedPersonReader
    let now: Moment

    /// - Throws: `Problem.invalid`, see `AssessmentMapping.places`.
    public init(_ mapping: AssessmentMapping, header: [String], _ shelf: InstrumentShelf, at now: Moment) throws {
        let versions = shelf.instruments.flatMap(\.versions)
        let questions = versions.flatMap(\.allQuestions)
        let known = Set(questions.map(\.id) + questions.compactMap { $0.number.map(String.init) })
        let columns = try mapping.places(in: header, known)
        (self.mapping, self.shelf, self.now) = (mapping, shelf, now)
        places = Dictionary(
            columns.filter { !$0.column.field.isOfQuestion }.map { ($0.column.field, ($0.place, $0.column.column)) },
            uniquingKeysWith: { first, _ in first })
        points = columns.filter { [.found, .foundWords].contains($0.column.field) }
        views = Dictionary(
            versions.map { ($0.key, AssessmentView($0, columns)) }, uniquingKeysWith: { first, _ in first })
        let usual = ["null", "unknown", "not known", "not recorded", "-", "."]
        unknown = Set(usual + (mapping.unknown ?? []).map { $0.trimmed().lowercased() })
        meanings = try AssessmentReader.meanings(mapping)
        times = AssessmentTimes(order: mapping.dates ?? .dayMonthYear)
        persons = try NamedPersonReader(
            mapping.dates ?? .dayMonthYear, unknown: mapping.unknown ?? [], today: LondonTime.day(of: now))
    }

    private static func meanings(_ mapping: AssessmentMapping) throws -> [AssessmentField: [String: String]] {
        var meanings: [AssessmentField: [String: String]] = [:]
        for (name, words) in mapping.values ?? [:] {
            guard let field = AssessmentField(rawValue: name) else {
                throw Problem(
                    .invalid, "The mapping gives values for “\(name)”, which is no field.",
                    next: "Fields are: \(AssessmentField.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            meanings[field] = Dictionary(
                words.map { ($0.key.trimmed().lowercased(), $0.value.trimmed().lowercased()) },
                uniquingKeysWith: { first, _ in first })
        }
        return meanings
    }

    /// Where the officer stands, so that lines of one officer can be kept together.
    public var officerPlace: Int { places[.officer]?.place ?? 0 }

    /// - Parameter withPersons: false where nobody asks whom it names.
    /// - Throws: `AssessmentFault`.
    func line(_ row: IntakeTable.Line, withPersons: Bool = true) throws -> AssessmentLine {
        if let flaw = row.flaw { throw AssessmentFault(flaw) }
        let cells = AssessmentCells(values: row.values, places: places, unknown: unknown, meanings: meanings)
        let number = try cells.text(.number)
        guard !number.isEmpty else { throw AssessmentFault("The assessment's own number is missing") }
        let officer = try cells.text(.officer)
        guard !officer.isEmpty else { throw AssessmentFault("It does not say who filled it in") }
        let timeline = try AssessmentTimeline(cells, times, officer: officer, now)
        let view = try view(cells, on: LondonTime.day(of: timeline.begun))
        var notes = timeline.notes
        var reading = Assessment.Reading(
            reference: try cells.text(.occurrence, most: 50), happened: timeline.happened, officer: officer,
            team: try AssessmentReader.named(.team, cells), district: try AssessmentReader.named(.district, cells),
            reportedAt: timeline.reported ?? timeline.begun, answers: AnswerSet(to: view.version.key),
            response: try response(cells), events: timeline.events)
        reading.answers = AnswerSet(
            to: view.version.key, in: view.version.language,
            try answers(cells, view, at: timeline.answered, &notes), circumstances: try circumstances(cells))
        reading.grading = try grading(cells, view, officer, at: timeline.answered)
        return AssessmentLine(
            line: row.number, number: number, body: Assessment(reading),
            named: withPersons ? try named(row.number, number, cells) : [], saysReported: timeline.reported != nil,
            isAwaited: AssessmentCells.isYes(try cells.word(.awaiting)) ?? false, notes: notes)
    }

    private static func named(_ field: AssessmentField, _ cells: AssessmentCells) throws -> String? {
        let text = try cells.text(field)
        return text.isEmpty ? nil : text
    }

    /// The version in which it was asked: the one that the line names, else that of the mapping, else the one in force.
    private func view(_ cells: AssessmentCells, on day: Day) throws -> AssessmentView {
        let own = try cells.word(.instrument)
        let id = own.isEmpty ? mapping.instrument ?? "" : own
        guard !id.isEmpty else {
            throw AssessmentFault("It does not say which question set it is: name one in the mapping")
        }
        let stated = try cells.text(.version)
        let version = stated.isEmpty ? (own.isEmpty || own == mapping.instrument ? mapping.version ?? "" : "") : stated
        let key =
            version.isEmpty
            ? shelf.inForce(id, on: day)?.key : InstrumentVersion.Key(id: id, version: version)
        guard let key, let view = views[key] else {
            let held = views.keys.map(\.description).sorted().joined(separator: ", ")
            throw AssessmentFault(
                "It was asked in a version of a question set that is not here. On the shelf: \(held). "
                    + "Put the file of that version into the folder of instruments, or say in the mapping which it is")
        }
        return view
    }

    private func answers(
        _ cells: AssessmentCells, _ view: AssessmentView, at moment: Moment, _ notes: inout Set<String>
    ) throws -> [Answer] {
        for cell in view.strange where try !cells.value(cell.place, cell.column).isEmpty {
            throw AssessmentFault("\(view.version.key) has no question for “\(cell.column)”, and it is answered")
        }
        var answers: [Answer] = []
        answers.reserveCapacity(view.asked.count)
        for asked in view.asked {
            if let answer = try answer(asked, cells, at: moment, &notes) { answers.append(answer) }
        }
        return answers
    }

    private func answer(
        _ asked: AssessmentView.Asked, _ cells: AssessmentCells, at moment: Moment, _ notes: inout Set<String>
    ) throws -> Answer? {
        let (reply, words) = (try text(asked.answer, cells), try text(asked.words, cells))
        let (seen, why) = (try text(asked.observation, cells), try text(asked.notAsked, cells))
        if reply.isEmpty, words.isEmpty, seen.isEmpty, why.isEmpty { return nil }
        let source = try self.source(asked.source, cells)
        func make(_ reply: Answer.Reply, choice: String? = nil, own: String = "") -> Answer {
            Answer(
                to: asked.question.id, round: asked.round, reply, choice: choice, reason: why, from: source,
                words: own.isEmpty ? words : words.isEmpty || words == own ? own : "\(own)\n\(words)",
                observation: seen, at: moment)
        }
        guard !reply.isEmpty else {
            if asked.question.kind == .text, !words.isEmpty { return make(.written) }
            if why.isEmpty { notes.insert("Words without an answer, kept as not asked, without a reason") }
            return make(.notAsked)
        }
        switch AnswerWords.meaning(reply, of: asked, meanings[.answer]) {
        case .reply(let reply): return make(reply)
        case .chosen(let choice): return make(.chosen, choice: choice)
        case .written(let text): return make(.written, own: text)
        case nil:
            throw AssessmentFault(
                "“\(asked.answer?.column ?? "")” holds no answer that is known. Known are: "
                    + "\(AnswerWords.known(of: asked)). Say in the mapping what other words mean")
        }
    }

    private func text(_ cell: AssessmentView.Cell?, _ cells: AssessmentCells) throws -> String {
        guard let cell else { return "" }
        return try cells.value(cell.place, cell.column)
    }

    private func source(_ cell: AssessmentView.Cell?, _ cells: AssessmentCells) throws -> Answer.Source {
        guard let cell else { return .victim }
        let text = try cells.value(cell.place, cell.column, most: 100).lowercased()
        guard !text.isEmpty else { return .victim }
        guard let source = Answer.Source(rawValue: meanings[.source]?[text] ?? text) else {
            let known = Answer.Source.allCases.map(\.rawValue).joined(separator: ", ")
            throw AssessmentFault("“\(cell.column)” names nobody who could have said it. Known are: \(known)")
        }
        return source
    }
}
