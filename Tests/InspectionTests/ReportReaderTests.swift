import Foundation
import Inspection
import Kernel
import Testing

@Suite("An inspection report is read from its text")
struct ReportReaderTests {
    let reader: ReportReader

    init() throws { reader = try .bundled() }

    @Test("Force, year, pillar, grades and areas are those a careful person reads", arguments: ReportFixture.all)
    func careful(_ fixture: ReportFixture) throws {
        let draft = try reader.read(fixture.text)
        #expect(draft.force == fixture.force)
        #expect(draft.year.description == fixture.year)
        #expect(draft.pillar == fixture.pillar)
        #expect(draft.questions.map(\.grade) == fixture.grades, "\(draft.questions.map(\.text))")
        let carried = fixture.carried.isEmpty ? fixture.grades.map { _ in nil } : fixture.carried
        #expect(draft.questions.map { $0.carriedFrom?.description } == carried)
        let areas = fixture.areas.isEmpty ? fixture.grades.map { _ in 0 } : fixture.areas
        #expect(draft.questions.map(\.areasForImprovement.count) == areas)
        #expect(draft.overallGrades.map(\.grade).starts(with: fixture.overall))
    }

    @Test("Every text of the draft stands in the report", arguments: ReportFixture.all)
    func nothingInvented(_ fixture: ReportFixture) throws {
        let draft = try reader.read(fixture.text)
        let input = even(fixture.text)
        for text in texts(of: draft) { #expect(input.contains(even(text)), "invented: \(text)") }
    }

    @Test("No sentence of a question is lost", arguments: [ReportFixture.sentences, .efficiency, .traps, .wrapped])
    func nothingLost(_ fixture: ReportFixture) throws {
        let draft = try reader.read(fixture.text)
        let output = even((texts(of: draft) + draft.notUnderstood.map(\.text)).joined(separator: " "))
        let body = fixture.text.split(separator: "\n").dropFirst(3).joined(separator: "\n")
        for word in even(body).split(separator: " ") where word.count > 6 {
            let bare = word.trimmingCharacters(in: .punctuationCharacters)
            #expect(output.contains(bare) || bare == "improvement", "lost: \(word)")
        }
    }

    @Test("Bullets keep the words that lead into them, and tell strengths from shortcomings")
    func bullets() throws {
        let draft = try reader.read(ReportFixture.sentences.text)
        let strengths = draft.questions[0].findings.filter { $0.kind == .strength }
        #expect(strengths.map(\.text) == ["find empty shops early", "light the paths to schools."])
        #expect(strengths[0].full == "The force works with its councils to: find empty shops early")
        #expect(draft.questions[1].findings.filter { $0.kind == .toImprove }.count == 2)
    }

    @Test("A heading above an area for improvement is its title, and a lead-in is part of it")
    func titledArea() throws {
        let area = try #require(try reader.read(ReportFixture.integrated.text).questions[1].areasForImprovement.first)
        #expect(area.title == "Call answering")
        #expect(area.text == "The force should answer calls that are not emergencies sooner.")
        let listed = try reader.read(ReportFixture.contents.text).questions[1].areasForImprovement
        #expect(
            listed.map(\.text) == [
                "The force should: draw up a list of its gangs", "The force should: look at it each month.",
            ])
    }

    @Test("A cause of concern keeps its recommendations")
    func concern() throws {
        let concern = try #require(try reader.read(ReportFixture.concern.text).questions[0].causesOfConcern.first)
        #expect(concern.text == ["The constabulary does not find children who go missing soon enough."])
        #expect(
            concern.recommendations == [
                "Within three months, the constabulary should: review each missing child every day",
                "Within three months, the constabulary should: tell the council at once.",
            ])
    }

    @Test("A grade repeated for a carried question is kept apart from this year's")
    func carriedGrade() throws {
        let question = try reader.read(ReportFixture.carriedOver.text).questions[1]
        #expect(question.grade == nil)
        #expect(question.carriedGrade == .good)
        #expect(question.findings.isEmpty)
    }

    @Test("Stray mark-up is left out and listed")
    func markup() throws {
        let text = ReportFixture.sentences.text.replacingOccurrences(
            of: "early; and", with: "early;,/li> and&nbsp;soon")
        let draft = try reader.read(text)
        #expect(draft.notUnderstood.map(\.text) == [",/li>", "&nbsp;"])
        #expect(draft.notUnderstood.allSatisfy { $0.reason == .markup && $0.line == 7 })
        #expect(!texts(of: draft).contains { $0.contains("li>") })
    }

    @Test("The web page around a report is listed, not read as findings")
    func surroundings() throws {
        let draft = try reader.read(ReportFixture.navigation.text)
        #expect(draft.questions[0].findings.count == 1)
        for junk in [
            "We use cookies to make this site work.", "Twitter", "Yes this page is useful.", "PEEL assessments",
        ] {
            #expect(draft.notUnderstood.contains { $0.text == junk }, "\(junk)")
        }
    }

    @Test("A grade that was not on the scale of its year is not taken")
    func grade2017() throws {
        let text = ReportFixture.otherTitle.text.replacingOccurrences(of: "is good at", with: "is adequate at")
        let draft = try reader.read(text)
        #expect(draft.questions[0].grade == nil)
        #expect(draft.notUnderstood.contains { $0.reason == .doubtfulGrade })
    }

    @Test("A sentence that contradicts the grade under its heading is listed, and is not quoted for that grade")
    func contradiction() throws {
        let draft = try reader.read(
            """
            Northshire PEEL 2017
            Effectiveness
            How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
            Good
            Northshire Police requires improvement at preventing crime, tackling anti-social behaviour and keeping people safe.
            """)
        let question = try #require(draft.questions.first)
        #expect(question.grade == .good && question.gradeStatement == "good")
        let doubtful = draft.notUnderstood.filter { $0.reason == .doubtfulGrade }
        #expect(doubtful.count == 1 && doubtful[0].text.contains("requires improvement"))
    }

    @Test("A second report in the same text is not mixed into the first")
    func secondReport() throws {
        let draft = try reader.read(ReportFixture.otherTitle.text + "\n" + ReportFixture.efficiency.text)
        #expect(draft.questions.count == 1)
        #expect(draft.notUnderstood.last?.reason == .otherReport)
    }

    private func texts(of draft: ReportDraft) -> [String] {
        var texts: [String] = draft.overview.flatMap { $0.components(separatedBy: ": ") }
        for question in draft.questions {
            texts.append(question.text)
            if let statement = question.gradeStatement, Grade(rawValue: statement) == nil { texts.append(statement) }
            if let words = question.notInspected { texts.append(words) }
            for finding in question.findings {
                if let lead = finding.leadIn { texts.append(lead) }
                texts.append(finding.text)
            }
            for area in question.areasForImprovement { texts += area.text.components(separatedBy: ": ") }
            for concern in question.causesOfConcern { texts += concern.text }
        }
        return texts
    }

    private func even(_ text: String) -> String {
        text.replacingOccurrences(of: "\u{A0}", with: " ").components(separatedBy: .whitespacesAndNewlines)
            .filter { !$0.isEmpty && $0 != "•" }.joined(separator: " ")
    }
}
