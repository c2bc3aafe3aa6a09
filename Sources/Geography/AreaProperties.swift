/// What the properties of one boundary say about its area. The Office for National Statistics names a column after the
/// kind, the last two digits of the vintage and `CD` or `NM`: `LSOA21CD`, `WD25NM`. Derived files leave the year out.
struct AreaProperties: Equatable {
    let code: String
    let name: String
    let kind: Area.Kind
    let vintage: Int?
    let district: String?

    private static let stems: [(stem: String, kind: Area.Kind)] = [
        ("LSOA", .lsoa), ("MSOA", .msoa), ("WD", .ward), ("LAD", .district), ("PFA", .force),
    ]

    /// Nil when no property names a code of a kind we know. The smallest kind named is the area's own; a ward file also
    /// names the ward's district.
    init?(_ properties: [String: String]) {
        let columns = properties.sorted { $0.key < $1.key }.compactMap { Column($0.key, $0.value) }
        guard let own = columns.filter({ $0.isCode }).min(by: { $0.kind < $1.kind }) else { return nil }
        let named = columns.first { !$0.isCode && $0.kind == own.kind && $0.vintage == own.vintage }
        (code, kind, vintage) = (own.value, own.kind, own.vintage)
        name = named?.value ?? own.value
        let parent = columns.first { $0.isCode && $0.kind == .district }
        district = own.kind < .district ? parent?.value : nil
    }

    private struct Column {
        let kind: Area.Kind
        let vintage: Int?
        let isCode: Bool
        let value: String

        init?(_ key: String, _ value: String) {
            let upper = key.uppercased()
            guard !value.isEmpty, let match = stems.first(where: { upper.hasPrefix($0.stem) }) else { return nil }
            var rest = upper.dropFirst(match.stem.count)
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.isEmpty || digits.count == 2, ["CD", "NM", "CD_ACTIVE"].contains(rest) else { return nil }
            (kind, isCode, self.value) = (match.kind, rest != "NM", value)
            vintage = Int(digits).map { 2000 + $0 }
        }
    }
}
