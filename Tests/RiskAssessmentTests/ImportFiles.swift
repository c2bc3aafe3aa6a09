import Instruments
import Kernel
import People
import Samples

@testable import RiskAssessment

/// Files of assessments as another system would hand them over.
enum ImportFiles {
    static let header = [
        "number", "instrument", "version", "occurrence", "reported", "begun", "sent", "agreed", "reviewer",
        "review words", "officer", "team", "district", "victim", "victim name", "victim born", "suspect",
        "suspect name", "children", "children names", "grade", "grade reason", "history checked", "history words",
        "Q17", "Q17 words", "fear", "fear words", "arrest", "arrest words", "awaiting",
    ]

    static let row: [String: String] = [
        "number": "OLD-1", "instrument": "dash-2009", "version": "2009.1", "occurrence": "CR/77/24",
        "reported": "01/09/2026 21:40", "begun": "01/09/2026 22:10", "sent": "02/09/2026 02:00",
        "agreed": "02/09/2026 09:30", "reviewer": "S12", "review words": "I agree.", "officer": "F100",
        "team": "Response A", "district": "Quillhaven", "victim": "N-1", "victim name": "Esme Ashgrove",
        "victim born": "03/04/1990", "suspect": "N-2", "suspect name": "Otto Birkdale", "grade": "High",
        "grade reason": "Question 17, a threat to kill, told last night to her sister, weighs most.",
        "history checked": "yes", "history words": "One earlier call.", "Q17": "Y",
        "Q17 words": "He shouted \"I will kill you\" to her on Tuesday.", "fear": "N", "arrest": "yes",
    ]

    static func values(_ change: [String: String] = [:], _ header: [String] = header) -> [String] {
        let cells = row.merging(change) { _, new in new }
        return header.map { cells[$0] ?? "" }
    }

    static func file(_ rows: [[String]], _ header: [String] = header) -> IntakeFile {
        IntakeFile(name: "old.csv") {
            var place = 0
            return IntakeTable(header: header, form: "Text") {
                guard place < rows.count else { return nil }
                place += 1
                let row = rows[place - 1]
                return .init(number: place + 1, values: row, flaw: row.count == header.count ? nil : "Too short")
            }
        }
    }

    static func mapping(_ header: [String] = header) throws -> AssessmentMapping {
        AssessmentGuess.mapping(of: header, try .bundled())
    }

    static func read(
        _ change: [String: String] = [:], _ mapping: AssessmentMapping? = nil, at now: Moment = TestNow.moment
    ) throws -> AssessmentLine {
        let reader = try AssessmentReader(try mapping ?? self.mapping(), header: header, .bundled(), at: now)
        return try reader.line(.init(number: 2, values: values(change), flaw: nil))
    }

    /// An invented file with known defects.
    static func sample(_ sample: SampleAssessmentFile) -> (file: IntakeFile, truth: SampleTruth) {
        var rows: [[String]] = []
        let truth = sample.eachRow { rows.append($0) }
        return (file(rows, SampleAssessmentFile.header), truth)
    }
}

enum TestNow {
    /// 26 October 2026.
    static let moment = Moment(milliseconds: 1_793_000_000_000)
}
