import Kernel

/// Which tallies a series is kept to, and which group each belongs to.
struct RowScope: Sendable {
    typealias Place = AreaMap.Place

    let data: SeriesData
    /// LSOAs of 2011 that were split and occur among the rows.
    let split: Set<String>
    /// For each column, the numbers accepted; a column that is not here accepts all.
    private let accepted: [Int: Set<Int64>]
    private let places: [Int64: Place]

    init(_ data: SeriesData) {
        self.data = data
        split = RowScope.split(data)
        var accepted: [Int: Set<Int64>] = [:]
        for (dimension, wanted) in data.request.filter.keeping {
            guard let column = data.definition.recipe.column(dimension), let index = data.columns.firstIndex(of: column)
            else { continue }
            let numbers = RowScope.numbers(wanted, dimension, column, data, split)
            accepted[index] = accepted[index].map { $0.intersection(numbers) } ?? numbers
        }
        self.accepted = accepted
        places = RowScope.places(data, split)
    }

    func holds(_ tally: Tally) -> Bool {
        accepted.allSatisfy { index, numbers in numbers.contains(tally.key(index)) }
    }

    /// Whether people who live in this LSOA belong to what the series is kept to.
    func holds(livingIn code: String) -> Bool {
        data.request.filter.keeping.filter { $0.key.isArea && $0.key != .force }.allSatisfy { dimension, wanted in
            RowScope.matches(code, wanted, dimension, data.areas, split)
        }
    }

    /// The group of a tally of a part; nil in a series in time.
    func group(_ tally: Tally, _ part: HeldPart) -> Place? {
        if data.request.by.isTime { return nil }
        if data.request.by == .force { return Place(code: part.force, name: part.force, parent: nil) }
        guard let column = data.definition.recipe.column(data.request.by),
            let index = data.columns.firstIndex(of: column)
        else { return nil }
        return places[tally.key(index)] ?? RowScope.blank(column)
    }

    /// For each column kept to or grouped by, the numbers of its words that `group` and the filter accept; for rows.
    func numbers(of group: String?) -> [CellColumn: Set<Int64>] {
        var numbers: [CellColumn: Set<Int64>] = [:]
        for (index, set) in accepted { numbers[data.columns[index]] = set }
        guard let group, let column = data.definition.recipe.column(data.request.by) else { return numbers }
        var mine = Set(places.filter { $0.value.code == group }.keys)
        if RowScope.blank(column).code == group { mine.insert(0) }
        numbers[column] = numbers[column].map { $0.intersection(mine) } ?? mine
        return numbers
    }
}

extension RowScope {
    static func blank(_ column: CellColumn) -> Place {
        let name =
            switch column {
            case .lsoa: AreaMap.noLocation
            case .crimeType: "Crime not held"
            default: "Not recorded"
            }
        return Place(code: name, name: name, parent: nil)
    }

    private static func split(_ data: SeriesData) -> Set<String> {
        guard let index = data.columns.firstIndex(of: .lsoa), !data.areas.parts.isEmpty else { return [] }
        var found: Set<String> = []
        for (_, tallies) in data.tallies {
            for tally in tallies {
                if let code = data.words[tally.key(index)], data.areas.parts[code] != nil { found.insert(code) }
            }
        }
        return found
    }

    private static func places(_ data: SeriesData, _ split: Set<String>) -> [Int64: Place] {
        guard let column = data.definition.recipe.column(data.request.by), let kind = data.definition.recipe.wordKind(column)
        else { return [:] }
        return data.words.reduce(into: [:]) { places, word in
            if kind == 2 {
                places[word.key] = data.areas.place(word.value, by: data.request.by, split: split)
            } else {
                places[word.key] = Place(code: word.value, name: word.value, parent: nil)
            }
        }
    }

    private static func numbers(
        _ wanted: String, _ dimension: Dimension, _ column: CellColumn, _ data: SeriesData, _ split: Set<String>
    ) -> Set<Int64> {
        if wanted == blank(column).code { return [0] }
        return Set(
            data.words.filter { _, word in
                dimension.isArea ? matches(word, wanted, dimension, data.areas, split) : word == wanted
            }.keys)
    }

    /// An LSOA that was split stands for its parts and they for it, so that a change of boundary is no change of crime.
    private static func matches(
        _ code: String, _ wanted: String, _ dimension: Dimension, _ areas: AreaMap, _ split: Set<String>
    ) -> Bool {
        let place = areas.place(code, by: dimension, split: split)
        if place.code == wanted || place.name == wanted { return true }
        return dimension == .lsoa && areas.names[wanted] != nil
            && place.code == areas.place(wanted, by: .lsoa, split: split).code
    }
}
