public import Access
public import Kernel
public import Ledger

/// Agencies, teams and users: who there is. Reads and writes go through the ledger as records.
public struct Directory: Sendable {
    let ledger: Ledger
    let random: @Sendable (_ count: Int) -> [UInt8]
    private let readAgencies = ReadBodies<Agency>()

    public init(
        ledger: Ledger, random: @escaping @Sendable (_ count: Int) -> [UInt8] = Ledger.systemRandom
    ) {
        (self.ledger, self.random) = (ledger, random)
    }

    /// All agencies by name; every signed-in person may see them.
    public func agencies(as actor: Actor) async throws -> [Record<Agency>] {
        try await ledger.list(Agency.self, index: "name", limit: 500, as: actor).records
    }

    /// The names of all agencies by their identifiers: what nearly every page wants of them.
    public func agencyNames(as actor: Actor) async throws -> [String: String] {
        let consultation = Consultation(kind: "account.names", .organisation, .consultation, about: "agencies")
        return try await ledger.consult(consultation, as: actor) { [readAgencies] reading in
            let rows = try reading.rows(
                """
                SELECT r.id, v.body FROM record_key k JOIN record r ON r.id = k.record
                JOIN record_version v ON v.record = r.id AND v.version = r.version
                WHERE k.kind = $1 AND k.name = 'name'
                """, [.text(Agency.kind.name)])
            return try Dictionary(
                rows.map { ($0.text(0), try readAgencies.body($0.text(1)).name) }, uniquingKeysWith: { $1 })
        }
    }

    /// Teams by name; of one agency when given.
    public func teams(of agency: Identifier<Agency>? = nil, as actor: Actor) async throws -> [Record<Team>] {
        guard let agency else { return try await ledger.list(Team.self, index: "name", limit: 500, as: actor).records }
        return try await ledger.list(Team.self, index: "agency", key: agency.text, limit: 500, as: actor).records
    }

    /// - Throws: `Problem.invalid` with field errors on `id` or `name`; `Problem.absent` when she may not.
    @discardableResult
    public func create(_ agency: Agency, id: String, as actor: Actor) async throws -> Identifier<Agency> {
        let body = try agency.checked()
        try await requireAdministrator(actor, "agency")
        let slug = try await freeSlug(Agency.self, id)
        try await ledger.commit([.create(slug, body, owner: slug.text)], as: actor)
        return slug
    }

    /// - Throws: as above, or `Conflict`.
    @discardableResult
    public func amend(
        _ id: Identifier<Agency>, expecting version: Int, _ agency: Agency, as actor: Actor
    ) async throws -> [Receipt] {
        try await ledger.commit([.amend(id, expecting: version, agency.checked())], as: actor)
    }

    /// - Throws: `Problem.invalid` with field errors on `name` or `agency`; `Problem.absent` when she may not.
    @discardableResult
    public func create(_ team: Team, as actor: Actor) async throws -> Identifier<Team> {
        let body = try team.checked()
        try await requireAdministrator(actor, "team")
        guard try await ledger.glance({ try HolderRows.exists(Agency.kind, body.agency.text, $0) }) else {
            throw DirectoryProblem.field("agency", "Choose an agency from the list")
        }
        let id = ledger.newIdentifier(Team.self)
        try await ledger.commit([.create(id, body, owner: body.agency.text)], as: actor)
        return id
    }

    /// - Throws: as above, or `Conflict`.
    @discardableResult
    public func amend(
        _ id: Identifier<Team>, expecting version: Int, _ team: Team, as actor: Actor
    ) async throws -> [Receipt] {
        try await ledger.commit([.amend(id, expecting: version, team.checked())], as: actor)
    }

    private func freeSlug<Body>(_ type: Body.Type, _ text: String) async throws -> Identifier<Body> {
        guard let slug = Identifier<Body>(text) else {
            throw DirectoryProblem.field("id", "Use only small letters, digits and hyphens in the short name")
        }
        let isTaken = try await ledger.glance {
            try $0.row("SELECT 1 FROM record WHERE id = $1", [.text(slug.text)]) != nil
        }
        guard !isTaken else { throw DirectoryProblem.field("id", "This short name is taken: choose another") }
        return slug
    }

    /// Before anything is told about what is there: a refusal must not say which names are taken.
    func requireAdministrator(_ actor: Actor, _ about: String) async throws {
        guard !isAdministrator(actor) else { return }
        try await ledger.note(
            Consultation(kind: "directory", .account, .alteration, about: about), as: actor, allowed: false)
        throw Problem.absent
    }

    func isAdministrator(_ actor: Actor) -> Bool {
        decide(actor, .alteration, on: .account, standing: []).isAllowed
    }
}

enum DirectoryProblem {
    static func field(_ name: String, _ message: String) -> Problem {
        Problem(
            .invalid, "There is a problem", next: "Correct what is marked and send it again.",
            fields: [Problem.Field(name, message)])
    }

    static let lastAdministrator = Problem(
        .refused, "Somebody must stay administrator.", next: "Make another person administrator first.")
}
