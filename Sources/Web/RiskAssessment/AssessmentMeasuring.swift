import Access
import Accounts
import Instruments
import Kernel
import Ledger
import Pages
import RiskAssessment

/// Figures of assessments: standards, times, officers, and what came later.
enum AssessmentMeasuring {
    private static let (shown, year, leastForms) = (20, 12, 20)

    @Sendable static func standards(_ visit: Visit) async throws -> Web.Answer {
        let figures = try await visit.assessments.figures("standards", as: visit.actor).latest(months: year)
        let lines = AssessmentMeasure.all.map { measure in
            let share = figures.share(measure)
            return AssessmentStandardsPage.Line(
                title: visit.assessments.title(measure), address: "/assessments/standards/\(measure.code)",
                count: share.count,
                of: share.of, interval: share.bounds)
        }
        let times = [
            time("From the report to its being sent", figures.hours(\.hoursToSend)),
            time("From there to the first review", figures.hours(\.hoursToReview)),
        ]
        return visit.show(
            AssessmentStandardsPage(
                of: figures.count, months: year, lines: lines, times: times.compactMap(\.self),
                seesOfficers: visit.may(.combination, .riskReview)))
    }

    private static func time(
        _ title: String, _ hours: (of: Int, middle: Double, ninth: Double)?
    ) -> AssessmentStandardsPage.Time? {
        hours.map {
            AssessmentStandardsPage.Time(title: title, of: $0.of, middle: words($0.middle), ninth: words($0.ninth))
        }
    }

    private static func words(_ hours: Double) -> String {
        hours < 48 ? Figure.decimal(hours, 1) + " hours" : Figure.decimal(hours / 24, 1) + " days"
    }

    // MARK: One measure

    @Sendable static func measure(_ visit: Visit) async throws -> Web.Answer {
        guard let measure = AssessmentMeasure(code: visit.parameter("standard")) else { throw Problem.absent }
        let query = visit.call.query
        let filled = { (name: String) in query[name].isEmpty ? nil : query[name] }
        let choice = AssessmentChoice(
            team: filled("team"), district: filled("district"), month: filled("month").flatMap { Month($0) })
        let all = try await visit.assessments.figures(measure.code, choice, as: visit.actor)
        let teams = try await TeamNames.of(visit)
        var within = choice
        within.month = nil
        let (wide, narrow) = (all.chosen(within), all.chosen(choice))
        let ids = narrow.toRead(measure)
        let forms = try await visit.assessments.forms(ids.prefix(shown), as: visit.actor)
        return visit.show(
            AssessmentMeasurePage(
                name: visit.assessments.title(measure), code: measure.code,
                fault: measure.isOfFault ? "Those that were returned" : "Those that do not meet it",
                chart: try chart(measure, wide, within, visit),
                chosen: .init(
                    team: choice.team ?? "", district: choice.district ?? "", month: choice.month?.inWords),
                teams: [Choice("", "All teams")] + all.teams.map { Choice($0, teams.name($0)) },
                districts: [Choice("", "All districts")] + all.districts.map { Choice($0, $0) },
                groups: groups(measure, narrow, teams, choice.month),
                forms: .init(
                    count: ids.count,
                    shown: forms.map { (AssessmentTelling.name($0.body), "/assessments/\($0.id)") })))
    }

    private static func chart(
        _ measure: AssessmentMeasure, _ figures: AssessmentFigures, _ choice: AssessmentChoice, _ visit: Visit
    ) throws -> ControlChartModel {
        let months = figures.months()
        let found = try figures.chart(measure, of: months)
        let points = found.map { point in
            ControlChartModel.Point(
                month: point.month, value: point.share.value, numerator: point.share.count,
                denominator: point.share.of, centre: point.centre, lower: point.low, upper: point.high,
                signal: point.signal, address: address(measure, choice, point.month))
        }
        let signals = found.count { $0.signal != nil }
        let summary =
            months.isEmpty
            ? "There is no figure."
            : "A control chart of \(Figure.count(months.count, "month", "months")). "
                + (signals == 0 ? "Nothing stands out." : "Signals: \(signals). They are listed below.")
        return ControlChartModel(
            title: visit.assessments.title(measure), summary: summary, unit: .percent(decimals: 0), axis: "Share",
            points: points)
    }

    private static func address(
        _ measure: AssessmentMeasure, _ choice: AssessmentChoice, _ month: Month
    ) -> WebAddress {
        WebAddress("/assessments/standards/\(measure.code)").adding("team", choice.team ?? "")
            .adding("district", choice.district ?? "").adding("month", month.description)
    }

    private static func groups(
        _ measure: AssessmentMeasure, _ figures: AssessmentFigures, _ teams: TeamNames, _ month: Month?
    ) -> [RankedBarsModel] {
        [("By team", "Team", \JudgedAssessment.team), ("By district", "District", \.district)].map {
            title, group, path in
            let bars = figures.groups(measure, by: path).groups.map {
                bar($0, path == \.team ? teams.name($0.name) : $0.name)
            }
            return RankedBarsModel(
                title: month.map { "\(title), \($0.inWords)" } ?? title, unit: .percent(decimals: 0), group: group,
                measure: "Share", bars: bars)
        }
    }

    /// Those that stand out are marked.
    private static func bar(_ group: AssessmentFunnel.Group, _ name: String) -> RankedBarsModel.Bar {
        RankedBarsModel.Bar(
            name: name, value: group.share.value, low: group.share.bounds?.low, high: group.share.bounds?.high,
            numerator: group.share.count, denominator: group.share.of,
            note: group.isAbove.map { $0 ? "Far above the others" : "Far below the others" })
    }

    // MARK: Officers

    @Sendable static func officers(_ visit: Visit) async throws -> Web.Answer {
        let figures = try await visit.assessments.officerFigures(as: visit.actor)
        let (all, enough) = (figures.officers, figures.officers.with(atLeast: leastForms))
        let names = try await PeopleNames.of(enough.groups.map(\.name), visit)
        let bars = enough.groups.map { bar($0, names.name(ofOfficer: $0.name)) }
            .sorted { ($0.value ?? 0) > ($1.value ?? 0) }
        let model = RankedBarsModel(
            title: "Answers that were yes, of those that were yes or no", unit: .percent(decimals: 0), group: "Officer",
            measure: "Yes", bars: bars)
        return visit.show(
            AssessmentOfficersPage(
                bars: model, few: all.groups.count - enough.groups.count, least: leastForms, isSpread: enough.isSpread))
    }

    // MARK: Later

    @Sendable static func later(_ visit: Visit) async throws -> Web.Answer {
        let figures = try await visit.assessments.figures("later", as: visit.actor)
        let lines = figures.later.map { line in
            AssessmentLaterPage.Line(
                grade: AssessmentWords.title(line.grade, in: \.grades), followed: line.followed,
                again: words(line.again), gravest: words(line.gravest))
        }
        return visit.show(AssessmentLaterPage(lines: lines))
    }

    private static func words(_ share: AssessmentShare) -> String {
        guard let value = share.value, let bounds = share.bounds else { return "None" }
        let percent = { (share: Double) in Figure.percent(share, 0) }
        return "\(Figure.whole(share.count)) of \(Figure.whole(share.of)): \(percent(value)) "
            + "(\(percent(bounds.low)) to \(percent(bounds.high)))"
    }
}

/// Names of teams of her agency; a team that is only named in a file keeps that name.
private struct TeamNames {
    private let names: [String: String]

    static func of(_ visit: Visit) async throws -> TeamNames {
        let teams = try await visit.site.directory.teams(of: Identifier<Agency>(visit.actor.agency), as: visit.actor)
        return TeamNames(names: Dictionary(teams.map { ($0.id.text, $0.body.name) }, uniquingKeysWith: { $1 }))
    }

    func name(_ team: String) -> String { names[team] ?? team }
}
