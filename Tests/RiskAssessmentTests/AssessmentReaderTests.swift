import Instruments
import Kernel
import Ledger
import People
import Testing

@testable import RiskAssessment

@Suite("Lines of assessments made in another system")
struct AssessmentReaderTests {
    @Test func `a line is read with its dates, answers, grade, review and persons`() throws {
        let line = try ImportFiles.read()
        let body = line.body
        #expect(line.number == "OLD-1" && body.reference == "CR/77/24" && body.officer == "F100")
        #expect(body.team == "Response A" && body.district == "Quillhaven" && body.state == .agreed)
        #expect(body.answers.instrument.description == "dash-2009 2009.1")
        // Summer time: an hour ahead of UTC.
        #expect(body.reportedAt == Moment(iso8601: "2026-09-01T20:40:00Z") && line.saysReported)
        #expect(body.firstSent == Moment(iso8601: "2026-09-02T01:00:00Z"))
        #expect(body.firstReview?.by == "S12" && body.firstReview?.words == "I agree.")
        let threat = try #require(body.answers.answer(to: "threats-to-kill"))
        #expect(threat.reply == .yes && threat.words.hasPrefix("He shouted"))
        #expect(body.answers.answer(to: "fear")?.reply == .no)
        // A blank is no answer: it is not zero, and not a no.
        #expect(body.answers.answer(to: "injury") == nil)
        #expect(body.grading?.given.grade == "high" && body.grading?.by == "F100")
        #expect(body.response.arrest.answer == .yes && body.answers.circumstances.historyChecked == .yes)
        #expect(line.named.map(\.capacity) == [.victim, .suspect] && line.notes.isEmpty)
    }

    @Test(arguments: [
        ("number", "", "own number is missing"), ("officer", "", "who filled it in"),
        ("sent", "01/09/2026 22:05", "comes before “begun”"), ("sent", "31/02/2026", "is no day or time"),
        ("reported", "02/09/2026 25:10", "is no day or time"), ("agreed", "01/09/2026", "comes before “sent”"),
        ("begun", "27/10/2026", "has not passed yet"), ("reported", "12/31/2026", "is no day or time"),
        ("reported", "01/09/1926", "is before 1990"), ("sent", "99999999999999999999", "is no day or time"),
        ("sent", "", "reviewed and never sent"), ("Q17", "maybe", "holds no answer that is known"),
        ("grade", "purple", "holds no grade of dash-2009 2009.1"), ("grade", "", "a reason for a grade, and no grade"),
        ("version", "1999", "not here. On the shelf: dash-2009 2009.1"),
        ("instrument", "dash-1066", "Put the file of that version into the folder"),
        ("arrest", "perhaps", "neither yes nor no"), ("victim born", "30/02/1990", "The victim: The date of birth"),
        ("suspect", "n-1", "the same person twice"),
    ])
    func `a line that cannot be used says why, and names no value`(
        _ column: String, _ text: String, _ words: String
    ) throws {
        let fault = #expect(throws: AssessmentFault.self) { try ImportFiles.read([column: text]) }
        #expect(fault?.words.contains(words) == true, "\(fault?.words ?? "")")
        if text.count > 3, column != "instrument" { #expect(fault?.words.contains(text) == false) }
    }

    @Test func `yes, no, not known, declined and not asked are five different answers, and words are kept`() throws {
        for (text, reply) in [
            ("y", Answer.Reply.yes), ("FALSE", .no), ("Not known", .notKnown), ("refused", .declined),
            ("N/A", .notAsked),
        ] {
            #expect(try ImportFiles.read(["Q17": text]).body.answers.answer(to: "threats-to-kill")?.reply == reply)
        }
        let bare = try ImportFiles.read(["Q17": ""])
        let kept = try #require(bare.body.answers.answer(to: "threats-to-kill"))
        #expect(kept.reply == .notAsked && kept.reason.isEmpty && kept.words.hasPrefix("He shouted"))
        #expect(bare.notes.contains { $0.contains("Words without an answer") })
        var mapping = try ImportFiles.mapping()
        mapping.values = ["answer": ["9": "declined"]]
        #expect(
            try ImportFiles.read(["Q17": "9"], mapping).body.answers.answer(to: "threats-to-kill")?.reply == .declined)
    }

    @Test func `words of a hundred thousand characters refuse the line, and a formula stays text`() throws {
        let long = String(repeating: "a", count: 100_000)
        let fault = #expect(throws: AssessmentFault.self) { try ImportFiles.read(["Q17 words": long]) }
        #expect(fault?.words == "“Q17 words” is longer than 20000 characters")
        let formula = try ImportFiles.read(["Q17 words": "=cmd|' /C calc'!A0"])
        #expect(formula.body.answers.answer(to: "threats-to-kill")?.words == "=cmd|' /C calc'!A0")
    }

    @Test func `days without a time stand at noon and are put in order by the day`() throws {
        let line = try ImportFiles.read(["reported": "01/09/2026", "sent": "01/09/2026", "agreed": "2026-09-01"])
        #expect(line.body.state == .agreed && line.notes.contains { $0.contains("Days without a time") })
        let unsaid = try ImportFiles.read(["reported": ""])
        #expect(!unsaid.saysReported)
    }

    @Test func `one returned and then agreed has both, and when it was sent again is said to be unknown`() throws {
        let header = ImportFiles.header + ["returned"]
        let reader = try AssessmentReader(
            try ImportFiles.mapping(header), header: header, .bundled(), at: TestNow.moment)
        let values = ImportFiles.values() + ["02/09/2026 05:00"]
        let body = try reader.line(.init(number: 2, values: values, flaw: nil)).body
        #expect(body.events.map(\.what) == [.begun, .sent, .returned, .sent, .agreed])
        #expect(body.state == .agreed && body.events[3].words.contains("is not known"))
    }

    @Test func `a column of a question that nobody has, that is missing, or that stands twice is said before all`()
        throws
    {
        let base = try ImportFiles.mapping().columns
        for (columns, words) in [
            (base + [.init("Q99", .answer, question: "99")], "The file has no column “Q99”"),
            (base + [.init("team", .answer, question: "no-such")], "belongs to “no-such”"),
            (base + [.init("team", .answer)], "does not say to which question"),
            (base + [.init("team", .district)], "mapped to the same thing"),
            (base.filter { $0.field != .number }, "No column holds the assessment's own number"),
        ] {
            let problem = #expect(throws: Problem.self) {
                try AssessmentReader(
                    AssessmentMapping(columns: columns), header: ImportFiles.header, .bundled(), at: TestNow.moment)
            }
            #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
            #expect(problem?.next.isEmpty == false)
        }
    }

    @Test func `columns are guessed by id, number, the words they end in, and as members of an object`() throws {
        let header = [
            "Form no", "ref", "Q17", "q17 notes", "answers 2", "answers stalking", "injury words", "child-there 2",
            "Arrest",
            "Mystery",
        ]
        let columns = AssessmentGuess.mapping(of: header, try .bundled()).columns
        let told = columns.map { "\($0.column): \($0.field.rawValue) \($0.question ?? "") \($0.round ?? 1)" }
        #expect(
            told == [
                "ref: number  1", "Q17: answer 17 1", "q17 notes: words 17 1", "answers 2: answer 2 1",
                "answers stalking: answer stalking 1", "injury words: words injury 1",
                "child-there 2: answer child-there 2", "Arrest: found arrest 1",
            ])
    }

    @Test func `an answer to a question that its version has not is not dropped`() throws {
        let header = ImportFiles.header + ["thrive vulnerability"]
        var mapping = try ImportFiles.mapping(header)
        mapping.columns.append(.init("thrive vulnerability", .answer, question: "vulnerability"))
        let reader = try AssessmentReader(mapping, header: header, .bundled(), at: TestNow.moment)
        let fault = #expect(throws: AssessmentFault.self) {
            try reader.line(.init(number: 2, values: ImportFiles.values() + ["yes"], flaw: nil))
        }
        #expect(fault?.words.contains("has no question for “thrive vulnerability”, and it is answered") == true)
        _ = try reader.line(.init(number: 2, values: ImportFiles.values() + [""], flaw: nil))
    }
}
