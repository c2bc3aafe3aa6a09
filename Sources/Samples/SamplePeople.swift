import Access
import Kernel

/// An invented agency. `key` is short and stable: `fellbrook-police`.
public struct SampleAgency: Sendable, Hashable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case police
        case childrensServices = "childrens-services"
        case adultsServices = "adults-services"
        case health, housing, probation
        case idva, education
    }

    public let key: String
    public let name: String
    public let kind: Kind
}

/// An invented team of one agency.
public struct SampleTeam: Sendable, Hashable {
    public let key: String
    public let agency: String
    public let name: String
}

/// An invented person. Her address ends in `.example`, a name that never resolves (RFC 2606).
public struct SampleUser: Sendable, Hashable {
    /// Also the name she signs in with.
    public let key: String
    public let name: String
    public let email: String
    public let agency: String
    public let teams: [String]
    public let roles: Set<Role>
}

enum SamplePeople {
    static let police = "fellbrook-police"

    static let agencies: [SampleAgency] = {
        let councils = SampleMap.districts.flatMap { district in
            let key = district.name.lowercased()
            return [
                SampleAgency(
                    key: "\(key)-children", name: "\(district.name) Council children’s services",
                    kind: .childrensServices),
                SampleAgency(
                    key: "\(key)-adults", name: "\(district.name) Council adults’ services", kind: .adultsServices),
            ]
        }
        return [SampleAgency(key: police, name: "Fellbrook Police", kind: .police)] + councils + [
            SampleAgency(key: "fellbrook-health", name: "Fellbrook Health Trust", kind: .health),
            SampleAgency(key: "four-winds-housing", name: "Four Winds Housing", kind: .housing),
            SampleAgency(key: "fellbrook-probation", name: "Fellbrook Probation", kind: .probation),
            SampleAgency(key: "lantern-idva", name: "Lantern IDVA Service", kind: .idva),
            SampleAgency(key: "fellbrook-education", name: "Fellbrook Schools Partnership", kind: .education),
        ]
    }()

    /// Teams of the force, each with the roles of the people in it.
    private static let posts: [(key: String, name: String, roles: [Role])] = [
        ("response-a", "Response, shift A", [.responseOfficer, .responseOfficer, .responseOfficer, .supervisor]),
        ("response-b", "Response, shift B", [.responseOfficer, .responseOfficer, .responseOfficer, .supervisor]),
        ("domestic-abuse", "Domestic abuse investigation", [.investigator, .investigator, .supervisor]),
        ("safeguarding", "Safeguarding hub", [.safeguardingPractitioner, .safeguardingPractitioner, .supervisor]),
        ("marac", "MARAC office", [.maracCoordinator]),
        ("offenders", "Offender management", [.offenderManager, .offenderManager]),
        ("missing", "Missing people", [.missingCoordinator]),
        ("neighbourhood-merrowport", "Merrowport neighbourhoods", [.neighbourhoodOfficer]),
        ("neighbourhood-ostermoor", "Ostermoor neighbourhoods", [.neighbourhoodOfficer]),
        ("neighbourhood-quillhaven", "Quillhaven neighbourhoods", [.neighbourhoodOfficer]),
        ("neighbourhood-tarnwold", "Tarnwold neighbourhoods", [.neighbourhoodOfficer]),
        ("armed-response", "Armed response", [.tacticalFirearmsCommander]),
        ("insight", "Analysis", [.analyst, .analyst]),
        ("inspection", "Inspection and review", [.inspectionLead, .inspectionLead]),
        ("information", "Information rights", [.privacyOfficer]),
        ("systems", "Systems", [.administrator]),
        ("standards", "Professional standards", [.professionalStandards]),
        ("reviews", "Case reviews", [.caseReviewer]),
        ("records", "Records management", [.recordsManager, .recordsManager]),
    ]

    static let teams: [SampleTeam] =
        posts.map { SampleTeam(key: $0.key, agency: police, name: $0.name) }
        + agencies.dropFirst().map { SampleTeam(key: "\($0.key)-duty", agency: $0.key, name: "Duty team") }

    /// The force's people by team, and two from each partner.
    static func users(seed: UInt64) -> [SampleUser] {
        var names = NameList(seed: seed)
        let own = posts.flatMap { post in
            post.roles.map { names.user(police, post.key, [$0], domain: "police") }
        }
        let partners = agencies.dropFirst().flatMap { agency in
            (0..<2).map { _ in
                names.user(agency.key, "\(agency.key)-duty", [.partnerPractitioner], domain: agency.key)
            }
        }
        return own + partners
    }
}

/// Names made from two lists, none given twice.
private struct NameList {
    private static let firsts = [
        "Abel", "Bryony", "Cassius", "Delphine", "Edmund", "Farida", "Gwendoline", "Hari", "Imelda", "Jolyon", "Kezia",
        "Lucian", "Meera", "Nerys", "Osric", "Petra", "Quentin", "Rosalba", "Samir", "Tamsin", "Ulric", "Verity",
        "Wilfred", "Xanthe", "Yusuf", "Zelda",
    ]
    private static let lasts = [
        "Applequist", "Brambleworth", "Copperdale", "Dunnockshaw", "Elverstone", "Fennimore", "Goldspink", "Hollowell",
        "Inkpenny", "Jessamine", "Kettlebrook", "Larkspurling", "Marchbanksby", "Nightjarrow", "Oakenfold",
        "Pennyfeather",
    ]
    private var order: [Int]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: 3)
        var order = Array(0..<NameList.firsts.count * NameList.lasts.count)
        // Our own shuffle (Fisher and Yates): that of the standard library may change with its version.
        for place in order.indices.dropFirst().reversed() { order.swapAt(place, generator.below(place + 1)) }
        self.order = order
    }

    mutating func user(_ agency: String, _ team: String, _ roles: Set<Role>, domain: String) -> SampleUser {
        let number = order.popLast() ?? 0
        let first = NameList.firsts[number % NameList.firsts.count]
        let last = NameList.lasts[number / NameList.firsts.count]
        let key = "\(first)-\(last)".lowercased()
        return SampleUser(
            key: key, name: "\(first) \(last)",
            email: "\(first.lowercased()).\(last.lowercased())@\(domain).fellbrook.example", agency: agency,
            teams: [team], roles: roles)
    }
}
