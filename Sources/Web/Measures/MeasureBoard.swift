import Feeds
import Kernel
import Ledger
import Measures
import Pages
import Synchronization

/// What the list of measures shows, kept until other data is loaded: reading every series for each look would flood the
/// log. Who looks is still logged, by the look at the definitions.
final class MeasureBoard: Sendable {
    /// One measure of the list.
    struct Summary: Sendable {
        let definition: MeasureDefinition
        /// Nil without a figure.
        let latest: MeasureChartView.Latest?
        /// Of the latest figure.
        let month: Month?
    }

    /// What a measure can be kept to: for the form of its page.
    struct Scope: Sendable {
        let definition: MeasureDefinition
        /// Every month between the first and the last held.
        let months: [Month]
        let choices: [Choice]
        let names: [String: String]

        func name(of group: String, _ dimension: MeasureDimension) -> String {
            names["\(dimension.rawValue)=\(group)"] ?? group
        }
    }

    private struct Stamp: Equatable {
        let batch: Int64?
        let finished: Moment?
        /// Reference data leaves no batch: its people show whether it changed.
        let people: Double?
    }

    private struct Kept {
        var summaries: (stamp: Stamp, made: Moment, list: [Summary])?
        var definitions: [String: MeasureDefinition] = [:]
        var scopes: [String: (made: Moment, scope: Scope)] = [:]
    }

    /// Limits can be started again by command too, so nothing is kept for longer than this.
    private static let seconds: Int64 = 600
    /// The form's lists must know a new month soon.
    private static let scopeSeconds: Int64 = 120

    private let kept = Mutex(Kept())

    /// After limits were started again.
    func forget() { kept.withLock { $0.summaries = nil } }

    /// Every measure with its latest figure; the list is logged as a look at the definitions.
    func summaries(_ visit: Visit) async throws -> [Summary] {
        let definitions = try await visit.site.measures.definitions(as: visit.actor)
        let newest = try await visit.site.feeds.batches(limit: 1, as: visit.actor).first
        let people = try await visit.site.measures.series("recorded-crime-per-1000", as: visit.actor).points.last?
            .denominator
        let stamp = Stamp(batch: newest?.id, finished: newest?.finished, people: people)
        let now = visit.site.ledger.now
        if let found = kept.withLock({ $0.summaries }), found.stamp == stamp,
            now < found.made.adding(seconds: MeasureBoard.seconds)
        {
            return found.list
        }
        let list = try await MeasureBoard.read(definitions, visit)
        kept.withLock { $0.summaries = (stamp, now, list) }
        return list
    }

    /// All in one reading, so that the list is a few entries of the log and not a hundred.
    private static func read(_ definitions: [MeasureDefinition], _ visit: Visit) async throws -> [Summary] {
        let charts = try await visit.site.measures.overview(as: visit.actor)
        let found = Dictionary(charts.map { ($0.series.definition.id, $0) }) { first, _ in first }
        return definitions.compactMap { definition in
            guard let chart = found[definition.id] else { return nil }
            let month = chart.series.points.last { $0.value != nil }?.period.last
            return Summary(definition: definition, latest: MeasureViews.latest(chart), month: month)
        }
    }
}

extension MeasureBoard {
    /// Definitions never change under their identifier, so that the rows page need not read them again.
    func definition(_ id: String, _ visit: Visit) async throws -> MeasureDefinition {
        if let found = kept.withLock({ $0.definitions[id] }) { return found }
        let found = try await visit.site.measures.definition(id, as: visit.actor)
        kept.withLock { $0.definitions[id] = found }
        return found
    }

    func scope(_ id: String, _ visit: Visit) async throws -> Scope {
        let now = visit.site.ledger.now
        if let found = kept.withLock({ $0.scopes[id] }), now < found.made.adding(seconds: MeasureBoard.scopeSeconds) {
            return found.scope
        }
        let definition = try await definition(id, visit)
        let months = try await visit.site.measures.series(id, as: visit.actor).points.map(\.period.first)
        var (choices, names): ([Choice], [String: String]) = ([], [:])
        for dimension in MeasureBoard.short(definition) {
            let groups = try await visit.site.measures.series(id, by: dimension, as: visit.actor).points
            for point in groups where dimension != .force || groups.count > 1 {
                guard let group = point.group else { continue }
                let value = "\(dimension.rawValue)=\(group)"
                names[value] = point.groupName ?? group
                choices.append(Choice(value, "\(dimension.heading): \(point.groupName ?? group)"))
            }
        }
        let scope = Scope(definition: definition, months: months, choices: choices, names: names)
        kept.withLock { $0.scopes[id] = (now, scope) }
        return scope
    }

    /// Dimensions whose groups fit into a list to choose from.
    private static func short(_ definition: MeasureDefinition) -> [MeasureDimension] {
        definition.dimensions.filter { !$0.isTime && $0 != .ward && $0 != .lsoa }
    }
}
