import Foundation
import Kernel
import Reference
import Testing

@testable import Instruments

/// A form that meets every standard, to be spoilt in one place.
struct SoundForm {
    let door: Doorstep
    let judge: QualityJudge
    var facts: QualityFacts

    init(_ yes: [String: String] = Self.usual) throws {
        door = try Doorstep()
        judge = QualityJudge(try .bundled(), for: door.version, on: door.day)
        var answers = door.answers(yes)
        answers.circumstances.victimAsked = .yes
        answers.circumstances.alone = .yes
        answers.circumstances.channel = .inPerson
        answers.circumstances.interpreter = .notNeeded
        answers.circumstances.historyChecked = .yes
        answers.circumstances.history = "Two earlier calls, no orders"
        facts = QualityFacts(answers, by: "okafor")
        facts.grade = GivenGrade(
            "medium", reason: "The threats to kill are new and he has left the house tonight with his brother.",
            at: door.now)
        facts.reportedAt = door.now.adding(seconds: -7200)
        facts.submittedAt = door.now
        facts.review = SupervisorReview(
            by: "hughes", .agreed, reason: "The reason fits what was said.", at: door.now.adding(seconds: 3600))
    }

    static let usual = ["threats-to-kill": "He told her last night “I will end you”", "fear": "of him coming back"]

    mutating func answer(_ question: String, _ reply: Answer.Reply, _ words: String = "", observation: String = "") {
        facts.answers.give(
            Answer(
                to: question, reply, reason: reply == .notAsked ? "She left" : "", words: words,
                observation: observation, at: door.now))
    }

    var ledger: QualityLedger { judge.ledger(of: facts, at: door.now) }

    func sentences(_ standard: QualityStandard) -> [String] {
        guard let finding = ledger[standard], finding.outcome == .notMet else { return [] }
        return finding.reasons.map(\.sentence)
    }
}

@Suite("Standards of quality, each judged alone")
struct QualityTests {
    @Test func `a sound form meets every standard and each says so by itself`() throws {
        let form = try SoundForm()
        #expect(form.ledger.findings.map(\.standard) == QualityStandard.allCases)
        for finding in form.ledger.findings {
            #expect(finding.outcome == .met, "\(finding.standard): \(finding.reasons.map(\.sentence))")
        }
        #expect(form.ledger.isReadyToSend)
    }

    @Test func `every question has an answer or a reason, and each that has none is named`() throws {
        var form = try SoundForm()
        form.facts.answers = AnswerSet(
            to: form.door.version.key, form.facts.answers.given.filter { $0.question != "animals" },
            circumstances: form.facts.answers.circumstances)
        form.facts.answers.give(Answer(to: "money", .notAsked, at: form.door.now))
        #expect(
            form.sentences(.completeness) == [
                "Question 22, Harm to animals: no answer and no reason.",
                "Question 23, Money: not asked, and no reason why.",
            ])
        form.answer("animals", .declined)
        form.answer("money", .notAsked)
        #expect(form.sentences(.completeness) == [])
    }

    @Test func `a yes to stalking that leaves out its set is told once, then question by question`() throws {
        var form = try SoundForm()
        form.answer("stalking", .yes, "He follows her to work every day")
        #expect(
            form.sentences(.completeness) == [
                "Question 8, Stalking, following or constant contact calls for the set “Stalking”: none of its "
                    + "11 questions has an answer."
            ])
        form.answer("stalking-fear", .no)
        #expect(form.sentences(.completeness).count == 10)
        #expect(form.sentences(.completeness).first == "“Harassed by this person before”: no answer and no reason.")
    }

    @Test(
        arguments: [
            ("", "no words said, to whom or when."),
            ("as above", "says too little: add what was said, to whom and when."),
            ("Yes she did", ", and your words do not say what was said, to whom or when."),
            ("He shouted it", ", and your words do not say to whom or when."),
            ("He told her “you are dead”", ", and your words do not say when."),
            ("He told her last night “you are dead”", nil), ("On 3 May he texted her that he would", nil),
        ] as [(String, String?)])
    func `a threat to kill wants what was said, to whom and when`(words: String, sentence: String?) throws {
        var form = try SoundForm(["fear": "of him coming back"])
        form.answer("threats-to-kill", .yes, words)
        let found = form.sentences(.context)
        if let sentence {
            #expect(
                found.count == 1 && found[0].hasPrefix("Question 17, Threats to kill. You recorded a threat to kill"))
            #expect(found.first?.hasSuffix(sentence) == true, "\(found)")
        } else {
            #expect(found == [])
        }
    }

    @Test func `the words of the brief are the words of the sentence`() throws {
        var form = try SoundForm()
        form.answer("threats-to-kill", .yes)
        #expect(
            form.sentences(.context) == [
                "Question 17, Threats to kill. You recorded a threat to kill and no words said, to whom or when."
            ])
    }

    @Test func `what the officer saw counts as words, and a form without a yes needs none`() throws {
        var form = try SoundForm()
        form.answer("injury", .yes, "", observation: "A fresh cut above the left eye")
        #expect(form.sentences(.context) == [])
        #expect(try SoundForm([:]).ledger[.context]?.outcome == .notApplicable)
    }

    @Test func `the same words under two questions and words of an earlier form are told`() throws {
        var form = try SoundForm()
        let words = "he is always on at her about where she goes"
        form.answer("control", .yes, words)
        form.answer("isolation", .yes, words)
        form.facts.copied = [CopiedPassage(form: "a-17", question: "control", passage: "where she goes", words: 12)]
        let found = form.sentences(.context)
        #expect(found.count == 2)
        #expect(found.first?.contains("the same words stand under question 4, Kept from family") == true, "\(found)")
        #expect(
            found.last == "Question 15, Control or jealousy: 12 words stand in your earlier form a-17 too: "
                + "“where she goes”.")
    }

    @Test func `a telephone and a person within hearing want a reason, and with one they are recorded well`() throws {
        var form = try SoundForm()
        form.facts.answers.circumstances.channel = .telephone
        form.facts.answers.circumstances.alone = .no
        form.facts.answers.circumstances.interpreter = .lacking
        #expect(
            form.sentences(.voice) == [
                "The victim was not asked alone, and no reason says why.",
                "It was asked by telephone, and no reason says why not in person.",
                "An interpreter was needed and not used, and no reason says why.",
            ])
        form.facts.answers.circumstances.why = "She is at sea and the master listens"
        #expect(form.sentences(.voice) == [])
    }

    @Test func `children in the home want to be seen, and history wants what was found`() throws {
        var form = try SoundForm()
        form.answer("children", .yes, "two sons of her own")
        form.facts.answers.circumstances.history = " "
        #expect(form.sentences(.voice).first?.contains("each child was seen") == true)
        #expect(form.sentences(.history) == ["History was looked up, and nothing says what was found."])
        form.facts.answers.circumstances.historyChecked = .notRecorded
        #expect(form.sentences(.history).count == 1)
    }
}

@Suite("Answers, words and grade go together")
struct ConsistencyTests {
    @Test(arguments: [
        ("He grabbed her by the throat at the weekend", true), ("Nobody was strangled", true),
        ("She denies that he strangled her", false), ("No strangulation. He shouted at her", false),
        ("He did not stop. He choked her", true), ("He has a strange look", false),
    ])
    func `words that tell of what is answered no are found, unless they deny it`(words: String, isFound: Bool) throws {
        var form = try SoundForm()
        form.answer("fear", .yes, words)
        #expect(form.sentences(.consistency).isEmpty != isFound, "\(form.sentences(.consistency))")
    }

    @Test func `the sentence names the words, where they stand and the answer they go against`() throws {
        var form = try SoundForm()
        form.answer("fear", .yes, "He throttled her on Sunday")
        #expect(
            form.sentences(.consistency) == [
                "You wrote “throttled” under question 2, Fear, and question 18, Strangling, choking or drowning is no. "
                    + "Put one right, or say how both can be."
            ])
        form.answer("strangulation", .yes, "He throttled her on Sunday until she passed out")
        #expect(form.sentences(.consistency) == [])
    }

    @Test func `a child hurt and no child in the home do not go together`() throws {
        var form = try SoundForm()
        form.answer("children-hurt", .yes, "He pushed the baby last week")
        #expect(
            form.sentences(.consistency) == [
                "Question 11, A child or dependant hurt is yes, and question 10, Children or dependants in the home is "
                    + "no. Put one right, or say how both can be."
            ])
    }

    @Test func `a low grade with a critical answer asks for words, and never for another grade`() throws {
        var form = try SoundForm()
        form.facts.grade = GivenGrade(
            "standard", reason: "He went to his mother and it is calm now.", at: form.door.now)
        #expect(
            form.sentences(.consistency) == [
                "You graded this standard and recorded a threat to kill. Say in your reason how you weighed that."
            ])
        #expect(form.sentences(.rationale).count == 1)
        form.facts.grade = GivenGrade(
            "standard", reason: "Question 17 was years ago and he went to his mother.", at: form.door.now)
        #expect(form.sentences(.consistency) == [] && form.sentences(.rationale) == [])
        #expect(form.facts.grade?.grade == "standard")
    }

    @Test func `a reason that says no concerns does not go with high`() throws {
        var form = try SoundForm()
        form.facts.grade = GivenGrade(
            "high", reason: "Threats to kill were made but there are no concerns tonight.", at: form.door.now)
        #expect(
            form.sentences(.consistency) == [
                "You graded this high, and your reason says “no concerns”. Say how both can be."
            ])
    }

    @Test(arguments: [
        ("", "gave no reason"), ("as above", "gave no reason"), ("Threats to kill.", "has 3 words of its own"),
        ("It is how I see it after a long talk with her.", "names nothing of what was recorded"),
    ])
    func `a grade wants a reason that names what was recorded`(reason: String, words: String) throws {
        var form = try SoundForm()
        form.facts.grade = GivenGrade("medium", reason: reason, at: form.door.now)
        #expect(form.sentences(.rationale).contains { $0.contains(words) }, "\(form.sentences(.rationale))")
    }
}

@Suite("Quality in time, and when the officer hears of it")
struct FeedbackTests {
    @Test func `what is late says when it was due, and what is not due yet does not apply`() throws {
        var form = try SoundForm()
        form.facts.reportedAt = form.door.now.adding(days: -2)
        #expect(form.sentences(.timeliness).first?.hasPrefix("It was due by 24 November 2026") == true)
        form.facts.submittedAt = nil
        form.facts.reportedAt = form.door.now
        #expect(form.ledger[.timeliness]?.outcome == .notApplicable)
        #expect(form.ledger[.supervision]?.outcome == .notApplicable)
    }

    @Test func `a review is by somebody else, with a reason, and sooner for a high grade`() throws {
        var form = try SoundForm()
        form.facts.review = SupervisorReview(by: "okafor", .agreed, reason: " ", at: form.door.now.adding(days: 2))
        #expect(form.sentences(.supervision).count == 2)
        form.facts.grade = GivenGrade("high", reason: "Threats to kill, new, with means to do it.", at: form.door.now)
        #expect(form.sentences(.supervision).count == 3)
        form.facts.review = nil
        let late = form.judge.ledger(of: form.facts, at: form.door.now.adding(days: 2))
        #expect(late[.supervision]?.outcome == .notMet)
    }

    @Test func `while writing it is an offer about what was answered, and of nothing not yet come to`() throws {
        var form = try SoundForm()
        form.facts.answers = AnswerSet(to: form.door.version.key)
        form.facts.grade = nil
        form.facts.submittedAt = nil
        form.answer("threats-to-kill", .yes)
        let lines = form.ledger.feedback(at: .writing)
        #expect(lines.map(\.sentence) == ["You could add what was said, to whom and when."])
        #expect(lines.map(\.question) == ["threats-to-kill"] && !lines[0].wantsReason)
    }

    @Test func `before it is sent it is exact, and a reason lets it go without making it good`() throws {
        var form = try SoundForm()
        form.facts.submittedAt = nil
        form.facts.review = nil
        form.answer("threats-to-kill", .yes)
        let lines = form.ledger.feedback(at: .submission)
        #expect(lines.map(\.standard) == [.context] && lines[0].wantsReason)
        #expect(!form.ledger.isReadyToSend)
        #expect(QualityOverride(.context, reason: " ", at: form.door.now) == nil)
        form.facts.overrides = [
            try #require(QualityOverride(.context, reason: "She would not say more", at: form.door.now))
        ]
        #expect(form.ledger.isReadyToSend)
        #expect(form.ledger[.context]?.outcome == .notMet)
        #expect(form.ledger[.context]?.override?.reason == "She would not say more")
        #expect(form.ledger.feedback(at: .after).map(\.wantsReason) == [false])
    }

    @Test func `a ledger is kept and read back, and holds no number that sums it up`() throws {
        let ledger = try SoundForm().ledger
        let data = try JSONEncoder().encode(ledger)
        #expect(try JSONDecoder().decode(QualityLedger.self, from: data) == ledger)
        #expect(!String(decoding: data, as: UTF8.self).contains("score"))
    }

    @Test func `each instrument names only details that the rules know`() throws {
        let rules = try QualityRules.bundled()
        for version in try InstrumentShelf.bundled().instruments.flatMap(\.versions) {
            #expect(rules.unknownDetails(of: version) == [])
        }
    }
}
