extension SampleMap {
    /// `lsoa21_code,LSOA21NM,LADCD,area_km2,households_2021,pop_2022_derived`: the columns of the usual estimates.
    var populations: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append("lsoa21_code,LSOA21NM,LADCD,area_km2,households_2021,pop_2022_derived\n")
        for area in lsoas {
            let district = area.district ?? ""
            bytes.append("\(area.code),\(area.name),\(district),0.43,\(area.population * 10 / 23),\(area.population)\n")
        }
        return bytes
    }

    /// GeoJSON in WGS84, one file for each kind, with the column names of the Office for National Statistics.
    var boundaries: [SampleFile] {
        let districts = wholes.filter { $0.kind == .district }
        let force = wholes.filter { $0.kind == .force }
        return [
            file("lsoa.geojson", lsoas, "LSOA21") { $0.box.ring },
            file("ward.geojson", wards, "WD25") { $0.box.ring },
            file("district.geojson", districts, "LAD23") { $0.box.ring },
            file("force.geojson", force, "PFA23") { _ in SampleMap.outline(districts) },
        ]
    }

    private func file(
        _ name: String, _ areas: [SampleArea], _ column: String, _ ring: (SampleArea) -> String
    ) -> SampleFile {
        let features = areas.map { area in
            let parent = area.district.map { ",\"LAD23CD\":\"\($0)\"" } ?? ""
            let names = "\"\(column)CD\":\"\(area.code)\",\"\(column)NM\":\"\(area.name)\"\(parent)"
            return "{\"type\":\"Feature\",\"properties\":{\(names)},"
                + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[\(ring(area))]}}"
        }
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}\n"
        return SampleFile(name: name, bytes: Array(text.utf8))
    }

    /// Round the two columns of districts, which are of unequal height.
    private static func outline(_ districts: [SampleArea]) -> String {
        let columns = Dictionary(grouping: districts.map(\.box), by: \.west).sorted { $0.key < $1.key }
            .compactMap { column in column.value.first.map { column.value.reduce($0) { $0.joined(with: $1) } } }
        guard let left = columns.first, let right = columns.last else { return "[]" }
        let corners = [
            (left.west, left.south), (right.east, right.south), (right.east, right.north), (right.west, right.north),
            (left.east, left.north), (left.west, left.north), (left.west, left.south),
        ]
        return Box.ring(corners)
    }
}
