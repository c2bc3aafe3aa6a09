import Inspection
import Kernel
import Ledger
import Measures
import Pages

/// The measures linked to an area, with their figures.
struct LinkedFigures {
    private let visit: Visit
    /// Nil for now.
    private let moment: Moment?

    init(_ visit: Visit, at moment: Moment? = nil) { (self.visit, self.moment) = (visit, moment) }

    /// - Throws: `Problem` when there is no such measure, or it cannot be shown over time.
    func chart(_ id: String) async throws -> MeasureChart {
        try await visit.site.measures.chart(id, filter: SeriesFilter(asKnownAt: moment), as: visit.actor)
    }

    func views(of area: AreaForImprovement) async throws -> [AreaView.LinkedFigure] {
        var views: [AreaView.LinkedFigure] = []
        for measure in area.measures {
            do {
                let view = MeasureViews.view(try await chart(measure.id))
                views.append(.init(id: measure.id, title: measure.title, view: view))
            } catch let problem as Problem {
                views.append(.init(id: measure.id, title: measure.title, problem: problem.description))
            }
        }
        return views
    }
}

/// A measure's figures as they may leave the house: counts that are too small are withheld.
struct OutgoingFigures {
    let chart: MeasureChart
    private let withheld: [Bool]

    init(_ chart: MeasureChart, rule: SuppressionRule) {
        self.chart = chart
        withheld = chart.series.published(rule).map(\.isWithheld)
    }

    var definition: MeasureDefinition { chart.series.definition }
    var points: [MeasurePoint] { chart.series.points }
    var unit: ChartUnit { MeasureViews.unit(definition) }

    func isWithheld(_ index: Int) -> Bool { withheld.indices.contains(index) && withheld[index] }

    /// What the figure is, in words.
    var meaning: String {
        let below = definition.denominator.map { ", out of: \($0)" } ?? ""
        return "\(definition.numerator)\(below). Source: \(definition.source)"
    }

    func interval(_ point: MeasurePoint) -> String { MeasureViews.interval(point, unit) }

    func denominator(_ point: MeasurePoint) -> String {
        point.denominator.map { Figure.whole(Int($0.rounded())) } ?? ""
    }

    /// Limits follow a point's denominator, so a withheld point's are withheld too.
    func model(id: String) -> ControlChartModel {
        var model = MeasureViews.model(chart, id: id) { _ in nil }
        for index in model.points.indices where isWithheld(index) {
            (model.points[index].value, model.points[index].signal) = (nil, nil)
            (model.points[index].numerator, model.points[index].denominator) = (nil, nil)
            (model.points[index].centre, model.points[index].lower, model.points[index].upper) = (nil, nil, nil)
        }
        if withheld.contains(true) { model.summary = "Figures over time; those too small to publish are left out." }
        return model
    }
}
