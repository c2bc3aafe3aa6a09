import Feeds
import Kernel

/// What a reader must know of a series, as sentences.
struct SeriesNotes {
    let data: SeriesData
    let scope: RowScope
    let people: PeopleCount

    func sentences(_ points: [MeasurePoint]) -> [String] {
        [oneForce, held, missing, early, population(points), apart(points), split, outside(points)].compactMap(\.self)
    }

    private var oneForce: String? {
        guard !data.otherForces.isEmpty, let force = data.held.forces.first else { return nil }
        return "Files of several forces are held. These figures are for \(force), which has the most months; "
            + "\(data.otherForces.joined(separator: ", ")) can be shown by keeping to that force."
    }

    private var held: String? {
        guard let range = data.range else {
            return "No \(data.definition.recipe.feed.inWords) are loaded for these months. Load the files first."
        }
        let span = Period.span(range.lowerBound, range.upperBound).inWords
        return data.request.by.isTime ? nil : "These figures are for \(span), added up."
    }

    private var missing: String? {
        let whole = data.held.whole
        let gaps = (data.range.map { Period.span($0.lowerBound, $0.upperBound).months } ?? [])
            .filter { !whole.contains($0) }
        guard !gaps.isEmpty else { return nil }
        let several = data.held.forces.count > 1 ? " for every force" : ""
        return
            "No file is held\(several) for \(gaps.map(\.inWords).joined(separator: ", ")). A missing month is not zero."
    }

    private var early: String? {
        let warmUp = data.definition.recipe.warmUp
        guard warmUp > 0 else { return nil }
        guard let first = data.firstStreet else {
            return "No street files are loaded, so no outcome can be joined to its crime. Load them first."
        }
        return "Figures start in \(first.adding(months: warmUp).inWords), a year after the first street file."
    }

    private func population(_ points: [MeasurePoint]) -> String? {
        guard data.definition.recipe.form == .perThousandPeople, let range = data.range else { return nil }
        guard data.areas.hasPeople else {
            return "No population is loaded, so there is no rate. Load population estimates for these areas."
        }
        guard points.contains(where: { $0.denominator != nil }) else {
            return "Several forces are loaded, and which people belong to each is not known. Keep the series to one "
                + "district, or show it by district."
        }
        let used = Set(
            Period.span(range.lowerBound, range.upperBound).months.compactMap { data.areas.vintage(for: $0.year) }
        ).sorted()
        return "People are estimates for \(used.joined(separator: ", "))."
    }

    // Notes go out with publications, so they hold no counts.
    private func apart(_ points: [MeasurePoint]) -> String? {
        guard points.contains(where: { ($0.apart ?? 0) > 0 }) else { return nil }
        return data.definition.recipe.feed == .outcomes
            ? "Outcomes whose crime is not held have no known wait. They are counted apart and are not in these figures."
            : "Rows with no outcome recorded are counted apart and are not in these figures."
    }

    private var split: String? {
        guard !scope.split.isEmpty, data.request.by == .lsoa || data.request.filter.keeping[.lsoa] != nil else {
            return nil
        }
        return "Some small areas were split in 2021, and some of these months use the earlier areas. Each of those is "
            + "shown as one area, with its parts of 2021 inside it."
    }

    private func outside(_ points: [MeasurePoint]) -> String? {
        points.contains { $0.group == AreaMap.outside && ($0.numerator ?? 0) > 0 }
            ? "The files place some of these in areas that are not loaded, mostly just over the boundary." : nil
    }
}
