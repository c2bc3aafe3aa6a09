import Kernel

/// Which tallies a series is kept to, and which group each belongs to.
struct RowScope: Sendable {
    typealias Place = AreaMap.Place

    let data: SeriesData
    /// LSOAs of 2011 that were split and occur among the rows.
    let split: Set<String>
    /// For each column, the numbers accepted; a column that is not here accepts all.
    private let accepted: [Int: Set<Int64>]
    /// The groups by the numbers of their words: several words can be one group.
    private let places: [Int64: Place]
    private let groupColumn: Int?

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
        groupColumn = data.definition.recipe.column(data.request.by).flatMap { data.columns.firstIndex(of: $0) }
    }

    func holds(_ tally: Tally) -> Bool {
        accepted.isEmpty || accepted.allSatisfy { index, numbers in numbers.contains(tally.key(index)) }
    }

    /// Whether people who live in this LSOA belong to what the series is kept to.
    func holds(livingIn code: String) -> Bool {
        data.request.filter.keeping.filter { $0.key.isArea && $0.key != .force }.allSatisfy { dimension, wanted in
            RowScope.matches(code, wanted, dimension, data.areas, split)
        }
    }

    /// Tallies that the series is kept to, added up by group; nothing for a series in time.
    func sums() -> [Place: SeriesBuilder.Sum] {
        if data.request.by == .force {
            return data.tallies.reduce(into: [:]) { sums, entry in
                let place = Place(code: entry.part.force, name: entry.part.force, parent: nil)
                for tally in entry.tallies where holds(tally) { sums[place, default: .init()].add(tally) }
            }
        }
        guard let groupColumn else { return [:] }
        var byNumber: [Int64: SeriesBuilder.Sum] = [:]
        for (_, tallies) in data.tallies {
            for tally in tallies where holds(tally) { byNumber[tally.key(groupColumn), default: .init()].add(tally) }
        }
        return byNumber.reduce(into: [:]) { sums, entry in
            let place = places[entry.key] ?? RowScope.blank(data.columns[groupColumn])
            sums[place, default: .init()].add(entry.value)
        }
    }

    /// Whether a tally of a part is kept and in the group of that code; nil stands for a series in time.
    func picker(of group: String?) -> (Tally, HeldPart) -> Bool {
        guard let group else { return { tally, _ in holds(tally) } }
        guard let groupColumn else { return { tally, part in part.force == group && holds(tally) } }
        let mine = numbers(of: group)[data.columns[groupColumn]] ?? []
        return { tally, _ in mine.contains(tally.key(groupColumn)) && holds(tally) }
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
    /// A name that nothing has would give zeros, and zeros are figures.
    /// - Throws: `Problem` naming the dimension and what it can be.
    func checkNames() throws {
        for (dimension, wanted) in data.request.filter.keeping where !isKnown(wanted, dimension) {
            let known = choices(dimension)
            let some =
                known.prefix(12).joined(separator: ", ") + (known.count > 12 ? " and \(known.count - 12) more" : "")
            throw Problem(
                .invalid, "No \(dimension.inWords) of that name is in the files loaded.",
                next: known.isEmpty ? "Load the files first." : "Choose one of: \(some).")
        }
    }

    private func isKnown(_ wanted: String, _ dimension: MeasureDimension) -> Bool {
        guard let column = data.definition.recipe.column(dimension), !data.held.parts.isEmpty else { return true }
        if wanted == RowScope.blank(column).code { return true }
        if !dimension.isArea {
            let listed = dimension == .crimeType ? ReferenceLists.crimeTypes : ReferenceLists.outcomeTypes
            return listed.contains(wanted) || choices(dimension).contains(wanted)
        }
        let codes = Set(data.areas.names.keys).union(data.areas.people.keys)
        return codes.contains { RowScope.matches($0, wanted, dimension, data.areas, split) }
    }

    private func choices(_ dimension: MeasureDimension) -> [String] {
        guard let column = data.definition.recipe.column(dimension), let kind = data.definition.recipe.wordKind(column)
        else { return [] }
        let words = data.words.filter { data.kinds[$0.key] == kind }.values
        guard dimension.isArea else { return words.sorted() }
        return Set(words.map { data.areas.place($0, by: dimension, split: split).name }).sorted()
    }

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
        guard let column = data.definition.recipe.column(data.request.by),
            let kind = data.definition.recipe.wordKind(column)
        else { return [:] }
        return data.words.filter { data.kinds[$0.key] == kind }.reduce(into: [:]) { places, word in
            if kind == 2 {
                places[word.key] = data.areas.place(word.value, by: data.request.by, split: split)
            } else {
                places[word.key] = Place(code: word.value, name: word.value, parent: nil)
            }
        }
    }

    private static func numbers(
        _ wanted: String, _ dimension: MeasureDimension, _ column: CellColumn, _ data: SeriesData, _ split: Set<String>
    ) -> Set<Int64> {
        if wanted == blank(column).code { return [0] }
        return Set(
            data.words.filter { number, word in
                data.kinds[number] == data.definition.recipe.wordKind(column)
                    && (dimension.isArea ? matches(word, wanted, dimension, data.areas, split) : word == wanted)
            }.keys)
    }

    /// An LSOA that was split stands for its parts and they for it, so that a change of boundary is no change of crime.
    private static func matches(
        _ code: String, _ wanted: String, _ dimension: MeasureDimension, _ areas: AreaMap, _ split: Set<String>
    ) -> Bool {
        let place = areas.place(code, by: dimension, split: split)
        if place.code == wanted || place.name == wanted { return true }
        return dimension == .lsoa && areas.names[wanted] != nil
            && place.code == areas.place(wanted, by: .lsoa, split: split).code
    }
}
