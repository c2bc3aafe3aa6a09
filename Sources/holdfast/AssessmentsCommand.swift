import ArgumentParser
import Foundation
import Instruments
import Kernel
import People
import RiskAssessment
import Statistics
import Web

struct AssessmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assessments", abstract: "Assessments of risk: how well they are made.",
        subcommands: [Judge.self])

    /// The standards over a file of assessments, without a place to keep them.
    struct Judge: ApartCommand {
        static let configuration = CommandConfiguration(
            commandName: "judge",
            abstract: "Judge a file of assessments by each standard, and keep nothing.",
            discussion: """
                The same file as “import assessments” takes. Each standard is counted by itself with its interval, by
                team, district and month, with what is copied from earlier forms of the same officer, and with
                the officers whose forms have a yes more rarely than chance and the usual differences explain. Such an
                officer is asked why; it says nothing of a single form.
                """)

        @OptionGroup var output: OutputOptions
        @OptionGroup var own: InstrumentOptions
        @OptionGroup var table: AssessmentTableOptions
        @Flag(name: .long, help: "Say how long single assessments took, against all that came before in the file.")
        var times = false

        func run(apart console: Console, from directory: URL) async throws {
            let file = try table.file(from: directory)
            let library = try own.library(beside: nil, from: directory)
            let mapping = try table.mapping(of: file, library.shelf, remembered: nil, console, from: directory)
            let progress = ProgressLine(console)
            var judging = AssessmentJudging(library)
            judging.isTimed = times
            let result = try await judging.judge(file, mapping, at: Moment(Date())) {
                progress.show("Judging: \($0.rows) lines")
            }
            progress.end()
            let answer = try JudgedAnswer(result)
            if output.json { return try console.json(answer) }
            answer.write(result, console)
        }
    }
}

/// What the judging of a file says.
struct JudgedAnswer: Encodable {
    struct Standard: Encodable {
        let standard: String, title: String, met: Int, judged: Int
        /// 95% interval of the share that meets it; null where none was judged.
        let low: Double?, high: Double?
    }

    struct Group: Encodable {
        /// Empty where it is not known.
        let name: String
        let assessments: Int, copied: Int, standards: [Standard]
    }

    struct Officer: Encodable {
        let officer: String, assessments: Int, withoutYes: Int, answered: Int, yes: Int, yesOrNo: Int
        /// Standard errors above the officers together; null where nothing is to be counted.
        let z: Double?
        let unusual: Bool
    }

    let read: Int, rejected: Int
    let all: Group
    let team: [Group], district: [Group], month: [Group], officer: [Group]
    let officers: [Officer]
    let notices: [String]
    let faults: [Intake.Fault]
    /// Null unless asked for.
    let times: Times?

    struct Times: Encodable {
        let assessments: Int
        /// Milliseconds to look for copied words and remember, and to judge by each standard.
        let copyingMedian: Double, copyingWorst: Double, judgingMedian: Double, judgingWorst: Double

        init?(_ times: [AssessmentJudging.Times]) {
            let (copying, judging) = (
                times.map { $0.copying * 1000 }.sorted(), times.map { $0.judging * 1000 }.sorted()
            )
            guard let slowest = copying.last, let longest = judging.last else { return nil }
            (assessments, copyingWorst, judgingWorst) = (times.count, slowest, longest)
            (copyingMedian, judgingMedian) = (copying[copying.count / 2], judging[judging.count / 2])
        }
    }

    init(_ result: AssessmentJudging.Result) throws {
        let tally = result.tally
        (read, rejected, notices) = (result.read, result.rejected, result.notices)
        (faults, times) = (Array(result.faults.prefix(100)), Times(result.times))
        all = try JudgedAnswer.group("", tally.all, tally)
        let groups = { (grouping: QualityTally.Grouping) in
            try (tally.groups[grouping] ?? [:]).sorted { $0.key < $1.key }
                .map { try JudgedAnswer.group($0.key, $0.value, tally) }
        }
        (team, district) = (try groups(.team), try groups(.district))
        (month, officer) = (try groups(.month), try groups(.officer))
        officers = try tally.officers().map {
            Officer(
                officer: $0.officer, assessments: $0.counts.forms, withoutYes: $0.withoutYes.events,
                answered: $0.withoutYes.total, yes: $0.counts.yes, yesOrNo: $0.counts.yesOrNo, z: $0.unit.z,
                unusual: $0.isUnusual)
        }
    }

    private static func group(_ name: String, _ counts: QualityTally.Counts, _ tally: QualityTally) throws -> Group {
        Group(
            name: name, assessments: counts.forms, copied: counts.copied,
            standards: try QualityStandard.allCases.compactMap { standard in
                guard let title = tally.titles[standard] else { return nil }
                let (met, judged) = (counts.met(standard), counts.judged(standard))
                let interval = try WilsonInterval.around(Proportion(events: met, of: judged))
                return Standard(
                    standard: standard.rawValue, title: title, met: met, judged: judged, low: interval?.low,
                    high: interval?.high)
            })
    }

    func write(_ result: AssessmentJudging.Result, _ console: Console) {
        console.line("\(read) lines read, \(rejected) that cannot be used. Nothing was kept.")
        for line in all.standards { console.line("  \(line.title): \(JudgedAnswer.words(line))") }
        console.line("  Words that stand in an earlier form of the same officer: \(all.copied) of \(all.assessments)")
        for (what, groups) in [("Team", team), ("District", district)] where groups.count > 1 {
            for group in groups {
                let parts = group.standards.filter { $0.judged > 0 }.map {
                    "\($0.standard) \(JudgedAnswer.percent($0))"
                }
                let name = group.name.isEmpty ? "not known" : group.name
                console.line("\(what) \(name), \(group.assessments): \(parts.joined(separator: ", "))")
            }
        }
        for officer in officers where officer.unusual {
            console.line(
                "Officer \(officer.officer): \(officer.withoutYes) of \(officer.answered) forms have no yes. Ask why: it "
                    + "says nothing of a single form.")
        }
        if let times {
            console.line(
                "Of the last \(times.assessments): copied words \(JudgedAnswer.milliseconds(times.copyingMedian)) in the "
                    + "middle, \(JudgedAnswer.milliseconds(times.copyingWorst)) at worst; all standards "
                    + "\(JudgedAnswer.milliseconds(times.judgingMedian)), \(JudgedAnswer.milliseconds(times.judgingWorst))."
            )
        }
        for notice in notices { console.line(notice) }
        for fault in faults.prefix(20) { console.line("  line \(fault.line): \(fault.words)") }
        if rejected > 20 { console.line("  … --json names the first hundred.") }
    }

    private static func words(_ line: Standard) -> String {
        guard let low = line.low, let high = line.high else { return "none to judge" }
        let bounds = "\(Int((low * 100).rounded())) to \(Int((high * 100).rounded()))%"
        return "\(line.met) of \(line.judged), \(percent(line)) (\(bounds))"
    }

    private static func milliseconds(_ value: Double) -> String { "\((value * 1000).rounded() / 1000) ms" }

    private static func percent(_ line: Standard) -> String {
        "\(Int((Double(line.met) / Double(max(line.judged, 1)) * 100).rounded()))%"
    }
}
