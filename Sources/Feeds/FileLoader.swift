import Kernel
import Ledger

/// Stores one surveyed file. Until `publish` nothing of it counts; whatever happens before, `Clearance` takes it away.
struct FileLoader {
    struct Part {
        let id: Int64
        let key: PartKey
        let cells: Int64
        var runs: [Int64] = []
        var accepted = 0
        var counter: CellCounter
    }

    let file: SurveyedFile
    let fileNumber: Int64
    let permit: Permit
    let limits: ImportLimits
    private(set) var parts: [Part] = []
    private(set) var counts = ParseCounts()
    private(set) var repeats = 0
    private(set) var differing = 0
    private(set) var unknownTypes: Set<String> = []
    private var words: [Int64] = [0]
    private var generation = 0

    init(_ file: SurveyedFile, number: Int64, permit: Permit, limits: ImportLimits) {
        (self.file, self.fileNumber, self.permit, self.limits) = (file, number, permit, limits)
    }

    var accepted: Int { parts.reduce(0) { $0 + $1.accepted } }

    mutating func take(_ load: Load) async throws {
        if load.generation != generation {
            try await flushCells(above: 0)
            (generation, words) = (load.generation, [0])
        }
        counts = load.counts
        try await learn(load.words)
        try await store(load.rejects)
        if let run = load.run { try await store(run) }
        try await flushCells(above: limits.cells)
    }

    private mutating func learn(_ fresh: [NewWord]) async throws {
        for word in fresh where word.kind == .crimeType && !CrimeTypes.known.contains(word.text) {
            unknownTypes.insert(word.text)
        }
        for start in stride(from: 0, to: fresh.count, by: 2000) {
            let some = fresh[start..<min(start + 2000, fresh.count)]
            words += try await permit.write { try FactWriter.words(some, $0) }
        }
    }

    private func store(_ rejects: [Reject]) async throws {
        guard !rejects.isEmpty else { return }
        let number = fileNumber
        try await permit.write { try FactWriter.rejects(rejects, file: number, $0) }
    }

    private mutating func store(_ run: Run) async throws {
        let place = try await place(of: run.key)
        var run = run
        let known = words
        if !run.suspects.isEmpty {
            let (whole, earlier) = (run, parts[place].runs)
            let found =
                earlier.isEmpty
                ? try RepeatFinder(run, earlier: [], words: known, nil)
                : try await permit.read { try RepeatFinder(whole, earlier: earlier, words: known, $0) }
            repeats += found.repeated.count
            differing += found.differing
            if !found.repeated.isEmpty {
                run.rows = run.rows.indices.filter { !found.repeated.contains($0) }.map { run.rows[$0] }
            }
        }
        guard !run.rows.isEmpty else { return }
        let (settled, part) = (run, parts[place].id)
        let number = try await permit.write { try FactWriter.run(settled, part: part, words: known, $0) }
        parts[place].runs.append(number)
        parts[place].accepted += settled.rows.count
        if file.kind != .outcomes { parts[place].counter.add(settled.rows) }
    }

    /// The part for `key`, made when it is the first of its kind in the file.
    private mutating func place(of key: PartKey) async throws -> Int {
        if let place = parts.firstIndex(where: { $0.key == key }) { return place }
        let number = fileNumber
        let (id, cells) = try await permit.write { try PartRows.start(key, file: number, $0) }
        parts.append(Part(id: id, key: key, cells: cells, counter: CellCounter(key.kind)))
        return parts.count - 1
    }

    /// A month that is known to be empty is not a missing month.
    mutating func addEmptyPart() async throws {
        guard parts.isEmpty, let named = file.named else { return }
        _ = try await place(of: PartKey(kind: file.kind, force: named.force, month: named.month))
    }

    mutating func flushCells(above threshold: Int) async throws {
        for place in parts.indices where parts[place].counter.counts.count > threshold {
            let groups = parts[place].counter.take(words)
            try await FileLoader.write(groups, file.kind, set: parts[place].cells, permit)
        }
    }

    static func write(
        _ groups: [(dimensions: [Int64], count: Int)], _ kind: FeedKind, set: Int64, _ permit: Permit
    ) async throws {
        for start in stride(from: 0, to: groups.count, by: 4000) {
            let some = groups[start..<min(start + 4000, groups.count)]
            try await permit.write { try FactWriter.cells(kind, set: set, some, $0) }
        }
    }
}

/// The types that data.police.uk has used since 2011. Another one is kept, and said.
enum CrimeTypes {
    static let antisocial = "Anti-social behaviour"

    static let known: Set<String> = [
        antisocial, "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime", "Other theft",
        "Possession of weapons", "Public disorder and weapons", "Public order", "Robbery", "Shoplifting",
        "Theft from the person", "Vehicle crime", "Violence and sexual offences", "Violent crime",
    ]
}
