import Access
import Accounts
import HTTPTypes
import Kernel
import Ledger
import Pages
import RiskAssessment

/// What share of calls was checked, flagged and seen, and the calls behind it.
enum CallMeasuring {
    private static let shown = 200

    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let (shares, of, isCut) = try await visit.calls.shares(as: visit.actor)
        let names = try await teams(shares, visit)
        return visit.show(
            CallMeasuresPage(of: of, isCut: isCut, figures: try shares.map { try figure($0, names) }))
    }

    private static func teams(_ shares: [CallShare], _ visit: Visit) async throws -> [String: String] {
        guard shares.contains(where: { !$0.teams.isEmpty }) else { return [:] }
        let known = try await visit.site.directory.teams(as: visit.actor)
        return Dictionary(known.map { ($0.id.text, $0.body.name) }, uniquingKeysWith: { first, _ in first })
    }

    private static func figure(_ share: CallShare, _ names: [String: String]) throws -> CallMeasuresPage.Figure {
        let teams = try share.teams.sorted().compactMap { team -> CallMeasuresPage.Team? in
            guard let name = names[team] else { return nil }
            let of = try share.of(team: team)
            return CallMeasuresPage.Team(name: name, met: of.met, of: of.of, interval: of.bounds)
        }
        return CallMeasuresPage.Figure(
            id: share.figure.rawValue, title: title(share.figure), definition: definition(share.figure),
            met: share.met, of: share.of, interval: share.bounds, chart: chart(share),
            explanation: share.explanation, teams: teams)
    }

    private static func chart(_ share: CallShare) -> ControlChartModel {
        let list: WebAddress = "/calls/measures/\(share.figure.rawValue)"
        let points = share.points.map { point in
            ControlChartModel.Point(
                month: point.month, value: point.of == 0 ? nil : Double(point.met) / Double(point.of),
                numerator: point.of == 0 ? nil : point.met, denominator: point.of == 0 ? nil : point.of,
                centre: point.centre, lower: point.low, upper: point.high, signal: point.signal,
                address: list.adding("month", point.month.description))
        }
        return ControlChartModel(
            id: "chart-\(share.figure.rawValue)", title: title(share.figure),
            summary: "A control chart of \(points.count) months: \(share.met) of \(share.of) in all.",
            unit: .percent(decimals: 0), axis: "Share of calls", points: points)
    }

    @Sendable static func behind(_ visit: Visit) async throws -> Answer {
        guard let figure = CallFigure(rawValue: visit.parameter("figure")) else { throw Problem.absent }
        let month = Month(visit.query["month"])
        let share = try await visit.calls.shares(as: visit.actor).shares.first { $0.figure == figure }
        let judged = (share?.judged ?? []).filter { call in
            month.map { LondonTime.day(of: call.record.body.reportedAt).monthOfYear == $0 } ?? true
        }
        let lines = (judged.filter { !$0.counts } + judged.filter(\.counts)).prefix(shown).map { call in
            let body = call.record.body
            let tags = CallTelling.tags(body, lacksFlag: visit.calls.lacksFlag(body)).map(\.words)
            return CallBehindPage.Line(
                id: call.record.id.text, name: CallTelling.name(body),
                reported: LondonTime.inWords(body.reportedAt), counts: call.counts,
                state: tags.joined(separator: ", "))
        }
        return visit.show(
            CallBehindPage(
                figure: title(figure), definition: definition(figure), month: month?.inWords, lines: Array(lines),
                more: judged.count - lines.count))
    }

    private static func title(_ figure: CallFigure) -> String {
        switch figure {
        case .checked: "Checked for vulnerability"
        case .flagged: "Flagged, of those that should be"
        case .sampled: "Flagged, of those drawn and reviewed that should be"
        case .seen: "Flag seen before arrival"
        }
    }

    private static func definition(_ figure: CallFigure) -> String {
        switch figure {
        case .checked:
            "Counted: calls with a check, whatever it found. Of: all calls, also those still open."
        case .flagged:
            "Counted: calls with a flag that still holds and was set before the call was first closed. Of: calls where a "
                + "vulnerability was found, by the check, by THRIVE, by a flag, by a sent assessment of the same "
                + "occurrence graded above the lowest, or by a reviewer. Where a reviewer said yes or no, that decides."
        case .sampled:
            "Counted: the same. Of: only calls that were drawn by lot and of which the reviewer said that there should "
                + "have been a flag. This one alone speaks for calls in which nobody found anything at the time."
        case .seen:
            "Counted: calls where everybody who came had said before that she has seen a flag that holds. Of: calls with "
                + "a flag that holds, where somebody came. A flag set after somebody came counts as not seen."
        }
    }
}
