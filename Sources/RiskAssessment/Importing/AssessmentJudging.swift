public import Instruments
public import Kernel
public import People

/// Judges a whole file of assessments and keeps nothing: the same standards, the same word lists and the same look for
/// copied text as for what is written here.
public struct AssessmentJudging: Sendable {
    public struct Result: Sendable {
        public fileprivate(set) var tally = QualityTally()
        public fileprivate(set) var read = 0
        public fileprivate(set) var rejected = 0
        /// The first of them.
        public fileprivate(set) var faults: [Intake.Fault] = []
        public fileprivate(set) var notices: [String] = []
        /// Seconds that single lines took, where that was asked for: the last 2,000 of each part, in no order.
        public fileprivate(set) var times: [Times] = []
    }

    /// How long one line took.
    public struct Times: Sendable {
        /// To look for its words in earlier forms, and to remember them.
        public let copying: Double
        /// To judge it by each standard.
        public let judging: Double
    }

    let library: InstrumentLibrary
    /// Lines that are held at once.
    var batch = 2048
    /// Parts that work side by side, each with officers of its own.
    var parts = 4
    /// Takes the time of single lines.
    public var isTimed = false

    public init(_ library: InstrumentLibrary) { self.library = library }

    /// Reads the file once. Memory grows with the numbers of assessments and the marks of their words alone.
    /// - Parameters:
    ///   - now: at which what is open counts as late.
    ///   - seed: of the look for copied text; another finds the same runs of eighteen words or more.
    /// - Throws: `Problem` when it is no table or has not the columns.
    public func judge(
        _ file: IntakeFile, _ mapping: AssessmentMapping, at now: Moment, seed: UInt64 = 1,
        progress: (IntakeProgress) -> Void = { _ in }
    ) async throws -> Result {
        let table = try file.open()
        let reader = try AssessmentReader(mapping, header: table.header, library.shelf, at: now)
        let boilerplate = library.quality.boilerplate(on: LondonTime.day(of: now))
        let judges = QualityJudges(library.quality)
        let shards = (0..<parts).map { _ in
            JudgingPart(reader, judges, ShingleIndex(seed: seed, boilerplate: boilerplate), now, isTimed: isTimed)
        }
        var (result, first) = (Result(), [String: Int]())
        var waiting = try rows(table, reader, &first, &result)
        while !waiting.isEmpty {
            try Task.checkCancellation()
            // What comes next is read while this is judged.
            let work = waiting
            async let done: Void = withTaskGroup(of: Void.self) { group in
                for (shard, rows) in zip(shards, work) where !rows.isEmpty {
                    group.addTask { await shard.take(rows) }
                }
            }
            waiting = try rows(table, reader, &first, &result)
            await done
            progress(.checking(result.read))
        }
        return await together(shards, result)
    }

    /// The next lines, by the part that works on their officer; none at the end.
    private func rows(
        _ table: IntakeTable, _ reader: AssessmentReader, _ first: inout [String: Int], _ result: inout Result
    ) throws -> [[IntakeTable.Line]] {
        var (rows, count) = ([[IntakeTable.Line]](repeating: [], count: parts), 0)
        while count < batch, let row = try table.next() {
            count += 1
            let value = { (place: Int) in row.values.indices.contains(place) ? row.values[place] : "" }
            let number = value(reader.numberPlace).lowercased()
            let before = first.updateValue(row.number, forKey: number) ?? row.number
            let isRepeat = before != row.number && !number.isEmpty
            if isRepeat { first[number] = before }
            let flaw = isRepeat ? "Its number is that of line \(before)" : nil
            let officer = value(reader.officerPlace)
            rows[AssessmentJudging.part(of: officer, parts)].append(
                IntakeTable.Line(number: row.number, values: row.values, flaw: row.flaw ?? flaw))
        }
        result.read += count
        return count == 0 ? [] : rows
    }

    /// FNV-1a with the first mixing step of MurmurHash3: the same officer is always in the same part, and officers whose
    /// numbers follow one another are in different ones.
    private static func part(of officer: String, _ parts: Int) -> Int {
        let hash = officer.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        let mixed = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return Int((mixed >> 33) % UInt64(parts))
    }

    private func together(_ shards: [JudgingPart], _ result: Result) async -> Result {
        var (result, notes) = (result, AssessmentNotes())
        for shard in shards {
            result.tally.merge(await shard.tally)
            result.rejected += await shard.rejected
            result.faults += await shard.faults
            notes.merge(await shard.notes)
            result.times += await shard.times
        }
        result.faults.sort { $0.line < $1.line }
        result.notices = notes.notices
        return result
    }
}

extension AssessmentReader {
    var numberPlace: Int { places[.number]?.place ?? 0 }
}

/// Works on the forms of some of the officers, in the order of the file.
private actor JudgingPart {
    private let reader: AssessmentReader
    private let judges: QualityJudges
    private let now: Moment
    private var index: ShingleIndex
    var tally = QualityTally()
    var rejected = 0
    var faults: [Intake.Fault] = []
    var notes = AssessmentNotes()
    private let isTimed: Bool
    private(set) var times: [AssessmentJudging.Times] = []

    init(
        _ reader: AssessmentReader, _ judges: QualityJudges, _ index: ShingleIndex, _ now: Moment, isTimed: Bool
    ) {
        (self.reader, self.judges, self.index, self.now) = (reader, judges, index, now)
        self.isTimed = isTimed
    }

    func take(_ rows: [IntakeTable.Line]) {
        for row in rows {
            do {
                try take(row)
            } catch {
                rejected += 1
                let words = (error as? AssessmentFault)?.words ?? "It cannot be read"
                if faults.count < 500 { faults.append(.init(line: row.number, words: words)) }
            }
        }
    }

    private func take(_ row: IntakeTable.Line) throws {
        let line = try reader.line(row, withPersons: false)
        let (body, key) = (line.body, reader.views[line.body.answers.instrument])
        guard let version = key?.version else { throw AssessmentFault("Its question set is not here") }
        let (isSent, start) = (body.firstSent != nil, isTimed ? ContinuousClock.now : nil)
        let copied = isSent ? index.take(line.number, by: body.officer, line.texts) : []
        let compared = isTimed ? ContinuousClock.now : nil
        let ledger = judges.judge(for: version, on: body.day).ledger(of: line.facts(copied: copied), at: now)
        if let start, let compared { keep(start, compared) }
        tally.add(body, ledger, copied: !copied.isEmpty)
        notes.add(line)
    }

    private func keep(_ start: ContinuousClock.Instant, _ compared: ContinuousClock.Instant) {
        if times.count >= 4000 { times.removeFirst(2000) }
        times.append(.init(copying: (compared - start) / .seconds(1), judging: (.now - compared) / .seconds(1)))
    }
}
