import Foundation
public import Instruments
public import Kernel
public import People

/// A whole file of assessments looked through before anything of it is written.
public struct AssessmentSurvey: Sendable {
    /// A line as it would be taken, without a word of what was said.
    public struct Sample: Sendable {
        public let line: Int
        public let number: String
        public let instrument: String
        public let officer: String
        public let grade: String
        public let answers: Int
    }

    public let header: [String]
    public let form: String
    public internal(set) var rows = 0
    public internal(set) var rejected = 0
    public internal(set) var faults: [Intake.Fault] = []
    public internal(set) var notices: [String] = []
    /// The first lines.
    public internal(set) var samples: [Sample] = []
    /// On which line each number stands first.
    var first: [String: Int32] = [:]

    /// Reads all of it once, in memory that grows with the numbers alone.
    /// - Throws: `Problem` when it is no table, too long, or has not the columns.
    init(
        _ file: IntakeFile, _ mapping: AssessmentMapping, _ shelf: InstrumentShelf, at now: Moment,
        limits: IntakeLimits, _ progress: (Int) throws -> Void
    ) throws {
        let table = try file.open()
        (header, form) = (table.header, table.form)
        let reader = try AssessmentReader(mapping, header: table.header, shelf, at: now)
        var tally = AssessmentNotes()
        while let row = try table.next() {
            rows += 1
            guard rows <= limits.rows else {
                throw Problem(
                    .tooLarge, "The file has more than \(limits.rows) lines. Nothing was loaded.",
                    next: "Split it and load the parts.")
            }
            do {
                let line = try reader.checked(row, first: &first)
                tally.add(line)
                if samples.count < 10 { samples.append(Sample(line)) }
            } catch let fault as AssessmentFault {
                rejected += 1
                if faults.count < limits.faults { faults.append(.init(line: row.number, words: fault.words)) }
            }
            if rows % 1000 == 0 { try progress(rows) }
        }
        notices = tally.notices
    }

    /// Why nothing of it would be taken: no line, or more than half cannot be used. Nil where it can be loaded.
    public var refusal: Problem? {
        guard rows > 0 else {
            return Problem(.invalid, "The file has names of columns and no line.", next: "Choose another file.")
        }
        guard rejected * 2 > rows, let fault = faults.first else { return nil }
        return Problem(
            .refused,
            "\(rejected) of \(rows) lines cannot be used, so nothing was loaded. Line \(fault.line): \(fault.words).",
            next: "Check that each column is what the mapping says, and how its dates and answers are written.")
    }
}

extension AssessmentSurvey.Sample {
    init(_ line: AssessmentLine) {
        (self.line, number, officer) = (line.line, line.number, line.body.officer)
        (instrument, grade) = (line.body.answers.instrument.description, line.body.grading?.label ?? "")
        answers = line.body.answers.given.count
    }
}

/// What is odd about a file as a whole.
struct AssessmentNotes {
    private var notes: [String: Int] = [:]
    private var taken = 0
    private var (unsent, earlier) = (0, 0)
    private var latest: [String: Moment] = [:]

    mutating func add(_ line: AssessmentLine) {
        taken += 1
        for note in line.notes { notes[note, default: 0] += 1 }
        guard let sent = line.body.firstSent else {
            unsent += 1
            return
        }
        if let before = latest[line.body.officer], before > sent { earlier += 1 }
        latest[line.body.officer] = max(sent, latest[line.body.officer] ?? sent)
    }

    /// Of other officers.
    mutating func merge(_ other: AssessmentNotes) {
        (taken, unsent, earlier) = (taken + other.taken, unsent + other.unsent, earlier + other.earlier)
        notes.merge(other.notes, uniquingKeysWith: +)
    }

    var notices: [String] {
        var notices: [String] = []
        if unsent > 0 {
            notices.append(
                "\(unsent) of \(taken) were never sent. They are kept, and nobody is asked to finish them here.")
        }
        if earlier > 0 {
            notices.append(
                "\(earlier) stand after one of the same officer that was sent later. Copied text counts against "
                    + "whichever stands later in the file: sort it by the day on which it was sent.")
        }
        return notices + notes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value) lines." }
    }
}

extension AssessmentReader {
    /// - Parameter first: on which line each number was seen first; a number seen before is a fault.
    /// - Throws: `AssessmentFault`.
    func checked(_ row: IntakeTable.Line, first: inout [String: Int32]) throws -> AssessmentLine {
        let line = try line(row)
        let (key, number) = (line.number.lowercased(), Int32(clamping: row.number))
        if let before = first[key], before != number {
            throw AssessmentFault("Its number is that of line \(before), which is taken")
        }
        if first[key] == nil { first[key] = number }
        return line
    }
}
