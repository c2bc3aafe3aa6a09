public import Access
import Feeds
import Kernel
public import Ledger

/// Where figures are asked for. Every answer passes the ledger: decided, logged, then given.
///
/// Share one: it keeps counts between requests, so that after an import only the new months are read.
public struct MeasureShelf: Sendable {
    let ledger: Ledger
    let caches = ShelfCaches()

    public init(ledger: Ledger) { self.ledger = ledger }

    /// Every measure, fixed ones first. Logged as `measure`, about `list`.
    public func definitions(as actor: Actor) async throws -> [MeasureDefinition] {
        try await ledger.consult(consultation("list"), as: actor) { try MeasureShelf.definitions($0) }
    }

    /// - Throws: `Problem` when there is none of that name.
    public func definition(_ id: String, as actor: Actor) async throws -> MeasureDefinition {
        try await ledger.consult(consultation("\(MeasureShelf.safe(id)) definition"), as: actor) {
            try MeasureShelf.definition(id, $0)
        }
    }

    /// The figures, without limits. Logged about `recorded-crime by month`.
    ///
    /// - Throws: `Problem` when there is no such measure or it cannot be shown so.
    public func series(
        _ id: String, by: MeasureDimension = .month, filter: SeriesFilter = SeriesFilter(), as actor: Actor
    ) async throws -> MeasureSeries {
        try await series(id, SeriesRequest(by: by, filter: filter), .consultation, as: actor)
    }

    /// The figures of a series in time, with limits and signals. Also logs that the re-bases were read.
    public func chart(
        _ id: String, by: MeasureDimension = .month, filter: SeriesFilter = SeriesFilter(), as actor: Actor
    ) async throws -> MeasureChart {
        try await chart(id, SeriesRequest(by: by, filter: filter), .consultation, as: actor)
    }

    /// Every measure by month, with limits and signals, from one reading: two entries in the log, about
    /// `every measure by month` and the re-bases.
    public func overview(filter: SeriesFilter = SeriesFilter(), as actor: Actor) async throws -> [MeasureChart] {
        let request = SeriesRequest(filter: filter)
        async let rebases = ledger.list(MeasureRebase.self, index: "measure", limit: 500, as: actor)
        let series = try await ledger.consult(consultation("every measure \(request.about)"), as: actor) {
            [caches] reading in
            try MeasureShelf.definitions(reading).filter { Set(filter.keeping.keys).isSubset(of: $0.dimensions) }
                .map { definition in
                    let reader = SeriesReader(definition: definition, request: request, caches: caches)
                    return SeriesBuilder(try reader.read(reading)).series()
                }
        }
        let decided = Dictionary(grouping: try await rebases.records.map(\.body), by: \.measure)
        return try series.map { try MeasureChart($0, rebases: decided[$0.definition.id] ?? []) }
    }

    /// The rows behind a point. Logged as the kind of file, about `recorded-crime 2023-01 Hartlepool after 0`.
    public func rows(behind request: RowRequest, as actor: Actor) async throws -> RowPage {
        let feed = MeasureShelf.feed(of: request.measure)
        let about = MeasureShelf.safe(request.measure) == request.measure ? request.about : "unknown measure"
        let consultation = Consultation(kind: "feed.\(feed.rawValue)", .fact, .consultation, about: about)
        return try await ledger.consult(consultation, as: actor) { [caches] reading in
            let plan = try caches.plan(request, reading) {
                let definition = try MeasureShelf.definition(request.measure, reading)
                let series = request.pointSeries
                try series.check(definition)
                let reader = SeriesReader(definition: definition, request: series, caches: caches)
                return try RowPlan(request, try reader.read(reading), reading)
            }
            return try RowReader(plan: plan, limit: request.limit, caches: caches, reading: reading).page(
                after: request.after)
        }
    }

    /// - Parameters:
    ///   - force: short name, `cleveland`.
    ///   - year: in which the financial year starts: 2024 for April 2024 to March 2025.
    public func reconcile(force: String, financialYear year: Int, as actor: Actor) async throws -> Reconciliation {
        let period = Period.financialYear(from: year)
        let reader = ReconciliationReader(force: slug(force), period: period, caches: caches)
        return try await ledger.consult(
            consultation("reconciliation \(slug(force)) \(period.label)"), as: actor, reader.read)
    }
}

extension MeasureShelf {
    func series(
        _ id: String, _ request: SeriesRequest, _ operation: Operation, to recipient: String? = nil, as actor: Actor
    ) async throws -> MeasureSeries {
        let about = consultation("\(MeasureShelf.safe(id)) \(request.about)", operation, to: recipient)
        return try await ledger.consult(about, as: actor) { [caches] reading in
            let definition = try MeasureShelf.definition(id, reading)
            try request.check(definition)
            let data = try SeriesReader(definition: definition, request: request, caches: caches).read(reading)
            let builder = SeriesBuilder(data)
            try builder.scope.checkNames()
            return builder.series()
        }
    }

    func chart(
        _ id: String, _ request: SeriesRequest, _ operation: Operation, to recipient: String? = nil, as actor: Actor
    ) async throws -> MeasureChart {
        guard request.by.isTime else {
            throw Problem(
                .invalid, "A control chart needs a series in time.", next: "Show it by month, quarter or year.")
        }
        async let rebases = ledger.list(MeasureRebase.self, index: "measure", key: id, limit: 500, as: actor)
        let series = try await series(id, request, operation, to: recipient, as: actor)
        return try MeasureChart(series, rebases: try await rebases.records.map(\.body))
    }

    func consultation(
        _ about: String, _ operation: Operation = .consultation, to recipient: String? = nil
    ) -> Consultation {
        Consultation(kind: "measure", .measure, operation, about: about, recipient: recipient)
    }

    static func definitions(_ reading: any Reading) throws -> [MeasureDefinition] {
        func words(_ kind: Int64) throws -> [String] {
            try reading.rows("SELECT word FROM feed_word WHERE kind = $1 ORDER BY word", [.integer(kind)]).map {
                $0.text(0)
            }
        }
        return MeasureCatalogue.definitions(crimeTypes: try words(3), outcomes: try words(4))
    }

    static func definition(_ id: String, _ reading: any Reading) throws -> MeasureDefinition {
        guard let found = try definitions(reading).first(where: { $0.answers(to: id) }) else {
            throw Problem(
                .absent, "There is no measure of that name.", next: "Look at the list of measures and choose one.")
        }
        return found
    }

    /// An identifier as it may stand in the log: what a person typed may not.
    static func safe(_ id: String) -> String { Identifier<MeasureDefinition>(id) == nil ? "unknown" : id }

    /// Known by name alone, so that even a refusal is logged under the right kind.
    private static func feed(of id: String) -> FeedKind {
        id.hasPrefix("search") ? .stopAndSearch : id.hasPrefix("outcome-") ? .outcomes : .street
    }
}
