import Instruments
import Kernel
import People
import Samples
import Statistics
import Testing

@testable import RiskAssessment

/// The measure measures what it says: what was put into invented assessments at a known rate is found at that rate.
@Suite("What the standards find of known defects")
struct JudgingTests {
    private static func judged(
        _ sample: SampleAssessmentFile
    ) async throws -> (result: AssessmentJudging.Result, truth: SampleTruth) {
        let (file, truth) = ImportFiles.sample(sample)
        let mapping = AssessmentGuess.mapping(of: SampleAssessmentFile.header, try .bundled())
        return (try await AssessmentJudging(try .bundled()).judge(file, mapping, at: TestNow.moment), truth)
    }

    private static func sample(_ seed: UInt64, _ defects: SampleDefects = .usual) throws -> SampleAssessmentFile {
        SampleAssessmentFile(
            seed: seed, from: try #require(Month("2024-09")), months: 24, perMonth: 32, officers: 20, defects: defects)
    }

    /// Which standard each defect breaks.
    private static let broken: [(SampleDefect, QualityStandard)] = [
        (.blankAnswer, .completeness), (.childrenUnseen, .voice), (.gradeWithoutReason, .rationale),
        (.contradiction, .consistency), (.historyMissing, .history), (.sentLate, .timeliness),
        (.notReviewed, .supervision),
    ]

    @Test(arguments: [UInt64(1), 2, 3])
    func `each defect is found at the rate at which it was put in, and officers who say no to everything`(
        _ seed: UInt64
    ) async throws {
        let (result, truth) = try await Self.judged(try Self.sample(seed))
        let counts = result.tally.all
        #expect(result.rejected == 0 && counts.forms == truth.assessments && result.notices == [])
        for (defect, standard) in Self.broken {
            let judged = counts.judged(standard)
            let unmet = try Proportion(events: judged - counts.met(standard), of: judged)
            let interval = try #require(try WilsonInterval.around(unmet))
            let rate = Double(SampleDefects.usual.rates[defect] ?? 0) / 1000
            #expect(interval.low <= rate && rate <= interval.high, "\(defect): \(unmet) is not \(rate)")
            // Nothing else breaks it: the very ones are found.
            #expect(abs(unmet.events - truth.count(defect)) <= 2, "\(defect): \(unmet.events), \(truth.count(defect))")
        }
        let copied = try #require(
            try WilsonInterval.around(Proportion(events: counts.copied, of: counts.forms)))
        let rate = Double(SampleDefects.usual.rates[.copiedWords] ?? 0) / 1000
        #expect(copied.low <= rate && rate <= copied.high, "\(counts.copied) of \(counts.forms)")
        #expect(abs(counts.copied - truth.count(.copiedWords)) <= 2)
        // Of words of its own a yes is asked; forms without one are not judged.
        #expect(counts.judged(.context) == counts.forms - truth.withoutYes)
        #expect(counts.judged(.context) - counts.met(.context) == counts.copied)
        let officers = try result.tally.officers()
        #expect(officers.filter(\.isUnusual).map(\.officer).sorted() == truth.allNoOfficers)
        #expect(officers.count == 20 && officers.reduce(0) { $0 + $1.withoutYes.events } == truth.withoutYes)
    }

    @Test func `where no defect was put in, none is found, and no officer`() async throws {
        let (result, truth) = try await Self.judged(try Self.sample(4, .none))
        #expect(truth.defects.isEmpty && truth.allNoOfficers.isEmpty)
        for standard in QualityStandard.allCases {
            let found = result.tally.all.judged(standard) - result.tally.all.met(standard)
            #expect(found <= 2, "\(standard): \(found)")
            #expect(result.tally.all.judged(standard) > 600)
        }
        #expect(result.tally.all.copied <= 2)
        #expect(try result.tally.officers().allSatisfy { !$0.isUnusual })
    }

    @Test func `groups add up to the whole, and however many parts work, the answer is the same`() async throws {
        let sample = SampleAssessmentFile(
            seed: 5, from: try #require(Month("2026-01")), months: 3, perMonth: 60, officers: 7)
        let (file, _) = ImportFiles.sample(sample)
        let mapping = AssessmentGuess.mapping(of: SampleAssessmentFile.header, try .bundled())
        var judging = AssessmentJudging(try .bundled())
        let whole = try await judging.judge(file, mapping, at: TestNow.moment).tally
        (judging.batch, judging.parts) = (17, 1)
        #expect(try await judging.judge(file, mapping, at: TestNow.moment).tally == whole)
        for grouping in QualityTally.Grouping.allCases {
            let groups = try #require(whole.groups[grouping])
            #expect(groups.values.reduce(0) { $0 + $1.forms } == whole.all.forms)
            for standard in QualityStandard.allCases {
                #expect(groups.values.reduce(0) { $0 + $1.met(standard) } == whole.all.met(standard))
            }
        }
        #expect(whole.groups[.team]?.count == 6 && whole.groups[.officer]?.count == 7)
        #expect(whole.groups[.month]?.keys.contains("2026-02") == true)
    }

    @Test func `without the time of the report nobody says that it was sent in time`() async throws {
        let file = ImportFiles.file([ImportFiles.values(["reported": ""])])
        var judging = AssessmentJudging(try .bundled())
        judging.isTimed = true
        let result = try await judging.judge(file, try ImportFiles.mapping(), at: TestNow.moment)
        #expect(result.tally.all.judged(.timeliness) == 0 && result.tally.all.judged(.supervision) == 1)
        #expect(result.times.count == 1)
    }

    @Test func `lines that cannot be used are counted with their line, and a number counts once`() async throws {
        let rows = [["number": "A"], ["number": "B", "sent": "never"], ["number": "a"], ["number": "C"]]
        let file = ImportFiles.file(rows.map { ImportFiles.values($0) })
        let result = try await AssessmentJudging(try .bundled())
            .judge(file, try ImportFiles.mapping(), at: TestNow.moment)
        #expect(result.read == 4 && result.rejected == 2 && result.tally.all.forms == 2)
        #expect(result.faults.map(\.line) == [3, 4])
        #expect(result.faults.last?.words == "Its number is that of line 2")
    }
}
