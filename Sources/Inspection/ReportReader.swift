import Foundation
import Kernel

/// Turns the plain text of a PEEL report into a `ReportDraft`. It invents nothing: a grade is taken only where the
/// report states it for that question, and what was not understood is listed.
public struct ReportReader: Sendable {
    /// No report is a tenth of this; more is refused before it is read.
    public static let largestText = 2 << 20
    private static let mostLines = 20_000

    private let scales: GradeScales
    private let headings: ReportHeadings

    public init(scales: GradeScales, headings: ReportHeadings) {
        (self.scales, self.headings) = (scales, headings)
    }

    /// A reader with the reference data that comes with the room.
    /// - Throws: `ReferenceError`.
    public static func bundled() throws -> ReportReader {
        ReportReader(scales: try .bundled(), headings: try .bundled())
    }

    /// - Throws: `Problem` that says what was expected, when the bytes are no UTF-8 text or no report.
    public func read(bytes: some Collection<UInt8>) throws -> ReportDraft {
        guard bytes.count <= ReportReader.largestText else { throw Refusal.tooLarge }
        let start = Array(bytes.prefix(4))
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { throw Refusal.encoding }
        guard !bytes.contains(0) else { throw Refusal.binary }
        guard let text = String(validating: Array(bytes), as: UTF8.self) else { throw Refusal.encoding }
        return try read(text)
    }

    /// - Throws: `Problem` that says what was expected, when the text is no report.
    public func read(_ text: String) throws -> ReportDraft {
        guard text.utf8.count <= ReportReader.largestText else { throw Refusal.tooLarge }
        if Refusal.looksLikeWebSource(text) { throw Refusal.webSource }
        let source = SourceText(text)
        guard !source.lines.isEmpty else { throw Refusal.empty }
        guard source.lines.count <= ReportReader.mostLines else { throw Refusal.tooLarge }
        if source.controlCount > 16 + text.utf8.count / 1000 { throw Refusal.binary }
        if source.tagCount > 20, source.tagCount > source.lines.count / 2 { throw Refusal.webSource }
        let (title, titleLine, start) = try TitleFinder(source.lines).found()
        guard let year = title.year, let force = title.force else { throw Refusal.noTitle }
        let body = Array(source.lines[start...])
        let sections = SectionReader(body, title: title, year: year, headings: headings)
        var draft = try DraftAssembler(
            sections: sections, force: force, year: year, title: title, grades: scales.scale(for: year)?.grades
        ).draft()
        let before = source.lines[..<titleLine].map { SetAside(line: $0.number, text: $0.text, reason: .beforeReport) }
        draft.notUnderstood = (source.cleaned + before + draft.notUnderstood).sorted { $0.line < $1.line }
        return draft
    }
}

/// Why a text is refused, and what was expected instead.
enum Refusal {
    private static let expected =
        "Open the report on the inspectorate’s website, select the whole page, copy it and paste it here."

    static let empty = Problem(.invalid, "There is no text in what you sent.", next: expected)
    static let binary = Problem(
        .invalid, "This is not plain text. It may be a PDF, a Word file or a picture.", next: expected)
    static let encoding = Problem(
        .invalid, "This text is not saved as UTF-8.", next: "Save it again as plain text, UTF-8. Or: \(expected)")
    static let tooLarge = Problem(
        .tooLarge, "This text is far longer than any inspection report. We read up to 2 MB.", next: expected)
    static let webSource = Problem(
        .refused, "This is the source code of a web page, not its text.", next: expected)
    static let noTitle = Problem(
        .refused, "We did not find an inspection report in this text.",
        next:
            "We look for a title that names a police force, the word PEEL and a year, such as “Northshire PEEL 2017”, "
            + "and for at least one question of the inspection. \(expected)")
    static let noQuestion = Problem(
        .refused, "This text has the title of a report but none of its questions.",
        next: "We look for at least one question, such as “How effective is the force at …?”. \(expected)")

    static func looksLikeWebSource(_ text: String) -> Bool {
        let start = text.prefix(400).lowercased().drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        return start.hasPrefix("<!doctype") || start.hasPrefix("<html") || start.hasPrefix("<head")
            || start.hasPrefix("<?xml") || start.hasPrefix("<body")
    }
}

/// Finds the line that names the report.
struct TitleFinder {
    private let lines: [SourceLine]

    init(_ lines: [SourceLine]) { self.lines = lines }

    /// The best title, its line, and the line after it. Missing parts are looked for in the lines around it.
    func found() throws -> (title: ReportTitle, line: Int, start: Int) {
        guard var (title, index) = best() ?? framework() else { throw Refusal.noTitle }
        let line = index
        if title.year == nil { (title.year, index) = try year(near: index) }
        if title.force == nil { (title.force, index) = try force(near: index) }
        if title.pillar == nil, !title.isIntegrated { title.pillar = pillar(before: line) }
        return (title, max(line, 0), index + 1)
    }

    /// A title with force and year beats one with less; among equals, one with the pillar or a question just below it
    /// beats a link to another year's report.
    private func best() -> (ReportTitle, Int)? {
        var best: (title: ReportTitle, index: Int, score: Int)?
        for (index, line) in lines.prefix(5_000).enumerated() where !line.isBullet || line.text.contains("PEEL") {
            guard let title = ReportTitle(line.text) else { continue }
            let parts = (title.year == nil ? 0 : 4) + (title.force == nil ? 0 : 2)
            guard parts > 0 else { continue }
            let score = parts + (opensReport(index + 1) ? 1 : 0)
            if score > best?.score ?? 0 { best = (title, index, score) }
            if score == 7 { break }
        }
        return best.map { ($0.title, $0.index) }
    }

    /// A page pasted without its heading still names its programme: "the PEEL Assessment Framework 2021/22".
    private func framework() -> (ReportTitle, Int)? {
        for line in lines.prefix(200) {
            let words = line.text.split(separator: " ")
            for index in words.indices.dropLast(3) where words[index] == "PEEL" {
                guard words[index + 1].lowercased() == "assessment", words[index + 2].lowercased() == "framework",
                    let year = ProgrammeYear(String(words[index + 3]).trimmingPunctuation())
                else { continue }
                return (ReportTitle(year: year), -1)
            }
        }
        return nil
    }

    private func opensReport(_ index: Int) -> Bool {
        guard lines.indices.contains(index) else { return false }
        let text = lines[index].text
        return text.hasSuffix("?") || Pillar(rawValue: text.trimmingPunctuation().lowercased()) != nil
    }

    /// A year alone on the line beside a title that has none.
    private func year(near index: Int) throws -> (ProgrammeYear, Int) {
        for near in [index + 1, index - 1] where lines.indices.contains(near) {
            if let year = ProgrammeYear(lines[near].text) { return (year, max(near, index)) }
        }
        throw Refusal.noTitle
    }

    /// The force named near a title that names none: alone on a line beside it, or in the text as "… Police".
    private func force(near index: Int) throws -> (String, Int) {
        for near in [index + 1, index - 1] where lines.indices.contains(near) {
            let text = lines[near].text
            if let rest = text.range(ofWords: "inspection of "), let name = ForceName.first(in: String(text[rest...])) {
                return (name, max(near, index))
            }
            if text.utf8.count < 60, let name = ForceName.first(in: text), text.hasPrefix(name) {
                return (name, max(near, index))
            }
        }
        for line in lines[max(index, 0)...].prefix(200) {
            if let name = ForceName.first(in: line.text) { return (name, index) }
        }
        throw Refusal.noTitle
    }

    /// A pillar on the line just before the title.
    private func pillar(before index: Int) -> Pillar? {
        guard index > 0, let pillar = Pillar(rawValue: lines[index - 1].text.lowercased()), pillar != .integrated else {
            return nil
        }
        return pillar
    }
}
