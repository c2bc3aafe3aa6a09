import Reference
import Yams

/// The headings by which reports are read, from dated reference data.
public struct ReportHeadings: Sendable {
    struct PillarQuestion: Sendable {
        let years: ClosedRange<Int>
        let pillar: Pillar
        let text: String
        let stems: Set<String>
    }

    let pillarQuestions: [PillarQuestion]
    /// Plain forms of the headings of integrated reports, with their years.
    let areas: [String: ClosedRange<Int>]
    let surroundings: [String]

    /// The headings that come with the room (`Reference/report-headings.yaml`).
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> ReportHeadings {
        try ReportHeadings(file: .bundled("report-headings", in: .module))
    }

    /// - Throws: `ReferenceError` with the line of the mistake.
    public init(yaml: String, name: String) throws {
        try self.init(file: ReferenceFile(name: name, text: yaml))
    }

    init(file: ReferenceFile) throws {
        pillarQuestions = try file.entries("pillars").map { entry in
            let word = try file.string("pillar", of: entry)
            guard let pillar = Pillar(rawValue: word) else {
                throw file.error(entry, "“\(word)” is no pillar we know.")
            }
            let text = try file.string("text", of: entry)
            return PillarQuestion(
                years: try file.span(of: entry), pillar: pillar, text: ReportHeadings.plain(text),
                stems: Set(Words.stems(Words.of(text))))
        }
        var areas: [String: ClosedRange<Int>] = [:]
        for entry in try file.entries("areas") {
            areas[ReportHeadings.plain(try file.string("text", of: entry))] = try file.span(of: entry)
        }
        self.areas = areas
        surroundings = try file.entries("surroundings").compactMap { $0.scalar?.string.lowercased() }
    }

    /// Letters and digits only, in lower case: headings are compared without their punctuation.
    static func plain(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    /// The pillar whose head question this is, even when it names the force.
    func pillar(ofQuestion text: String, force: String) -> Pillar? {
        let plain = ReportHeadings.plain(text)
        if let found = pillarQuestions.first(where: { $0.text == plain }) { return found.pillar }
        let asked = Set(Words.stems(Words.of(text), without: ForceName.words(force)))
        let lower = text.lowercased()
        return pillarQuestions.first { $0.stems == asked && lower.contains($0.pillar.adjective) }?.pillar
    }

    func isArea(_ text: String, _ year: ProgrammeYear) -> Bool {
        text.utf8.count < 160 && areas[ReportHeadings.plain(text)]?.contains(year.first) ?? false
    }

    /// A line of the page around the report.
    func isSurrounding(_ line: String) -> Bool {
        guard line.utf8.count < 400 else { return false }
        let lower = line.lowercased()
        return surroundings.contains(where: lower.contains) && !lower.contains("the force")
            && !lower.contains("officers")
    }
}
