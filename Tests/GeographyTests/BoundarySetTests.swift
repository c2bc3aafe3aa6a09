import Geography
import Kernel
import Testing

@Suite struct BoundarySetTests {
    private func file(_ properties: String, _ geometry: String) -> [UInt8] {
        let feature = #"{"type":"Feature","properties":\#(properties),"geometry":\#(geometry)}"#
        return Array(#"{"type":"FeatureCollection","features":[\#(feature)]}"#.utf8)
    }

    private let square = #"{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}"#

    @Test(
        "ONS column names give kind and vintage, in either case, and other columns are passed over",
        arguments: [
            (#"{"LSOA21CD":"E01900001","LSOA21NM":"Here 001A","FID":3}"#, Area.Kind.lsoa, 2021, "Here 001A"),
            (#"{"lsoa11cd":"E01900001","lsoa11nm":"Here 001A","lsoa11nmw":" "}"#, .lsoa, 2011, "Here 001A"),
            (#"{"WD25CD":"E05900001","WD25NM":"North","LAD25CD":"E06000901","LAD25NM":"Here"}"#, .ward, 2025, "North"),
            (#"{"LAD23CD":"E06000901","LAD23NM":"Here"}"#, .district, 2023, "Here"),
            (#"{"PFA23CD":"E23000901","PFA23NM":"All"}"#, .force, 2023, "All"),
            (#"{"MSOA21CD":"E02900001"}"#, .msoa, 2021, "E02900001"),
        ])
    func columns(properties: String, kind: Area.Kind, vintage: Int, name: String) throws {
        let area = try #require(try BoundarySet(geoJSON: file(properties, square)).areas.first)
        #expect(area.kind == kind)
        #expect(area.vintage == vintage)
        #expect(area.name == name)
        #expect(area.district == (kind == .ward ? "E06000901" : nil))
    }

    @Test("A vintage given by the caller is used only where the file has none")
    func vintageOfCaller() throws {
        #expect(
            try BoundarySet(geoJSON: file(#"{"LADCD":"E06000901"}"#, square), vintage: 2023).areas[0].vintage == 2023)
        #expect(
            try BoundarySet(geoJSON: file(#"{"LAD21CD":"E06000901"}"#, square), vintage: 2023).areas[0].vintage == 2021)
    }

    @Test(
        "What is no boundary file is refused with what to do next",
        arguments: [
            ("", "not a GeoJSON"), ("{", "not a GeoJSON"), ("[1,2]", "not a GeoJSON"),
            ("\u{0}\u{1}\u{2}", "not a GeoJSON"),
            (#"{"type":"FeatureCollection","features":[]}"#, "not a GeoJSON"),
            (#"{"type":"Topology","features":[]}"#, "not a GeoJSON"),
        ])
    func refused(text: String, message: String) {
        let problem = #expect(throws: Problem.self) { try BoundarySet(geoJSON: Array(text.utf8)) }
        #expect(problem?.message.contains(message) == true)
        #expect(problem?.next.isEmpty == false)
    }

    @Test("Deep nesting is refused and does not overflow the stack")
    func deepNesting() {
        let bytes = Array(String(repeating: "[", count: 2_000_000).utf8)
        #expect(throws: Problem.self) { try BoundarySet(geoJSON: bytes) }
    }

    @Test("A point, a missing shape, a grid in metres, an unknown column and a large file are each named")
    func wrongContent() {
        let code = #"{"LSOA21CD":"E01900001"}"#
        let metres = #"{"type":"Polygon","coordinates":[[[450000,5],[450001,5],[450001,6],[450000,5]]]}"#
        let cases: [([UInt8], Int, String)] = [
            (file(code, #"{"type":"Point","coordinates":[1,2]}"#), 10_000, "as Point"),
            (file(code, "null"), 10_000, "no shape"),
            (
                file(code, metres), 10_000, "degrees"
            ),
            (file(code, #"{"type":"Polygon","coordinates":[[[1],[2],[3],[1]]]}"#), 10_000, "degrees"),
            (file(#"{"NAME":"Here"}"#, square), 10_000, "no code that we know"),
            (file(code, square), 10, "larger"),
        ]
        for (bytes, limit, words) in cases {
            let problem = #expect(throws: Problem.self) { try BoundarySet(geoJSON: bytes, sizeLimit: limit) }
            #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "") should have \(words)")
        }
    }

    @Test("A bow tie is repaired and said to be; a ring that does not close is refused by code")
    func repaired() throws {
        let bowTie = #"{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"#
        let mended = try BoundarySet(geoJSON: file(#"{"LSOA21CD":"E01900001"}"#, bowTie))
        #expect(mended.repaired.map(\.code) == ["E01900001"])
        #expect(mended.areas.count == 1)
        let index = try AreaIndex(mended.areas)
        #expect(index.area(holding: Position(longitude: 1, latitude: 1.8)) == nil)
        #expect(index.area(holding: Position(longitude: 1.8, latitude: 1))?.code == "E01900001")

        let open = #"{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2]]]}"#
        let refused = try BoundarySet(geoJSON: file(#"{"LSOA21CD":"E01900001"}"#, open))
        #expect(refused.areas.isEmpty)
        #expect(refused.refused.map(\.code) == ["E01900001"])
    }
}

@Suite struct AreaIndexTests {
    private func area(_ code: String, _ west: Double, _ east: Double, vintage: Int = 2021) throws -> Area {
        let ring = "[[\(west),0],[\(east),0],[\(east),1],[\(west),1],[\(west),0]]"
        let shape = #"{"type":"Polygon","coordinates":[\#(ring)]}"#
        let feature = #"{"properties":{"LSOACD":"\#(code)"},"geometry":\#(shape)}"#
        let text = #"{"type":"FeatureCollection","features":[\#(feature)]}"#
        return try BoundarySet(geoJSON: Array(text.utf8), vintage: vintage).areas[0]
    }

    @Test("A point on a shared boundary belongs to both, and to the lower code when one is asked for")
    func sharedBoundary() throws {
        let both = [try area("E01900002", 1, 2), try area("E01900001", 0, 1)]
        let point = Position(longitude: 1, latitude: 0.5)
        for areas in [both, both.reversed()] {
            let index = try AreaIndex(areas)
            #expect(index.areas(holding: point).map(\.code) == ["E01900001", "E01900002"])
            #expect(index.area(holding: point)?.code == "E01900001")
        }
    }

    @Test("An empty index, and a point that is no number, hold nothing")
    func nothing() throws {
        #expect(try AreaIndex([]).area(holding: Position(longitude: 0, latitude: 0)) == nil)
        let index = try AreaIndex([try area("E01900001", 0, 1)])
        #expect(index.area(holding: Position(longitude: .nan, latitude: 0)) == nil)
        #expect(index.area(holding: Position(longitude: .infinity, latitude: 0)) == nil)
    }

    @Test("Bytes that are no outline are refused")
    func badOutline() {
        let area = Area(code: "E01900001", name: "", kind: .lsoa, vintage: nil, outline: [1, 2, 3])
        #expect(throws: Problem.self) { try AreaIndex([area]) }
    }

    @Test("An area whose point falls in a gap takes the parent that it overlaps most; one far away takes none")
    func overlap() throws {
        let parents = try AreaIndex([try area("E05900001", 0, 1.4), try area("E05900002", 1.7, 4)])
        let fits = try BestFit.fit([try area("E01900001", 1, 2.05), try area("E01900002", 50, 51)], in: parents)
        #expect(fits.map(\.parent) == ["E05900001", nil])
        #expect(fits.map(\.method) == [.largestOverlap, .none])
    }

    @Test("Many tasks may ask one index at once")
    func manyTasks() async throws {
        let index = try AreaIndex((0..<40).map { try area("E0190\(1000 + $0)", Double($0), Double($0 + 1)) })
        let right = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<400).count { step in
                        let place = (step * 7 + task) % 40
                        let point = Position(longitude: Double(place) + 0.5, latitude: 0.5)
                        return index.areas(holding: point).map(\.code) == ["E0190\(1000 + place)"]
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(right == 3200)
    }
}
