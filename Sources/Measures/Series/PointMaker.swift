import Kernel
import Statistics

/// One point from its counts, with its interval.
struct PointMaker {
    let definition: MeasureDefinition

    static func gap(_ period: Period) -> MeasurePoint {
        MeasurePoint(
            period: period, group: nil, groupName: nil, parent: nil, numerator: nil, denominator: nil, value: nil,
            low: nil, high: nil, signal: MeasurePoint.noData, apart: nil)
    }

    /// - Parameters:
    ///   - held: months held of the `of` months that the period has.
    func point(
        _ period: Period, _ place: AreaMap.Place?, _ sum: SeriesBuilder.Sum, people: Double?, held: Int, of months: Int,
        isTooEarly: Bool
    ) -> MeasurePoint {
        let numerator = isRatio ? sum.hit : sum.base
        let denominator = isRatio ? Double(sum.base) : people
        let obstacle = obstacle(sum, people: people, held: held, of: months, isTooEarly: isTooEarly)
        let figure = obstacle == nil ? figure(numerator, denominator) : nil
        return MeasurePoint(
            period: period, group: place?.code, groupName: place.flatMap { $0.name == $0.code ? nil : $0.name },
            parent: place?.parent, numerator: numerator, denominator: denominator, value: figure?.value,
            low: figure?.interval?.low, high: figure?.interval?.high, signal: obstacle,
            apart: definition.recipe.apart.isEmpty ? nil : sum.apart)
    }

    private var isRatio: Bool {
        switch definition.recipe.form {
        case .share, .mean: true
        case .count, .perThousandPeople: false
        }
    }

    /// Why there can be no figure, in words.
    private func obstacle(
        _ sum: SeriesBuilder.Sum, people: Double?, held: Int, of months: Int, isTooEarly: Bool
    ) -> String? {
        if isTooEarly { return "too early: a year of earlier street files is not held" }
        if !isRatio, held < months { return "only \(held) of \(months) months held" }
        switch definition.recipe.form {
        case .perThousandPeople where (people ?? 0) <= 0: return "no population loaded for this area"
        case .share where sum.base == 0, .mean where sum.base == 0: return "nothing to divide by"
        default: return nil
        }
    }

    private func figure(_ numerator: Int, _ denominator: Double?) -> (value: Double, interval: Interval?)? {
        switch definition.recipe.form {
        case .count:
            return (Double(numerator), try? PoissonInterval.around(count: numerator))
        case .perThousandPeople:
            guard let rate = try? Rate(events: numerator, exposure: (denominator ?? 0) / 1000), let value = rate.value
            else { return nil }
            return (value, try? PoissonInterval.around(rate))
        case .share:
            guard let share = try? Proportion(events: numerator, of: Int(denominator ?? 0)), let value = share.value
            else { return nil }
            return (value, try? WilsonInterval.around(share))
        case .mean:
            return denominator.map { (Double(numerator) / $0, nil) }
        }
    }
}
