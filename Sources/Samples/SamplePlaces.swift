import Kernel

/// Map points to which incidents are snapped, eight to an LSOA, as the published files do it.
struct SamplePlaces {
    /// `longitude,latitude,location,LSOA code,LSOA name` ready to be written.
    let tails: [[UInt8]]
    /// Latitude first, as stop and search has it.
    let points: [(latitude: String, longitude: String)]
    private let ordinary: [Int]
    private let retail: [Int]

    private static let firsts = [
        "Amberley", "Barley", "Cinder", "Dove", "Elderflower", "Finch", "Gorse", "Hazel", "Ivory", "Juniper", "Kestrel",
        "Linnet", "Mallow", "Nettle", "Osier", "Plover",
    ]
    private static let lasts = ["Street", "Road", "Close", "Avenue", "Terrace", "Lane", "Walk", "Gardens"]
    private static let spots = ["Supermarket", "Parking Area", "Park/Open Space", "Shopping Area", "Petrol Station"]
    private static let each = 8

    init(_ map: SampleMap, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: 2)
        var tails: [[UInt8]] = []
        var points: [(latitude: String, longitude: String)] = []
        var (ordinary, retail) = ([Int](), [Int]())
        for area in map.lsoas {
            let weight = SamplePlaces.weight(area, &generator)
            let isCentre = area.name.hasSuffix("001A")
            for number in 0..<SamplePlaces.each {
                let longitude = degrees(area.box.west + 500 + generator.below(9_000))
                let latitude = degrees(area.box.south + 300 + generator.below(5_400))
                let location = SamplePlaces.location(number, &generator)
                tails.append(Array("\(longitude),\(latitude),\(location),\(area.code),\(area.name)".utf8))
                points.append((latitude, longitude))
                ordinary.append(weight * (isCentre ? 3 : 1))
                retail.append(weight * (isCentre ? 25 : 1))
            }
        }
        (self.tails, self.points) = (tails, points)
        (self.ordinary, self.retail) = (ladder(ordinary), ladder(retail))
    }

    func pick(retail isRetail: Bool, _ generator: inout SeededGenerator) -> Int {
        generator.step(isRetail ? retail : ordinary)
    }

    /// By people, by district, and skewed between neighbours.
    private static func weight(_ area: SampleArea, _ generator: inout SeededGenerator) -> Int {
        let district = SampleMap.districts.first { area.name.hasPrefix($0.name) }
        let skew = generator.below(100)
        return area.population * (district?.rate ?? 100) * (40 + skew * skew / 50) / 1000
    }

    private static func location(_ number: Int, _ generator: inout SeededGenerator) -> String {
        if number == 0 { return "On or near \(generator.pick(spots))" }
        return "On or near \(generator.pick(firsts)) \(generator.pick(lasts))"
    }
}
