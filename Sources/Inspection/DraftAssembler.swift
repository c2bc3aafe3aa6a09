/// Makes the draft of the sections that were read: which grade is whose, and what is left over.
struct DraftAssembler {
    let sections: SectionReader
    let force: String
    let year: ProgrammeYear
    let title: ReportTitle
    /// The grades of the scale of that year; nil when the year is unknown to the reference data.
    let grades: [Grade]?

    /// No report has a tenth of this.
    private static let mostQuestions = 200

    func draft() throws -> ReportDraft {
        var setAside = sections.setAside
        let kept = withoutContents(sections.sections.filter { !$0.text.isEmpty })
        guard kept.count <= DraftAssembler.mostQuestions else { throw Refusal.tooLarge }
        var questions = decided(kept, &setAside)
        let isStated = questions.isEmpty
        if isStated { questions = statedAreas(&setAside) }
        guard !questions.isEmpty else { throw Refusal.noQuestion }
        let outside = [sections.overview] + sections.sections.filter(\.text.isEmpty)
        return ReportDraft(
            force: force, year: year, pillar: pillar(questions), overallGrades: overall(),
            overview: outside.flatMap { $0.findings.map(\.finding.full) }, questions: questions,
            areasOutside: isStated ? [] : outside.flatMap(\.areas),
            causesOfConcernOutside: isStated ? [] : outside.flatMap(\.concerns), notUnderstood: setAside)
    }

    private func pillar(_ questions: [QuestionDraft]) -> Pillar {
        let named = Set(questions.compactMap(\.pillar))
        if title.isIntegrated || named.count > 1 { return .integrated }
        return named.first ?? sections.pillars.first ?? .integrated
    }

    /// A list of contents names each question before it is asked: the one with text under it counts. A grade beside
    /// the question in that list is the question's; beside an area it may belong to the line above or below.
    private func withoutContents(_ all: [SectionReader.Section]) -> [SectionReader.Section] {
        let withBody = Set(all.filter(\.hasBody).map { ReportHeadings.plain($0.text) })
        var places: [String: Int] = [:]
        var badges: [String: Grade] = [:]
        var kept: [SectionReader.Section] = []
        for section in all {
            let key = ReportHeadings.plain(section.text)
            if !section.hasBody, withBody.contains(key) || (section.isArea && !withBody.isEmpty) {
                if !section.isArea { badges[key] = badges[key] ?? section.badge }
            } else if let place = places[key] {
                kept[place].add(section)
            } else {
                places[key] = kept.count
                kept.append(section)
            }
        }
        for (key, place) in places where kept[place].badge == nil && !kept[place].isUngraded {
            kept[place].badge = badges[key]
        }
        return kept
    }

    // MARK: Grades

    private func decided(_ kept: [SectionReader.Section], _ setAside: inout [SetAside]) -> [QuestionDraft] {
        let names = ForceName.words(force)
        let topics = kept.map { Topic($0.text, names: names) }
        let heads = sections.pillars.map { Topic(DraftAssembler.head($0), names: names) }
        return kept.indices.map { index in
            let others = topics.indices.filter { $0 != index }.map { topics[$0] } + heads
            return question(kept[index], topics[index], others, &setAside)
        }
    }

    private static func head(_ pillar: Pillar) -> String {
        pillar == .integrated ? "" : "keeping people safe and reducing crime"
    }

    private func question(
        _ section: SectionReader.Section, _ topic: Topic, _ others: [Topic], _ setAside: inout [SetAside]
    ) -> QuestionDraft {
        var draft = QuestionDraft(section)
        if let carried = section.carried {
            (draft.carriedFrom, draft.carriedGrade) = (carried.from, carried.grade ?? section.badge)
            return draft
        }
        var stated = section.isUngraded ? nil : statement(in: section, topic, others, &setAside)
        if let said = stated, let badge = section.badge, said.grade != badge {
            let entry = section.findings[said.index]
            setAside.append(SetAside(line: entry.line, text: entry.finding.text, reason: .doubtfulGrade))
            stated = nil
        }
        if let stated {
            draft.findings[stated.index].kind = .grading
            draft.gradeStatement = draft.findings[stated.index].text
        }
        draft.grade = section.badge ?? stated?.grade
        if let badge = section.badge { draft.gradeStatement = draft.gradeStatement ?? DraftAssembler.word(badge) }
        if let grade = draft.grade, let grades, !grades.contains(grade) {
            setAside.append(SetAside(line: section.line, text: draft.gradeStatement ?? "", reason: .doubtfulGrade))
            draft.grade = nil
        }
        return draft
    }

    private static func word(_ grade: Grade) -> String { grade.rawValue }

    /// The sentence of a section that states the grade of its question.
    private func statement(
        in section: SectionReader.Section, _ topic: Topic, _ others: [Topic], _ setAside: inout [SetAside]
    ) -> (index: Int, grade: Grade)? {
        var best: (index: Int, grade: Grade, score: Double)?
        for (index, entry) in section.findings.enumerated() where entry.finding.leadIn == nil {
            for said in GradeStatement.all(in: entry.finding.text, force: force, year: year) {
                guard !said.isElsewhere else { continue }
                let isFirst = entry.paragraph == 0 && entry.sentence == 0
                let score = weight(said, topic, others, isFirst: isFirst, isEarly: entry.paragraph < 2)
                if score > best?.score ?? 0 {
                    best = (index, said.grade, score)
                } else if score > 0, score == best?.score, said.grade != best?.grade {
                    setAside.append(SetAside(line: entry.line, text: entry.finding.text, reason: .doubtfulGrade))
                } else if score == 0, section.badge == nil, isFirst {
                    setAside.append(SetAside(line: entry.line, text: entry.finding.text, reason: .doubtfulGrade))
                }
            }
        }
        return best.map { ($0.index, $0.grade) }
    }

    /// How surely a statement grades this question; 0 when it does not.
    private func weight(_ said: GradeStatement, _ topic: Topic, _ others: [Topic], isFirst: Bool, isEarly: Bool)
        -> Double
    {
        if said.topic.isEmpty { return isFirst ? 0.9 : isEarly ? 0.3 : 0 }
        let likeness = topic.likeness(to: said.topic)
        guard likeness.hasPrincipal else { return 0 }
        let elsewhere = others.map { $0.likeness(to: said.topic).score }.max() ?? 0
        guard likeness.score >= elsewhere - 0.001 else { return 0 }
        let isPlain = likeness.precision >= 0.85 && likeness.recall >= 0.5
        let isOpening = isFirst && (likeness.precision >= 0.6 || likeness.recall >= 0.8)
        return isPlain || isOpening ? likeness.score : 0
    }

    private func overall() -> [OverallGrade] {
        var overall = sections.overallGrades
        let headed = overall.map(\.pillar)
        for entry in sections.overview.findings where entry.finding.leadIn == nil {
            for said in GradeStatement.all(in: entry.finding.text, force: force, year: year) where !said.isElsewhere {
                guard let pillar = sections.pillars.first, !headed.contains(pillar),
                    !overall.contains(where: { $0.pillar == pillar }),
                    Topic(DraftAssembler.head(pillar), names: []).likeness(to: said.topic).score >= 0.75
                else { continue }
                overall.append(OverallGrade(pillar: pillar, grade: said.grade))
            }
        }
        return overall
    }

    // MARK: Reports without headings

    /// When a report has no heading we know, each short line that states a grade opens an area of its own.
    private func statedAreas(_ setAside: inout [SetAside]) -> [QuestionDraft] {
        var questions: [QuestionDraft] = []
        let findings = sections.overview.findings
        for (index, entry) in findings.enumerated() {
            let isAlone = entry.sentence == 0 && !(index + 1 < findings.count && findings[index + 1].sentence > 0)
            let said = GradeStatement.all(in: entry.finding.text, force: force, year: year).filter { !$0.isElsewhere }
            if isAlone, entry.finding.leadIn == nil, said.count == 1, !said[0].topic.isEmpty,
                grades?.contains(said[0].grade) ?? true
            {
                var section = SectionReader.Section(text: entry.finding.text, line: entry.line, pillar: nil)
                section.badge = said[0].grade
                var draft = QuestionDraft(section)
                (draft.grade, draft.gradeStatement) = (said[0].grade, entry.finding.text)
                questions.append(draft)
            } else if !questions.isEmpty {
                questions[questions.count - 1].findings.append(entry.finding)
            }
        }
        guard questions.count > 1 else { return [] }
        // Their place among the areas is not known, so they go to the last: nothing asked for may be lost.
        questions[questions.count - 1].areasForImprovement = sections.overview.areas
        questions[questions.count - 1].causesOfConcern = sections.overview.concerns
        return questions
    }
}

extension QuestionDraft {
    init(_ section: SectionReader.Section) {
        self.init(
            text: section.text, pillar: section.pillar, grade: nil, gradeStatement: nil, carriedFrom: nil,
            carriedGrade: nil, notInspected: section.notInspected, findings: section.findings.map(\.finding),
            areasForImprovement: section.areas, causesOfConcern: section.concerns)
    }
}
