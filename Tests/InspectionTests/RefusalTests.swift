import Foundation
import Inspection
import Kernel
import Testing

@Suite("A text that is no report is refused with what was expected")
struct RefusalTests {
    let reader: ReportReader

    init() throws { reader = try .bundled() }

    @Test(
        "A recipe, a message, a table and the like are refused",
        arguments: [
            "", "   \n \r\n\u{A0}", "Apple pie\nHow long does the pie take?\nIt is good at 180 degrees.",
            "From: a@b.example\nSubject: PEEL 2017\nThe force is good at replying to e-mail.",
            "id,force,grade\n1,Northshire,good\n2,Southmere,inadequate\n",
            "How effective is the force at preventing crime?\nThe force is good at preventing crime.",
            "Northshire PEEL 2017\nEffectiveness\nNothing was asked here.",
            "PEEL 2017\nPeel the apples. Is the apple good? How good is the force of the blender?",
        ])
    func others(_ text: String) {
        let problem = #expect(throws: Problem.self) { try reader.read(text) }
        #expect(problem?.next.contains("copy it and paste it here") == true)
    }

    @Test("The source of a web page is refused with advice")
    func webSource() {
        for text in ["<!DOCTYPE html><html><body>Northshire PEEL 2017</body></html>", tagged] {
            let problem = #expect(throws: Problem.self) { try reader.read(text) }
            #expect(problem?.code == .refused)
            #expect(problem?.message.contains("web page") == true)
        }
    }

    private var tagged: String {
        ReportFixture.sentences.text.split(separator: "\n").map { "<p class=\"x\">\($0)</p>" }.joined(separator: "\n")
            + String(repeating: "\n<li>x</li>", count: 20)
    }

    @Test("Bytes that are no UTF-8 text are refused, each for its own reason")
    func bytes() {
        let cases: [([UInt8], String)] = [
            ([0xFF, 0xFE, 0x4E, 0x00], "UTF-8"), (Array("PK\u{3}\u{4}".utf8) + [0, 1, 2, 0], "not plain text"),
            (Array("Northshire ".utf8) + [0xC3, 0x28], "UTF-8"),
            ([UInt8](repeating: 0x41, count: ReportReader.largestText + 1), "longer"),
        ]
        for (bytes, words) in cases {
            let problem = #expect(throws: Problem.self) { try reader.read(bytes: bytes) }
            #expect(problem?.message.contains(words) == true)
        }
    }

    @Test(
        "Hostile repetition takes time in proportion to its length",
        arguments: [
            "How effective is the force at How effective is ", "good at ", "The force is good at crime, and it is ",
            "- ;,/li> <", "<a <a <a ", "Northshire PEEL 2017 ", "\n", "a\n", "How is the force?\n", "&nbsp;&nbs",
            "‘’“ ",
            "Areas for improvement\n", "requires improvement; ", "e.g. A. b? C! ", "• ", "Police of and ",
        ])
    func linear(_ fragment: String) {
        let start = ContinuousClock.now
        for size in [1 << 18, 5_000_000] {
            let body = String(repeating: fragment, count: size / fragment.utf8.count)
            _ = try? reader.read("Northshire PEEL 2017\nHow effective is the force at hiding?\n" + body)
        }
        #expect(ContinuousClock.now - start < .seconds(120))
    }

    @Test("Thousands of questions, or one lead-in before thousands of bullets, do not swell")
    func swelling() throws {
        let questions = (0..<2_000).map { "How well is matter \($0) led?\nThe force is good at matter \($0).\n" }
            .joined()
        #expect(throws: Problem.self) { try reader.read("Northshire PEEL 2017\n" + questions) }
        let lead = "How is the force?\nThe force " + String(repeating: "looks ", count: 3_000) + "at:\n"
        let draft = try reader.read("Northshire PEEL 2017\n" + lead + String(repeating: "- a\n", count: 5_000))
        #expect(draft.questions[0].findings.allSatisfy { $0.full.utf8.count < 20_000 })
        #expect(draft.questions[0].findings.reduce(0) { $0 + $1.full.utf8.count } < 200_000)
    }

    @Test("Seeded rearrangements of real patterns never crash and never invent a grade for no words")
    func shuffled() {
        var generator = SeededGenerator(seed: 20_17)
        let lines = ReportFixture.all.flatMap { $0.text.split(whereSeparator: \.isNewline).map(String.init) }
        for _ in 0..<150 {
            let text = "Northshire PEEL 2017\n" + (0..<30).map { _ in generator.pick(lines) }.joined(separator: "\n")
            guard let draft = try? reader.read(text) else { continue }
            for question in draft.questions where question.grade != nil { #expect(question.gradeStatement != nil) }
        }
    }
}
