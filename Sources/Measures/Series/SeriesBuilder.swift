import Kernel

/// Makes points of what was read. Pure.
struct SeriesBuilder {
    struct Sum: Equatable {
        var hit = 0
        var base = 0
        var apart = 0

        mutating func add(_ tally: Tally) { add(Sum(hit: tally.hit, base: tally.base, apart: tally.apart)) }

        mutating func add(_ other: Sum) {
            hit += other.hit
            base += other.base
            apart += other.apart
        }
    }

    let data: SeriesData
    let scope: RowScope
    private let denominators: PeopleCount

    init(_ data: SeriesData) {
        self.data = data
        scope = RowScope(data)
        denominators = PeopleCount(data, scope)
    }

    func series() -> MeasureSeries {
        let points = data.request.by.isTime ? pointsInTime() : pointsByGroup()
        return MeasureSeries(
            definition: data.definition, request: data.request, points: points,
            notes: SeriesNotes(data: data, scope: scope, people: denominators).sentences(points), missing: missing)
    }

    var missing: [Month] {
        let whole = data.held.whole
        return (data.range.map { Period.span($0.lowerBound, $0.upperBound).months } ?? []).filter {
            !whole.contains($0)
        }
    }

    private func pointsInTime() -> [MeasurePoint] {
        guard let range = data.range else { return [] }
        var sums: [Month: Sum] = [:]
        for (part, tallies) in data.tallies {
            for tally in tallies where scope.holds(tally) { sums[part.month, default: Sum()].add(tally) }
        }
        let whole = data.held.whole
        return periods(range).map { period in
            let held = period.months.filter { range.contains($0) && whole.contains($0) }
            guard !held.isEmpty else { return PointMaker.gap(period) }
            let sum = held.reduce(into: Sum()) { $0.add(sums[$1] ?? Sum()) }
            return maker.point(
                period, nil, sum, people: denominators.people(at: period, nil),
                held: held.count, of: period.months.count, isTooEarly: isTooEarly(period))
        }
    }

    private func periods(_ range: ClosedRange<Month>) -> [Period] {
        let all = Period.span(range.lowerBound, range.upperBound).months
        var periods: [Period] = []
        for period in all.compactMap({ Period.containing($0, by: data.request.by) }) where periods.last != period {
            periods.append(period)
        }
        return periods
    }

    private func pointsByGroup() -> [MeasurePoint] {
        guard let range = data.range, missing.count < Period.span(range.lowerBound, range.upperBound).months.count
        else { return [] }
        let period = Period.span(range.lowerBound, range.upperBound)
        var sums = scope.sums()
        for place in denominators.everyPlace(at: period) where sums[place] == nil { sums[place] = Sum() }
        let ordered = sums.sorted { ($0.key.name, $0.key.code) < ($1.key.name, $1.key.code) }
        return ordered.map { place, sum in
            maker.point(
                period, place, sum, people: denominators.people(at: period, place), held: 1, of: 1, isTooEarly: false)
        }
    }

    private var maker: PointMaker { PointMaker(definition: data.definition) }

    private func isTooEarly(_ period: Period) -> Bool {
        let warmUp = data.definition.recipe.warmUp
        guard warmUp > 0 else { return false }
        return data.firstStreet.map { period.first < $0.adding(months: warmUp) } ?? true
    }
}
