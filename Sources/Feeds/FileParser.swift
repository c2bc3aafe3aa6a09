import Kernel

/// What the reading thread hands to the writer: at most one run, with the words that its rows use first.
struct Load: Sendable {
    /// Words are numbered from 1 again when this changes.
    let generation: Int
    var words: [NewWord] = []
    var run: Run?
    var rejects: [Reject] = []
    var bytesRead: Int64 = 0
    var counts = ParseCounts()
}

/// What has been read of a file so far.
struct ParseCounts: Sendable, Equatable {
    var read = 0
    var rejected = 0
    /// Rows dropped because the whole file was there twice.
    var doubled = 0
    /// Rows that name another force than the file.
    var otherForces = 0
    var withoutIdentifier = 0
}

/// Reads one surveyed file for the second time, row by row, and gives runs to the writer. Used by one thread.
final class FileParser {
    private let file: SurveyedFile
    private let limits: ImportLimits
    private let seed: UInt64
    private let source: CSVSource
    private let scanner: CSVScanner
    private let give: (Load) throws -> Void
    private var reader: RowReader
    private var filter: BloomFilter
    private var seen: [UInt64: Bool] = [:]
    private var runs: [Run] = []
    private var places: [PartKey: Int] = [:]
    private var lastPlace: (force: String, month: Month, place: Int)?
    private var buffered = 0
    private var rejects: [Reject] = []
    private var counts = ParseCounts()
    private var generation = 0

    init(
        _ file: SurveyedFile, input: ArchiveInput, options: ImportOptions, latest: Month, limits: ImportLimits,
        seed: UInt64, give: @escaping (Load) throws -> Void
    ) {
        (self.file, self.limits, self.seed, self.give) = (file, limits, seed, give)
        let source = CSVSource(input)
        self.source = source
        scanner = CSVScanner(lineLimit: limits.lineBytes, source: source.read)
        reader = RowReader(
            kind: file.kind, named: file.named, givenForce: options.force, latest: latest, seed: seed)
        filter = BloomFilter(expected: file.kind == .stopAndSearch ? 0 : Int(file.bytes / 180))
    }

    func parse() throws {
        guard try scanner.next() else { throw changed() }
        while try scanner.next() {
            counts.read += 1
            if file.repeats.isDoubled, isSecondCopy() {
                counts.doubled += 1
                continue
            }
            do throws(Unusable) {
                try keep(row())
            } catch {
                try reject(error.reason)
            }
            try flushWhenFull()
        }
        guard source.digest() == file.digest else { throw changed() }
        for place in runs.indices { try flush(place) }
        try send(nil)
    }

    private func row() throws(Unusable) -> (FactRow, force: String, month: Month) {
        do {
            return try reader.read(scanner)
        } catch {
            throw error as? Unusable ?? Unusable("it cannot be read")
        }
    }

    private func isSecondCopy() -> Bool {
        let hash = mixed(scanner.raw, seed)
        let isSecond = seen[hash] ?? false
        seen[hash] = !isSecond
        return isSecond
    }

    private func keep(_ found: (row: FactRow, force: String, month: Month)) throws(Unusable) {
        let place = try place(force: found.force, month: found.month)
        if let identifier = found.row.identifier {
            if filter.insert(UInt64(bitPattern: identifier.key)) { runs[place].suspects.append(runs[place].rows.count) }
        } else {
            counts.withoutIdentifier += 1
        }
        runs[place].rows.append(found.row)
        buffered += 1
    }

    private func place(force: String, month: Month) throws(Unusable) -> Int {
        if let lastPlace, lastPlace.month == month, lastPlace.force == force { return lastPlace.place }
        let key = PartKey(kind: file.kind, force: force, month: month)
        let place = places[key] ?? runs.count
        if place == runs.count {
            guard place < limits.parts else {
                throw Unusable("the file holds more than \(limits.parts) months and forces")
            }
            places[key] = place
            runs.append(Run(key: key))
        }
        lastPlace = (force, month, place)
        return place
    }

    private func reject(_ reason: String) throws {
        counts.rejected += 1
        guard counts.rejected <= limits.rejectedRows else {
            throw Problem(
                .refused, "More than \(limits.rejectedRows) rows of this file cannot be used. The last: \(reason).",
                next: "Check that it is the file you meant.")
        }
        let raw = String(decoding: scanner.raw.prefix(Reject.longestRaw), as: UTF8.self)
        rejects.append(
            Reject(line: scanner.line, reason: reason, raw: raw.contains("\0") ? raw.filter { $0 != "\0" } : raw))
    }

    private func flushWhenFull() throws {
        if let place = lastPlace?.place, runs[place].rows.count >= limits.runRows { try flush(place) }
        if buffered >= limits.runRows * 2,
            let largest = runs.indices.max(by: { runs[$0].rows.count < runs[$1].rows.count })
        {
            try flush(largest)
        }
        if rejects.count >= 2000 { try send(nil) }
        if Int(reader.words.count) >= limits.words { try renewWords() }
    }

    /// Starts the words again, once every row that uses the old numbers is on its way.
    private func renewWords() throws {
        for place in runs.indices { try flush(place) }
        reader.renewWords(seed: seed)
        generation += 1
    }

    private func flush(_ place: Int) throws {
        guard !runs[place].rows.isEmpty else { return }
        var run = Run(key: runs[place].key)
        swap(&run, &runs[place])
        buffered -= run.rows.count
        run.sort()
        try send(run)
    }

    private func send(_ run: Run?) throws {
        counts.otherForces = reader.otherForces
        var load = Load(generation: generation, words: reader.words.takeFresh(), run: run)
        (load.rejects, load.bytesRead, load.counts) = (rejects, scanner.bytesRead, counts)
        rejects = []
        try give(load)
    }

    private func changed() -> Problem {
        Problem(.conflict, "The file was changed while it was read.", next: "Load it again when it is complete.")
    }
}
