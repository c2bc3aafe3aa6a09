import Foundation
public import Kernel

/// A whole file looked through before anything of it is written.
public struct IntakeSurvey: Sendable {
    public struct Sample: Sendable {
        public let line: Int
        public let number: String
        public let person: Person
    }

    public let header: [String]
    public let form: String
    public internal(set) var rows = 0
    public internal(set) var rejected = 0
    public internal(set) var faults: [Intake.Fault] = []
    public internal(set) var notices: [String] = []
    /// The first rows, as they would be taken.
    public internal(set) var samples: [Sample] = []
    /// On which line each number stands first.
    var first: [String: Int32] = [:]

    /// Reads all of it once, in memory that grows with the numbers alone.
    /// - Throws: `Problem` when it is no table, too long, has not the columns, or most of its rows cannot be used.
    init(
        _ file: IntakeFile, _ mapping: ColumnMapping, on today: Day, limits: IntakeLimits = IntakeLimits(),
        _ progress: (Int) throws -> Void = { _ in }
    ) throws {
        let table = try file.open()
        (header, form) = (table.header, table.form)
        let reader = try IntakeReader(mapping, header: table.header, today: today)
        var tally = Tally()
        while let line = try table.next() {
            rows += 1
            guard rows <= limits.rows else { throw IntakeSurvey.tooLong(limits.rows) }
            do {
                let row = try reader.checked(line, first: &first)
                tally.add(row)
                if samples.count < 10 { samples.append(IntakeSurvey.sample(row, today)) }
            } catch let fault as IntakeReader.Fault {
                rejected += 1
                if faults.count < limits.faults { faults.append(.init(line: line.number, words: fault.words)) }
            }
            if rows % 1000 == 0 { try progress(rows) }
        }
        notices = tally.notices(of: rows - rejected)
    }

    /// - Throws: `Problem.invalid` when there is no row, or more than half cannot be used: then it is the wrong file or
    ///   the wrong mapping, and nothing of it is taken.
    func checkUse() throws {
        if let refusal { throw refusal }
    }

    /// Why nothing of it would be taken; nil where it can be loaded.
    public var refusal: Problem? {
        guard rows > 0 else {
            return Problem(.invalid, "The file has names of columns and no row.", next: "Choose another file.")
        }
        guard rejected * 2 > rows, let fault = faults.first else { return nil }
        return Problem(
            .refused,
            "\(rejected) of \(rows) rows cannot be used, so nothing was loaded. Line \(fault.line): \(fault.words).",
            next: "Check that each column is what the mapping says, and how its dates are written.")
    }

    private static func tooLong(_ most: Int) -> Problem {
        Problem(
            .tooLarge, "The file has more than \(most) rows. Nothing was loaded.", next: "Split it and load the parts.")
    }

    private static func sample(_ row: IntakeRow, _ today: Day) -> Sample {
        let source = PersonSource(
            agency: "", agreement: nil, until: nil, number: row.number, intake: "", line: row.line, said: [:])
        return Sample(line: row.line, number: row.number, person: Person(row, source, on: today))
    }

    /// What is odd about a file as a whole.
    private struct Tally {
        var (bornMissing, bornOnFirst, bornWhole) = (0, 0, 0)
        var notes: [String: Int] = [:]

        mutating func add(_ row: IntakeRow) {
            if let born = row.said["born"] {
                if born.utf8.count == 10 { bornWhole += 1 }
                if born.hasSuffix("-01-01") { bornOnFirst += 1 }
            } else {
                bornMissing += 1
            }
            for note in row.notes { notes[note, default: 0] += 1 }
        }

        func notices(of taken: Int) -> [String] {
            guard taken > 0 else { return [] }
            var notices: [String] = []
            if bornMissing > 0 {
                notices.append("\(bornMissing) of \(taken) rows have no date of birth. They are taken without one.")
            }
            // One day in 365 by chance.
            if bornWhole >= 50, bornOnFirst * 20 > bornWhole {
                notices.append(
                    "\(bornOnFirst) of \(bornWhole) dates of birth are 1 January. Often only the year was known: then "
                        + "say in the mapping that of 1 January only the year is believed.")
            }
            return notices + notes.sorted { $0.key < $1.key }.map { "\($0.key): left out in \($0.value) rows." }
        }
    }
}

extension IntakeReader {
    /// - Parameter first: on which line each number was seen first; a number seen before is a fault.
    /// - Throws: `Fault`.
    func checked(_ line: IntakeTable.Line, first: inout [String: Int32]) throws -> IntakeRow {
        if let flaw = line.flaw { throw Fault(words: flaw) }
        let row = try row(line.number, line.values)
        let (key, number) = (row.number.lowercased(), Int32(clamping: line.number))
        if let before = first[key], before != number {
            throw Fault(words: "Its number is that of line \(before), which is taken")
        }
        if first[key] == nil { first[key] = number }
        return row
    }
}
