import Access
import Kernel
import Ledger

/// One run of `FeedStore.importFiles`.
struct Importing {
    let discovery: Discovery
    let options: ImportOptions
    let actor: Actor
    let permit: Permit
    let ledger: Ledger
    let limits: ImportLimits
    let progress: @Sendable (ImportProgress) -> Void
    private let seed = UInt64.random(in: .min ... .max)
    private var batch: Int64 = 0
    private var files: [ImportReport.File]
    private var finder: MemberFinder
    private var meter = ProgressMeter()

    init(
        discovery: Discovery, options: ImportOptions, actor: Actor, permit: Permit, ledger: Ledger,
        limits: ImportLimits, progress: @escaping @Sendable (ImportProgress) -> Void
    ) {
        (self.discovery, self.options, self.actor, self.permit) = (discovery, options, actor, permit)
        (self.ledger, self.limits, self.progress) = (ledger, limits, progress)
        files = discovery.files.map { ImportReport.File(path: $0.path) }
        finder = MemberFinder(limits: limits)
    }

    mutating func run() async throws -> ImportReport {
        let (started, actor) = (ledger.now, actor)
        batch = try await permit.write { try BatchRows.start(actor, at: started, $0) }
        do {
            let surveyed = try await survey()
            try await load(surveyed)
            try await settle()
        } catch {
            _ = try? await close("failed", files)
            throw error
        }
        let failures = discovery.failures.map { ImportReport.File(path: $0.path, error: $0.problem.description) }
        return try await close("done", files + failures)
    }

    @discardableResult
    private func close(_ state: String, _ files: [ImportReport.File]) async throws -> ImportReport {
        let report = ImportReport(batch: batch, files: files, ignored: discovery.ignored)
        let (batch, now) = (batch, ledger.now)
        try await permit.write { try BatchRows.finish(batch, state, report, at: now, $0) }
        return report
    }

    /// The first reading of every file, on a thread of its own.
    private mutating func survey() async throws -> [(index: Int, file: SurveyedFile)] {
        let (found, limits, seed) = (discovery.files, limits, seed)
        let conveyor = Conveyor<Result<SurveyedFile, Problem>>(ahead: 4) { give in
            let finder = MemberFinder(limits: limits)
            for file in found {
                try give(Importing.surveyed(file, finder, limits, seed))
            }
        }
        var surveyed: [(index: Int, file: SurveyedFile)] = []
        for index in files.indices {
            progress(meter.checking(file: index + 1, of: files.count, path: files[index].path))
            try Task.checkCancellation()
            switch try await conveyor.next() {
            case .success(let file): surveyed.append((index, file))
            case .failure(let problem): files[index].error = problem.description
            case nil: break
            }
        }
        return surveyed
    }

    private static func surveyed(
        _ file: FoundFile, _ finder: MemberFinder, _ limits: ImportLimits, _ seed: UInt64
    ) -> Result<SurveyedFile, Problem> {
        Result { try Survey.file(file, input: try finder.input(file), limits: limits, seed: seed) }
            .mapError { $0 as? Problem ?? ArchiveInput.unreadable(file.path) }
    }

    /// Streets first, so that outcomes find their crimes.
    private mutating func load(_ surveyed: [(index: Int, file: SurveyedFile)]) async throws {
        meter.start(bytes: surveyed.reduce(0) { $0 + $1.file.bytes }, at: ledger.now)
        for kind in FeedKind.allCases {
            for (index, file) in surveyed where file.kind == kind {
                try Task.checkCancellation()
                files[index].kind = kind.rawValue
                files[index].exactRepeats = file.repeats.count
                if let held = try await held(file) {
                    files[index] = held.reported(files[index])
                    try await record(held, of: file, index)
                } else {
                    try await load(file, index)
                }
                meter.finish(file)
            }
        }
    }

    private func held(_ file: SurveyedFile) async throws -> HeldFile? {
        let name = named(file)
        let held = try await permit.read { try HeldFile.find(file, named: name, $0) }
        return options.bringsBack && held?.isWhollyReplaced == true ? nil : held
    }

    private func named(_ file: SurveyedFile) -> String {
        file.named.map { "\($0.force) \($0.month)" } ?? options.force ?? ""
    }

    private func record(_ held: HeldFile, of file: SurveyedFile, _ index: Int) async throws {
        let (batch, name, report) = (batch, named(file), files[index])
        try await permit.write { writing in
            let number = try BatchRows.addFile(file, batch: batch, named: name, writing)
            try BatchRows.finishFile(number, "unchanged", report, writing)
        }
    }

    private mutating func load(_ file: SurveyedFile, _ index: Int) async throws {
        let (batch, name) = (batch, named(file))
        let number = try await permit.write { try BatchRows.addFile(file, batch: batch, named: name, $0) }
        files[index].file = number
        var loader = FileLoader(file, number: number, permit: permit, limits: limits)
        do {
            try await stream(file, index, into: &loader)
            let unsettled = try await complete(&loader)
            try await publish(loader, index, unsettled: unsettled)
        } catch let problem as Problem {
            finder = MemberFinder(limits: limits)
            try await refuse(loader, index, problem)
        } catch {
            finder = MemberFinder(limits: limits)
            try? await refuse(loader, index, Problem(.failed, "Loading it was stopped."))
            throw error
        }
    }

    private mutating func stream(_ file: SurveyedFile, _ index: Int, into loader: inout FileLoader) async throws {
        let latest = LondonTime.day(of: ledger.now).monthOfYear
        let (finder, options, limits, seed) = (finder, options, limits, seed)
        let conveyor = Conveyor<Load>(ahead: 1) { give in
            try withoutActuallyEscaping(give) { give in
                let parser = FileParser(
                    file, input: try finder.input(file.found), options: options, latest: latest, limits: limits,
                    seed: seed, give: give)
                try parser.parse()
            }
        }
        defer { conveyor.cancel() }
        while let load = try await conveyor.next() {
            try Task.checkCancellation()
            try await loader.take(load)
            progress(meter.loading(index + 1, of: files.count, file, load, at: ledger.now))
        }
        guard try FileStamp(path: file.found.container) == file.stamp else {
            throw Problem(.conflict, "The file was changed while it was read.", next: "Load it again.")
        }
    }

    /// The last steps before a file counts: refuses it when most of it is unusable, writes what was counted.
    /// - Returns: outcomes whose crime is not held.
    private func complete(_ loader: inout FileLoader) async throws -> Int {
        let counts = loader.counts
        guard counts.rejected * 2 <= counts.read else {
            let reasons = try await firstReasons(loader.fileNumber)
            throw Problem(
                .refused,
                "\(counts.rejected) of \(counts.read) rows cannot be used, so nothing of it was loaded. \(reasons)",
                next: "Check that it is the file you meant.")
        }
        if counts.read == 0 { try await refuseToEmpty(loader.file) }
        try await loader.addEmptyPart()
        guard !loader.parts.isEmpty else {
            throw Problem(
                .invalid, "It has a heading and no rows, and its name does not say which month is empty.",
                next: "Name it as data.police.uk does, for example 2023-01-cleveland-street.csv.")
        }
        try await loader.flushCells(above: 0)
        guard loader.file.kind == .outcomes else { return 0 }
        var unsettled = 0
        for part in loader.parts {
            unsettled += try await Settlement(permit: permit, limits: limits).count(
                part: part.id, part.key, set: part.cells)
        }
        return unsettled
    }

    /// A download that broke off after its heading must not take a month away.
    private func refuseToEmpty(_ file: SurveyedFile) async throws {
        guard let named = file.named else { return }
        let key: [Value] = [.text(file.kind.rawValue), .text(named.force), .text("\(named.month)")]
        let held = try await permit.read { reading in
            try reading.integer(
                "SELECT accepted FROM feed_part WHERE kind = $1 AND force = $2 AND month = $3 AND state = 'current'",
                key)
        }
        guard let held, held > 0 else { return }
        throw Problem(
            .refused,
            "It has a heading and no rows, but \(held == 1 ? "1 row is" : "\(held) rows are") held for that month. Nothing was changed.",
            next: "Download it again.")
    }

    private func firstReasons(_ file: Int64) async throws -> String {
        let rows = try await permit.read { reading in
            try reading.rows(
                "SELECT line, reason FROM feed_reject WHERE file = $1 ORDER BY line LIMIT 3", [.integer(file)])
        }
        return rows.map { "Line \($0.integer(0)): \($0.text(1))." }.joined(separator: " ")
    }
}

extension Importing {
    /// From here on the file counts.
    private mutating func publish(_ loader: FileLoader, _ index: Int, unsettled: Int) async throws {
        let (parts, now, number) = (loader.parts, ledger.now, loader.fileNumber)
        var report = loader.reported(files[index])
        report.notices += loader.notices(unsettled: unsettled)
        let draft = report
        let replaced = try await permit.write { writing in
            var replaced: [(PartKey, Int, Int)] = []
            for part in parts {
                let earlier = try PartRows.publish(part, at: now, writing)
                if earlier > 0 { replaced.append((part.key, earlier, part.accepted)) }
            }
            try BatchRows.finishFile(number, "loaded", draft.replacing(replaced), writing)
            return replaced
        }
        files[index] = draft.replacing(replaced)
    }

    private mutating func refuse(_ loader: FileLoader, _ index: Int, _ problem: Problem) async throws {
        let number = loader.fileNumber
        var report = files[index]
        report.error = problem.description
        if problem.code == .refused { (report.read, report.rejected) = (loader.counts.read, loader.counts.read) }
        files[index] = report
        let refused = report
        try await permit.write { writing in
            try Clearance.abandon(file: number, writing)
            try BatchRows.finishFile(number, "refused", refused, writing)
        }
        try await Clearance.clear(permit)
    }

    private func settle() async throws {
        let (meter, progress, count) = (meter, progress, files.count)
        try await Settlement(permit: permit, limits: limits).renewStale { done, total in
            progress(meter.settling(done, of: total, files: count))
        }
    }
}
