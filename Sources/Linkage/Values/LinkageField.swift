/// One thing that is compared: where it is read from and what it holds.
public struct LinkageField: Sendable, Codable, Equatable {
    public enum Part: String, Sendable, Codable {
        case whole
        case givenName = "given name"
        case surname
    }

    /// As reports name it.
    public let name: String
    /// The column it is read from.
    public let column: String
    public let kind: FieldKind
    /// Which part of the column it is, when a whole name stands in one.
    public let part: Part
    /// The fields that this one leans on, as indices into the list of fields: people at one address share a surname and
    /// often a phone, so agreement there says less once the address agrees. The first of them that both records have
    /// decides which case holds, and weights are estimated apart for each case (a tree-augmented Fellegi–Sunter model;
    /// Friedman, Geiger and Goldszmidt 1997).
    public var parents: [Int]

    public init(name: String, column: String, kind: FieldKind, part: Part = .whole, parents: [Int] = []) {
        (self.name, self.column, self.kind, self.part, self.parents) = (name, column, kind, part, parents)
    }

    /// The fields that columns of these kinds make, each leaning on the one that explains it.
    public static func fields(of columns: [(name: String, kind: FieldKind)]) -> [LinkageField] {
        var fields: [LinkageField] = []
        for (column, kind) in columns where kind != .ignored {
            if kind == .fullName {
                fields.append(
                    LinkageField(name: "\(column): given", column: column, kind: .givenName, part: .givenName))
                fields.append(LinkageField(name: "\(column): surname", column: column, kind: .surname, part: .surname))
            } else {
                fields.append(LinkageField(name: column, column: column, kind: kind))
            }
        }
        let kinds = fields.map(\.kind)
        for index in fields.indices {
            fields[index].parents = leans(fields[index].kind)
                .compactMap { kinds.firstIndex(of: $0) }.filter { $0 != index }
        }
        return fields
    }

    private static func leans(_ kind: FieldKind) -> [FieldKind] {
        switch kind {
        case .address: [.postcode]
        case .houseNumber, .phone, .surname: [.address, .postcode]
        case .town: [.postcode, .address]
        default: []
        }
    }
}
