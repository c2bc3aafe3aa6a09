import Foundation
import Kernel
import Testing

@testable import Instruments

@Suite("Words copied from an earlier form")
struct CopyingTests {
    private static let story =
        "He came home at three, threw the plates at the wall and shouted that she would never see the boys again."

    private func index(_ boilerplate: [String] = []) -> ShingleIndex {
        ShingleIndex(seed: 7, boilerplate: boilerplate)
    }

    /// Words that mean nothing, the same for the same seed.
    static func invented(_ count: Int, _ generator: inout SeededGenerator) -> String {
        (0..<count).map { _ in "w\(generator.below(5000))" }.joined(separator: " ")
    }

    @Test func `a passage of an earlier form is found with the form and the words`() {
        var index = index()
        index.add("a-1", by: "okafor", [FormText(question: "control", text: Self.story)])
        let newer = FormText(question: "fear", text: "She said so. \(Self.story.uppercased()) That was all.")
        let found = index.copies(in: [newer], by: "okafor")
        #expect(found.count == 1)
        #expect(found.first?.form == "a-1" && found.first?.question == "fear")
        #expect((found.first?.words ?? 0) >= 12)
        #expect(newer.text.contains(found.first?.passage ?? "-"))
    }

    @Test func `another officer's form, the form itself and words of one's own are not told`() {
        var index = index()
        index.add("a-1", by: "okafor", [FormText(question: "control", text: Self.story)])
        let same = [FormText(question: "control", text: Self.story)]
        #expect(index.copies(in: same, by: "hughes") == [])
        #expect(index.copies(in: same, by: "okafor", of: "a-1") == [])
        let own = "At three he was home already and said the boys would stay with his mother until she came to reason."
        #expect(index.copies(in: [FormText(question: "control", text: own)], by: "okafor") == [])
        #expect(index.copies(in: [FormText(question: "control", text: "")], by: "okafor") == [])
    }

    @Test func `every copied run of eighteen words is found, wherever it stands`() {
        var generator = SeededGenerator(seed: 20)
        for round in 0..<200 {
            var index = ShingleIndex(seed: UInt64(round))
            let run = Self.invented(18, &generator)
            let earlier = [Self.invented(generator.below(60), &generator), run, Self.invented(40, &generator)]
            let newer = [Self.invented(generator.below(60), &generator), run, Self.invented(20, &generator)]
            index.add("a", by: "o", [FormText(question: "q", text: earlier.joined(separator: " "))])
            let found = index.copies(in: [FormText(question: "q", text: newer.joined(separator: " "))], by: "o")
            #expect(found.count == 1 && run.contains(found.first?.passage ?? "-"), "\(round): \(found)")
        }
    }

    @Test func `runs of fewer than twelve words are never told`() {
        var generator = SeededGenerator(seed: 21)
        for round in 0..<200 {
            var index = ShingleIndex(seed: UInt64(round))
            let run = Self.invented(11, &generator)
            index.add("a", by: "o", [FormText(question: "q", text: Self.invented(30, &generator) + " " + run)])
            let newer = run + " " + Self.invented(30, &generator)
            #expect(index.copies(in: [FormText(question: "q", text: newer)], by: "o") == [])
        }
    }

    @Test func `boiler-plate that everybody writes is not copying`() {
        let phrase = "the victim was told that she can call at any time of the day or night and a leaflet was left here"
        let texts = [FormText(question: "fear", text: "He was out. \(phrase). She was calm.")]
        var (strict, lenient) = (index(), index([phrase]))
        strict.add("a", by: "o", texts)
        lenient.add("a", by: "o", texts)
        #expect(strict.copies(in: texts, by: "o").count == 1)
        #expect(lenient.copies(in: texts, by: "o") == [])
    }

    @Test func `an erased form leaves nothing, and the others stay`() {
        var index = index()
        var generator = SeededGenerator(seed: 3)
        let texts = (0..<40).map { _ in [FormText(question: "q", text: Self.invented(60, &generator))] }
        for (number, text) in texts.enumerated() { index.add("f\(number)", by: "o", text) }
        let bytes = index.bytes
        index.erase(["f3", "f39"], by: "o")
        #expect(index.count == 38 && index.bytes <= bytes * 2)
        for (number, text) in texts.enumerated() {
            let forms = index.copies(in: text, by: "o").map(\.form)
            #expect(forms == ([3, 39].contains(number) ? [] : ["f\(number)"]))
        }
    }

    @Test func `beyond what it may remember the oldest are forgotten, whoever wrote them`() {
        var index = ShingleIndex(seed: 1, settings: ShingleIndex.Settings(most: 160))
        var generator = SeededGenerator(seed: 4)
        let texts = (0..<400).map { _ in [FormText(question: "q", text: Self.invented(30, &generator))] }
        for (number, text) in texts.enumerated() { index.add("f\(number)", by: "o\(number % 3)", text) }
        #expect((150...160).contains(index.count))
        for (number, text) in texts.enumerated() where !(239...251).contains(number) {
            let forms = index.copies(in: text, by: "o\(number % 3)").map(\.form)
            #expect(forms == (number < 239 ? [] : ["f\(number)"]), "\(number)")
        }
    }

    @Test func `of one officer the newest sixteen thousand at most are kept`() {
        var index = ShingleIndex(seed: 1)
        for number in 0..<20_000 { index.add("f\(number)", by: "o", []) }
        #expect(index.count < 16_384 && index.count > 8_000)
    }

    @Test func `the same forms with the same seed give the same answer, and the newest form is named`() {
        func found(_ seed: UInt64) -> [CopiedPassage] {
            var index = ShingleIndex(seed: seed)
            for number in 0..<5 { index.add("f\(number)", by: "o", [FormText(question: "q", text: Self.story)]) }
            return index.copies(in: [FormText(question: "q", text: Self.story)], by: "o")
        }
        #expect(found(5) == found(5))
        #expect(found(5).map(\.form) == ["f4"])
    }

    @Test(arguments: [
        ("It’s HIS “knife”.", ["it's", "his", "knife"]), ("'quoted'", ["quoted'"]), ("Ŵyr É", ["ŵyr", "é"]),
        ("a--b…c", ["a", "b", "c"]), ("", []), ("\u{1F600}x", ["x"]),
    ])
    func `a text is read as words`(text: String, words: [String]) {
        let scan = WordScan(text)
        let read = scan.words.map { String(decoding: scan.normal[Int($0.start)..<Int($0.end)], as: UTF8.self) }
        #expect(read == words)
    }

    @Test func `any bytes at all are read without a fault, and passages are cut at letters`() {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<2000 {
            let bytes = (0..<generator.below(80)).map { _ in UInt8(generator.below(256)) }
            let text = String(decoding: bytes, as: UTF8.self)
            let scan = WordScan(text)
            guard scan.count > 0 else { continue }
            let slice = scan.slice(0..<scan.count, of: text)
            #expect(Data(text.utf8).range(of: Data(slice.utf8)) != nil)
        }
    }
}
