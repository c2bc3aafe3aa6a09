import Kernel

/// An invented area. Codes lie far outside the ranges that the Office for National Statistics has given out.
public struct SampleArea: Sendable, Hashable {
    public enum Kind: String, Sendable, Codable {
        case lsoa, ward, district, force
    }

    public let code: String
    public let name: String
    public let kind: Kind
    /// 2021 for LSOAs, 2025 for wards, 2023 for districts and the force.
    public let vintage: Int
    public let ward: String?
    public let district: String?
    public let force: String?
    /// People who live there: invented, and exact.
    public let population: Int
    /// South-west and north-east corners, in millionths of a degree.
    let box: Box
}

struct Box: Sendable, Hashable {
    let west: Int
    let south: Int
    let east: Int
    let north: Int

    func joined(with other: Box) -> Box {
        Box(
            west: min(west, other.west), south: min(south, other.south), east: max(east, other.east),
            north: max(north, other.north))
    }

    /// A closed ring, anticlockwise, as GeoJSON wants it (RFC 7946, 3.1.6).
    var ring: String {
        Box.ring([(west, south), (east, south), (east, north), (west, north), (west, south)])
    }

    static func ring(_ corners: [(longitude: Int, latitude: Int)]) -> String {
        "[" + corners.map { "[\(degrees($0.longitude)),\(degrees($0.latitude))]" }.joined(separator: ",") + "]"
    }
}

/// The map of the invented force: four districts, six LSOAs to a ward, drawn as squares on the open North Sea, so that
/// nobody can take a point for a real street.
struct SampleMap {
    struct District {
        let name: String
        let wards: [String]
        let column: Int
        let row: Int
        /// Recorded crime per head against the force as a whole, in per cent.
        let rate: Int
    }

    static let force = (code: "E23000901", name: "Fellbrook")
    static let districts = [
        District(
            name: "Merrowport", wards: ["Anchor", "Capstan", "Harbour", "Merrow Sands", "Netloft", "Tallow Row"],
            column: 0, row: 0, rate: 145),
        District(
            name: "Ostermoor", wards: ["Cotton Edge", "Heather", "Peatfield", "Whinside"], column: 0, row: 6, rate: 80),
        District(
            name: "Quillhaven", wards: ["Bramble", "Inkwell", "Parchment", "Quill", "Vellum"], column: 6, row: 0,
            rate: 105),
        District(
            name: "Tarnwold", wards: ["Alderbeck", "Coppice", "Fold", "Greywater", "Larch", "Shale", "Tarn"],
            column: 6, row: 5, rate: 70),
    ]

    let lsoas: [SampleArea]
    let wards: [SampleArea]
    let wholes: [SampleArea]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: 1)
        var (lsoas, wards, districts) = ([SampleArea](), [SampleArea](), [SampleArea]())
        for (number, district) in SampleMap.districts.enumerated() {
            let code = "E0600090\(number + 1)"
            var own: [SampleArea] = []
            for (row, name) in district.wards.enumerated() {
                let ward = "E059\(padded(wards.count + 1, 5))"
                let cells = (0..<6).map { letter in
                    SampleMap.lsoa(district, row, letter, lsoas.count + letter + 1, ward, code, &generator)
                }
                lsoas += cells
                own += cells
                wards.append(SampleMap.sum(cells, .ward, ward, name, 2025, district: code))
            }
            districts.append(SampleMap.sum(own, .district, code, district.name, 2023, district: nil))
        }
        (self.lsoas, self.wards) = (lsoas, wards)
        wholes =
            districts + [
                SampleMap.sum(districts, .force, SampleMap.force.code, SampleMap.force.name, 2023, district: nil)
            ]
    }

    var all: [SampleArea] { lsoas + wards + wholes }

    private static func lsoa(
        _ district: District, _ row: Int, _ letter: Int, _ number: Int, _ ward: String, _ code: String,
        _ generator: inout SeededGenerator
    ) -> SampleArea {
        let west = 1_200_000 + (district.column + letter) * 10_000
        let south = 55_300_000 + (district.row + row) * 6_000
        let mark = ["A", "B", "C", "D", "E", "F"][letter]
        return SampleArea(
            code: "E019\(padded(number, 5))", name: "\(district.name) \(padded(row + 1, 3))\(mark)", kind: .lsoa,
            vintage: 2021, ward: ward, district: code, force: force.code, population: 1200 + generator.below(900),
            box: Box(west: west, south: south, east: west + 10_000, north: south + 6_000))
    }

    private static func sum(
        _ parts: [SampleArea], _ kind: SampleArea.Kind, _ code: String, _ name: String, _ vintage: Int,
        district: String?
    ) -> SampleArea {
        let start = Box(west: .max, south: .max, east: .min, north: .min)
        return SampleArea(
            code: code, name: name, kind: kind, vintage: vintage, ward: nil, district: district,
            force: kind == .force ? nil : force.code, population: parts.reduce(0) { $0 + $1.population },
            box: parts.reduce(start) { $0.joined(with: $1.box) })
    }
}

func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
