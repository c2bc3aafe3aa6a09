import Kernel
import Ledger

/// LSOAs, what they are part of, and how many people live there. Made of whatever reference data is loaded; without any,
/// the district is read from the LSOA's name (`Hartlepool 009A`).
struct AreaMap: Sendable {
    /// An area or another group. One code is one group, whatever the names that files give it.
    struct Place: Sendable, Hashable {
        let code: String
        let name: String
        let parent: String?

        static func == (left: Place, right: Place) -> Bool { left.code == right.code }

        func hash(into hasher: inout Hasher) { hasher.combine(code) }
    }

    static let noLocation = "No location"
    static let outside = "Outside the areas loaded"

    /// By code.
    var names: [String: String] = [:]
    /// By code, then by vintage.
    var people: [String: [String: Double]] = [:]
    var wards: [String: String] = [:]
    var wardNames: [String: String] = [:]
    /// That of the ward's first LSOA.
    var wardDistricts: [String: String] = [:]
    var forces: [String: String] = [:]
    /// LSOAs of 2011 that were split, each with its parts of 2021; the reverse; and those that were merged.
    var parts: [String: [String]] = [:]
    var wholes: [String: String] = [:]
    var merged: [String: String] = [:]

    /// Of the people, oldest first.
    var vintages: [String] = []
    var hasPeople: Bool { !people.isEmpty }
    var hasWards: Bool { !wards.isEmpty }

    /// The vintage for a year: the latest that is not after it, or the earliest there is.
    func vintage(for year: Int) -> String? {
        vintages.last { (Int($0.prefix(4)) ?? Int.max) <= year } ?? vintages.first
    }

    func isInside(_ code: String) -> Bool {
        guard hasPeople || hasWards else { return true }
        return isKnown(code) || merged[code].map(isKnown) ?? false || parts[code]?.contains(where: isKnown) ?? false
    }

    private func isKnown(_ code: String) -> Bool { people[code] != nil || wards[code] != nil }

    /// The area of kind `dimension` that an LSOA is in.
    /// - Parameter split: LSOAs of 2011 that occur in the period: their parts of 2021 are then shown as one with them.
    func place(_ code: String, by dimension: MeasureDimension, split: Set<String> = []) -> Place {
        if code.isEmpty { return Place(code: AreaMap.noLocation, name: AreaMap.noLocation, parent: nil) }
        guard isInside(code) else { return Place(code: AreaMap.outside, name: AreaMap.outside, parent: nil) }
        switch dimension {
        case .ward: return ward(code)
        case .lsoa: return small(code, split)
        default: return Place(code: district(code), name: district(code), parent: nil)
        }
    }

    /// By name: an LSOA's name is its district's and a number.
    func district(_ code: String) -> String {
        guard let name = names[merged[code] ?? code] ?? names[code], let end = name.lastIndex(of: " ") else {
            return code
        }
        return String(name[..<end])
    }

    private func ward(_ code: String) -> Place {
        let known = [code, merged[code]].compactMap(\.self) + (parts[code] ?? [])
        guard let ward = known.lazy.compactMap({ wards[$0] }).first else {
            return Place(code: "Ward not known", name: "Ward not known", parent: district(code))
        }
        return Place(code: ward, name: wardNames[ward] ?? ward, parent: wardDistricts[ward])
    }

    private func small(_ code: String, _ split: Set<String>) -> Place {
        if let whole = parts[code] != nil ? code : wholes[code].flatMap({ split.contains($0) ? $0 : nil }) {
            return Place(
                code: whole, name: (names[whole] ?? whole) + " (as it was in 2011)", parent: district(whole))
        }
        let present = merged[code] ?? code
        return Place(code: present, name: names[present] ?? present, parent: district(present))
    }

    /// Estimated people by area of a kind, of one vintage. Every LSOA counts once.
    func population(by dimension: MeasureDimension, vintage: String, split: Set<String> = []) -> [Place: Double] {
        var sums: [Place: Double] = [:]
        for (code, counts) in people {
            guard let count = counts[vintage] else { continue }
            sums[place(code, by: dimension, split: split), default: 0] += count
        }
        return sums
    }

    /// Everybody in the LSOAs that `holds` accepts.
    func population(vintage: String, where holds: (String) -> Bool) -> Double? {
        let counts = people.filter { holds($0.key) }.compactMap { $0.value[vintage] }
        return counts.isEmpty ? nil : counts.reduce(0, +)
    }
}

extension AreaMap {
    /// Changes whenever reference data or the list of LSOAs does.
    static func stamp(_ reading: any Reading) throws -> [Int64] {
        // A word is never taken away, so that its highest number stands for how many there are.
        let found = try reading.row(
            """
            SELECT (SELECT MAX(id) FROM feed_word), (SELECT COUNT(*) FROM feed_population),
                (SELECT MAX(loaded) FROM feed_population), (SELECT COUNT(*) FROM feed_area),
                (SELECT COUNT(*) FROM feed_area_change)
            """)
        return (0..<5).map { found?.integer($0) ?? 0 }
    }

    static func read(_ reading: any Reading) throws -> AreaMap {
        var map = AreaMap()
        for row in try reading.rows("SELECT word, detail FROM feed_word WHERE kind = 2") {
            map.names[row.text(0)] = row.optionalText(1)
        }
        for row in try reading.rows("SELECT area, vintage, name, people FROM feed_population") {
            map.names[row.text(0)] = row.text(2)
            map.people[row.text(0), default: [:]][row.text(1)] = row.real(3)
        }
        map.vintages = Set(map.people.values.flatMap(\.keys)).sorted()
        try map.readChanges(reading)
        try map.readAreas(reading)
        for (code, ward) in map.wards.sorted(by: { $0.key > $1.key }) { map.wardDistricts[ward] = map.district(code) }
        return map
    }

    private mutating func readChanges(_ reading: any Reading) throws {
        var later: [String: [String]] = [:]
        let rows = try reading.rows(
            "SELECT earlier, later, earlier_name FROM feed_area_change WHERE earlier <> later ORDER BY earlier, later")
        for row in rows {
            later[row.text(0), default: []].append(row.text(1))
            if names[row.text(0)] == nil { names[row.text(0)] = row.text(2) }
        }
        for (earlier, codes) in later {
            if codes.count == 1 {
                merged[earlier] = codes[0]
            } else {
                parts[earlier] = codes
                for code in codes { wholes[code] = earlier }
            }
        }
    }

    /// The latest vintage of each wins: rows come oldest first.
    private mutating func readAreas(_ reading: any Reading) throws {
        for row in try reading.rows("SELECT code, kind, name, ward, force FROM feed_area ORDER BY vintage") {
            switch row.text(1) {
            case "lsoa":
                if names[row.text(0)] == nil { names[row.text(0)] = row.text(2) }
                if let ward = row.optionalText(3), !ward.isEmpty { wards[row.text(0)] = ward }
                if let force = row.optionalText(4), !force.isEmpty { forces[row.text(0)] = force }
            case "ward": wardNames[row.text(0)] = row.text(2)
            default: break
            }
        }
    }
}
