import Foundation
import Geography
import TestKit
import Testing

/// Counts are those of the published files of the four districts.
@Suite(.enabled(if: SharedData.root != nil, "\(SharedData.absence)"))
struct RealBoundaryTests {
    private static func areas(_ folder: String) throws -> [Area] {
        try (1...4).flatMap {
            let set = try BoundarySet(geoJSON: SharedData.bytes("geography/\(folder)/E0600000\($0).geojson"))
            #expect(set.refused.isEmpty)
            return set.areas
        }
    }

    private static func districts() throws -> [Area] {
        try BoundarySet(geoJSON: SharedData.bytes("geography/cleveland_lad_derived.geojson"), vintage: 2023).areas
    }

    @Test(
        "Each real file is recognised by its properties",
        arguments: [
            ("lsoa", Area.Kind.lsoa, 2021, 359), ("lsoa11", .lsoa, 2011, 352), ("msoa", .msoa, 2021, 75),
            ("ward", .ward, 2025, 83), ("ward13", .ward, 2013, 82),
        ])
    func recognised(folder: String, kind: Area.Kind, vintage: Int, count: Int) throws {
        let areas = try Self.areas(folder)
        #expect(areas.count == count)
        #expect(Set(areas.map(\.code)).count == count)
        #expect(areas.allSatisfy { $0.kind == kind && $0.vintage == vintage && $0.name != $0.code })
    }

    @Test("The derived district and force files are read, with the vintage that the caller gives")
    func derived() throws {
        #expect(
            try Self.districts().map(\.name) == [
                "Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees",
            ])
        let force = try BoundarySet(geoJSON: SharedData.bytes("geography/cleveland_pfa_derived.geojson"))
        #expect(force.areas.map(\.code) == ["E23000013"])
        #expect(force.areas.first?.kind == .force)
        #expect(force.areas.first?.vintage == nil)
    }

    @Test("Every LSOA of 2021 falls in exactly one district, the one that the denominators file names")
    func oneDistrict() throws {
        let index = try AreaIndex(Self.districts())
        let named = try Self.districtByLSOA()
        let lsoas = try Self.areas("lsoa")
        #expect(lsoas.count == named.count)
        for lsoa in lsoas {
            let point = try #require(lsoa.pointOnSurface)
            let found = index.areas(holding: point).map(\.code)
            #expect(found == [named[lsoa.code]])
            #expect(lsoa.district == named[lsoa.code])
        }
    }

    private static func districtByLSOA() throws -> [String: String] {
        let bytes = try SharedData.bytes("deprivation/lsoa21_denominators_derived.csv")
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
        let pairs = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[2])) })
    }

    @Test("The best fit gives every LSOA a ward of its own district, most of them by a point on the surface")
    func wardsFit() throws {
        let wards = try Self.areas("ward")
        let lsoas = try Self.areas("lsoa")
        let fits = try BestFit.fit(lsoas, in: AreaIndex(wards))
        let districtOfWard = Dictionary(uniqueKeysWithValues: wards.map { ($0.code, $0.district) })
        #expect(fits.count == 359)
        for (lsoa, fit) in zip(lsoas, fits) {
            let parent = try #require(fit.parent, "\(lsoa.code) has no ward")
            #expect(districtOfWard[parent] == lsoa.district, "\(lsoa.code)")
        }
        #expect(fits.filter { $0.method == .pointOnSurface }.count >= 355)
    }

    @Test("The town hall square of Hartlepool lies in Hartlepool and in one LSOA of it; the open sea lies nowhere")
    func hartlepool() throws {
        let square = Position(longitude: -1.2128, latitude: 54.6863)
        #expect(try AreaIndex(Self.districts()).area(holding: square)?.name == "Hartlepool")
        let lsoas = try AreaIndex(Self.areas("lsoa"))
        #expect(lsoas.areas(holding: square).count == 1)
        #expect(lsoas.area(holding: square)?.district == "E06000001")
        #expect(lsoas.area(holding: Position(longitude: 0.5, latitude: 54.9)) == nil)
    }

    @Test("A published point of each LSOA falls in that LSOA, of one vintage or the other")
    func publishedCentres() throws {
        let index = try AreaIndex(Self.areas("lsoa11") + Self.areas("lsoa"))
        let text = String(decoding: try SharedData.bytes("geography/lsoa_latlong_cleveland.csv"), as: UTF8.self)
        var (right, all) = (0, 0)
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 4, fields[0] == fields[3], let latitude = Double(fields[1]),
                let longitude = Double(fields[2])
            else { continue }
            all += 1
            let held = index.areas(holding: Position(longitude: longitude, latitude: latitude))
            right += held.contains { $0.code == fields[0] } ? 1 : 0
        }
        // A centre of population can lie outside a crescent, and the outlines are generalised.
        #expect(all > 300)
        #expect(Double(right) >= 0.95 * Double(all), "\(right) of \(all)")
    }

    @Test("The look-up has each area once, with ward, district and force, in any order of input")
    func lookup() throws {
        let force = try BoundarySet(geoJSON: SharedData.bytes("geography/cleveland_pfa_derived.geojson")).areas
        let input = try Self.areas("lsoa") + Self.areas("lsoa11") + Self.areas("ward") + Self.districts() + force
        let rows = try AreaLookup(input).rows
        #expect(rows.count == 359 + 352 + 83 + 4 + 1)
        let lsoas = rows.filter { $0.kind == .lsoa }
        #expect(lsoas.allSatisfy { $0.ward != nil && $0.district != nil && $0.force == "E23000013" })
        #expect(rows.filter { $0.code == "E01011949" }.map(\.vintage) == [2011, 2021])
        var generator = SystemRandomNumberGenerator()
        #expect(try AreaLookup(input.shuffled(using: &generator)).rows == rows)
    }
}
