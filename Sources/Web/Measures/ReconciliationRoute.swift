import Access
import Kernel
import Measures
import Pages

/// Yearly totals beside the published ones.
enum ReconciliationRoute {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let (shelf, actor) = (visit.site.measures, visit.actor)
        let forces = try await shelf.series(crime, by: .force, as: actor).points.compactMap(\.group)
        let years = try await shelf.series(crime, by: .financialYear, as: actor).points.filter { $0.numerator != nil }
        let force = forces.contains(visit.query["force"]) ? visit.query["force"] : forces.first ?? ""
        guard let year = chosen(visit.query["year"], years) else { return visit.show(empty(visit)) }
        let found = try await shelf.reconcile(force: force, financialYear: year.first.year, as: actor)
        return visit.show(page(found, forces: forces, years: years.map(\.period), visit))
    }

    private static let crime = "recorded-crime"

    /// The one asked for, or the last that is whole, or the last.
    private static func chosen(_ label: String, _ years: [MeasurePoint]) -> Period? {
        let asked = years.first { $0.period.label == label }
        return (asked ?? years.last { $0.value != nil } ?? years.last)?.period
    }

    private static func empty(_ visit: Visit) -> ReconciliationPage {
        ReconciliationPage(
            force: "", forces: [], year: "", years: [], lines: [], hasPublished: false, sources: [], notes: [],
            load: NavigationPlace.feeds.isOpen(to: visit.actor) ? "/feeds/new" : nil)
    }

    private static func page(
        _ found: Reconciliation, forces: [String], years: [Period], _ visit: Visit
    ) -> ReconciliationPage {
        ReconciliationPage(
            force: title(found.force), forces: forces.map { Choice($0, title($0)) }, year: found.period.label,
            years: years.reversed().map { Choice($0.label, "April \($0.first.year) to March \($0.last.year)") },
            lines: found.lines.map { line($0, found, rows(found, $0.crimeType)) }
                + [line(found.total, found, rows(found, nil))],
            hasPublished: found.lines.contains { $0.published != nil }, sources: found.sources.map(fileName),
            notes: found.notes)
    }

    /// The folder is the business of whoever loaded it.
    private static func fileName(_ source: String) -> String {
        source.split(separator: "/").last.map(String.init) ?? source
    }

    /// `west-yorkshire` is `West Yorkshire`.
    private static func title(_ slug: String) -> String {
        slug.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    private static func line(
        _ line: Reconciliation.Line, _ found: Reconciliation, _ rows: WebAddress
    ) -> ReconciliationPage.Line {
        let signed = { (number: Int) in (number > 0 ? "+" : "") + Figure.whole(number) }
        return ReconciliationPage.Line(
            name: line.crimeType, ours: Figure.whole(line.ours),
            published: line.published.map { Figure.whole($0) } ?? "",
            difference: line.difference.map(signed) ?? "",
            percent: line.percent.map { ($0 > 0 ? "+" : "") + Figure.decimal($0) + "%" } ?? "",
            rows: line.ours > 0 ? rows : nil)
    }

    private static func rows(_ found: Reconciliation, _ type: String?) -> WebAddress {
        let period = Period.span(found.period.first, found.period.last).label
        let address: WebAddress = "/measures/\(crime)/rows"
        let all = address.adding("period", period).adding("force", found.force)
        return type.map { all.adding("by", MeasureDimension.crimeType.rawValue).adding("group", $0) } ?? all
    }
}
