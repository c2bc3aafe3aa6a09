/// Areas with the larger areas they belong to: what a store keeps so that a figure by LSOA can be one by ward.
public struct AreaLookup: Sendable {
    public struct Row: Sendable, Hashable, Codable {
        public let code: String
        public let name: String
        public let kind: Area.Kind
        public let vintage: Int?
        /// The best-fit ward (see `BestFit`): for an LSOA only.
        public let ward: String?
        public let wardMethod: BestFit.Method
        /// Named by the boundary file, or else fitted.
        public let district: String?
        public let force: String?
    }

    /// By kind, code and vintage.
    public let rows: [Row]

    /// - Parameter areas: of any kinds. Only the newest vintage of wards, districts and forces takes part as a parent.
    public init(_ areas: [Area]) throws {
        let wards = try Parents(areas, .ward)
        let districts = try Parents(areas, .district)
        let forces = try Parents(areas, .force)
        let unique = Set(areas).sorted { AreaLookup.key($0) < AreaLookup.key($1) }
        let (ward, district, force) = (try wards.fit(unique), try districts.fit(unique), try forces.fit(unique))
        rows = unique.indices.map { index in
            let area = unique[index]
            return Row(
                code: area.code, name: area.name, kind: area.kind, vintage: area.vintage,
                ward: area.kind == .lsoa ? ward[index].parent : nil,
                wardMethod: area.kind == .lsoa ? ward[index].method : .none,
                district: area.kind < .district ? area.district ?? district[index].parent : nil,
                force: area.kind < .force ? force[index].parent : nil)
        }
    }

    private static func key(_ area: Area) -> (Area.Kind, String, Int) { (area.kind, area.code, area.vintage ?? 0) }

    private struct Parents {
        let index: AreaIndex?

        init(_ areas: [Area], _ kind: Area.Kind) throws {
            let all = areas.filter { $0.kind == kind }
            let newest = all.map { $0.vintage ?? 0 }.max()
            let chosen = all.filter { ($0.vintage ?? 0) == newest }
            index = chosen.isEmpty ? nil : try AreaIndex(chosen)
        }

        func fit(_ areas: [Area]) throws -> [BestFit] {
            guard let index else { return areas.map { BestFit(code: $0.code, parent: nil, method: .none) } }
            return try BestFit.fit(areas, in: index)
        }
    }
}
