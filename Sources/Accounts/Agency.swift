import Access
public import Kernel
public import Ledger

/// An organisation that works with the others and owns what it brings. Its id is a short slug: `police`, `housing`.
public struct Agency: RecordBody {
    public static let kind = RecordKind("account.agency", .organisation)

    public enum Kind: String, Sendable, Codable, CaseIterable {
        case police
        case childrensServices = "childrens-services"
        case adultsServices = "adults-services"
        case health
        case housing
        case probation
        case idva
        case education

        /// `Children’s services`.
        public var title: String {
            switch self {
            case .police: "Police"
            case .childrensServices: "Children’s services"
            case .adultsServices: "Adults’ services"
            case .health: "Health"
            case .housing: "Housing"
            case .probation: "Probation"
            case .idva: "IDVA service"
            case .education: "Education"
            }
        }
    }

    public var name: String
    public var agencyKind: Kind

    public init(name: String, kind: Kind) {
        (self.name, self.agencyKind) = (name, kind)
    }

    public var keys: [IndexKey] { [IndexKey("name", Naming.folded(name))] }

    /// The agency with its name tidied.
    /// - Throws: `Problem.invalid` with field errors.
    public func checked() throws -> Agency {
        var faults = FieldFaults()
        var tidy = self
        tidy.name = Naming.checkedName(name, field: "name", of: "the agency", &faults)
        try faults.throwIfAny()
        return tidy
    }
}

/// People of one agency who share work. Who belongs to it is kept with each `User` and nowhere else, so that the two
/// cannot disagree; `Directory.members` lists them.
public struct Team: RecordBody {
    public static let kind = RecordKind("account.team", .organisation)

    public var name: String
    public var agency: Identifier<Agency>

    public init(name: String, agency: Identifier<Agency>) {
        (self.name, self.agency) = (name, agency)
    }

    public var keys: [IndexKey] {
        [IndexKey("name", Naming.folded(name)), IndexKey("agency", agency.text)]
    }

    /// The team with its name tidied.
    /// - Throws: `Problem.invalid` with field errors.
    public func checked() throws -> Team {
        var faults = FieldFaults()
        var tidy = self
        tidy.name = Naming.checkedName(name, field: "name", of: "the team", &faults)
        try faults.throwIfAny()
        return tidy
    }
}
