import Kernel

/// How many people a figure is divided by.
struct PeopleCount {
    private let areas: AreaMap
    private let isRate: Bool
    /// By vintage; empty where it is not known which of the people loaded belong here.
    private var totals: [String: Double] = [:]
    private var byPlace: [String: [AreaMap.Place: Double]] = [:]

    init(_ data: SeriesData, _ scope: RowScope) {
        areas = data.areas
        isRate = data.definition.recipe.form == .perThousandPeople
        let by = data.request.by
        let keepsToArea = data.request.filter.keeping.keys.contains { $0.isArea && $0 != .force }
        let isBySmallerArea = by.isArea && by != .force
        guard isRate || isBySmallerArea else { return }
        for (code, counts) in areas.people where scope.holds(livingIn: code) {
            let place = isBySmallerArea ? areas.place(code, by: by, split: scope.split) : nil
            for (vintage, count) in counts {
                if let place { byPlace[vintage, default: [:]][place, default: 0] += count }
                if keepsToArea || (data.held.forces.count == 1 && data.otherForces.isEmpty) {
                    totals[vintage, default: 0] += count
                }
            }
        }
    }

    /// Nil when nothing is loaded, or when it is not known which of the people loaded belong here.
    func people(at period: Period, _ place: AreaMap.Place?) -> Double? {
        guard isRate, let vintage = areas.vintage(for: period.last.year) else { return nil }
        if let place, let places = byPlace[vintage] { return places[place] }
        return totals[vintage]
    }

    /// Areas where people live, so that one without a crime is shown as zero.
    func everyPlace(at period: Period) -> [AreaMap.Place] {
        areas.vintage(for: period.last.year).flatMap { byPlace[$0]?.keys.map(\.self) } ?? []
    }
}
