public import Access
public import Kernel
public import Ledger

/// A person's name, for lists from which somebody is chosen and beside what she wrote.
public struct PersonName: Sendable, Hashable {
    public let id: Identifier<User>
    public let name: String
    public let agency: Identifier<Agency>
    public let isActive: Bool
}

extension Directory {
    /// Users by name; those `actor` may not see are passed over (an administrator sees all, others themselves).
    public func users(
        of agency: Identifier<Agency>? = nil, after position: ListPosition? = nil, limit: Int = 50, as actor: Actor
    ) async throws -> RecordPage<User> {
        guard let agency else {
            return try await ledger.list(User.self, index: "name", after: position, limit: limit, as: actor)
        }
        return try await ledger.list(
            User.self, index: "agency", key: agency.text, after: position, limit: limit, as: actor)
    }

    /// - Throws: `Problem.absent`.
    public func user(_ id: Identifier<User>, as actor: Actor) async throws -> Record<User> {
        try await ledger.read(User.self, id, as: actor)
    }

    /// The user who signs in with `name`, in whatever case; nil when there is none or `actor` may not see her.
    public func user(signInName name: String, as actor: Actor) async throws -> Record<User>? {
        try await ledger.list(
            User.self, index: "sign-in-name", key: Naming.folded(name), limit: 1, as: actor
        ).records.first
    }

    public func members(of team: Identifier<Team>, as actor: Actor) async throws -> [Record<User>] {
        try await ledger.list(User.self, index: "team", key: team.text, limit: 500, as: actor).records
    }

    /// The names of the people of an agency, sorted: work names its owner, and every signed-in person may read those.
    public func names(of agency: Identifier<Agency>, as actor: Actor) async throws -> [PersonName] {
        let now = ledger.now
        let consultation = Consultation(
            kind: "account.names", .organisation, .consultation, about: "agency \(agency)")
        return try await ledger.consult(consultation, as: actor) { reading in
            try HolderRows.with(index: "agency", key: agency.text, reading)
                .sorted { Naming.folded($0.user.name) < Naming.folded($1.user.name) }
                .compactMap { PersonName($0, at: now) }
        }
    }

    /// The names behind user ids, such as owners and authors; ids that are no user's are left out.
    public func names(_ ids: Set<String>, as actor: Actor) async throws -> [String: PersonName] {
        let now = ledger.now
        let known = ids.compactMap { Identifier<User>($0)?.text }.sorted()
        let consultation = Consultation(
            kind: "account.names", .organisation, .consultation, about: known.joined(separator: " "))
        return try await ledger.consult(consultation, as: actor) { reading in
            let names = try known.compactMap { try HolderRows.with(id: $0, reading) }
                .compactMap { PersonName($0, at: now) }
            return Dictionary(uniqueKeysWithValues: names.map { ($0.id.text, $0) })
        }
    }

    /// A new user, who cannot sign in until a link was issued for her.
    /// - Throws: `Problem.invalid` with field errors on `name`, `signInName`, `agency`, `teams`, `activeUntil`;
    ///   `Problem.absent` when `actor` may not.
    @discardableResult
    public func create(_ user: User, as actor: Actor) async throws -> Identifier<User> {
        try await create(user, id: ledger.newIdentifier(User.self), as: actor)
    }

    func create(_ user: User, id: Identifier<User>, as actor: Actor) async throws -> Identifier<User> {
        let body = try user.checked(for: id)
        try await requireAdministrator(actor, "user")
        try await checkPlaces(body)
        try await claim(body.signInName, for: id)
        do {
            try await ledger.commit([.create(id, body, owner: body.agency.text)], as: actor)
        } catch {
            try await release(body.signInName, of: id)
            throw error
        }
        return id
    }

    /// Somebody who is no administrator may change her own name only.
    /// - Throws: as `create`, `Conflict`, or `Problem.refused` when nobody would stay administrator.
    @discardableResult
    public func amend(
        _ id: Identifier<User>, expecting version: Int, _ wanted: User, as actor: Actor
    ) async throws -> [Receipt] {
        let current = try await user(id, as: actor).body
        let body = try current.amended(to: wanted, byAdministrator: isAdministrator(actor)).checked(for: id)
        try await checkPlaces(body)
        try await checkAdministrators(without: id, body)
        let isRenamed = Naming.folded(body.signInName) != Naming.folded(current.signInName)
        if isRenamed { try await claim(body.signInName, for: id) }
        do {
            let receipts = try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
            if isRenamed { try await release(current.signInName, of: id) }
            return receipts
        } catch {
            if isRenamed { try await release(body.signInName, of: id) }
            throw error
        }
    }

    /// Closes the account: her sessions end with the next request, and her links stop working.
    /// - Throws: `Problem`, `Conflict`.
    public func disable(
        _ id: Identifier<User>, expecting version: Int, because reason: String, as actor: Actor
    ) async throws {
        try await requireAdministrator(actor, "disable \(id)")
        let body = try await user(id, as: actor).body.disabled(because: reason)
        try await checkAdministrators(without: id, body)
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
        let now = ledger.now
        try await ledger.upkeep { writing in
            _ = try SessionRows.end(of: id.text, .accountClosed, at: now, writing)
            try LinkRows.void(of: id.text, at: now, writing)
        }
    }

    /// Opens a closed account again; her password and second factor stand.
    public func enable(_ id: Identifier<User>, expecting version: Int, as actor: Actor) async throws {
        try await requireAdministrator(actor, "enable \(id)")
        let body = try await user(id, as: actor).body.enabled()
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }
}

extension Directory {
    private func checkPlaces(_ user: User) async throws {
        let faults = try await ledger.glance { reading -> FieldFaults in
            var faults = FieldFaults()
            if try !HolderRows.exists(Agency.kind, user.agency.text, reading) {
                faults.add("agency", "Choose an agency from the list")
            }
            if try !user.teams.allSatisfy({ try HolderRows.exists(Team.kind, $0.text, reading) }) {
                faults.add("teams", "Choose teams from the list")
            }
            return faults
        }
        try faults.throwIfAny()
    }

    /// A store that nobody administers could be opened only at the machine itself.
    private func checkAdministrators(without id: Identifier<User>, _ body: User) async throws {
        let now = ledger.now
        let stays = body.roles.contains(.administrator) && body.isActive(at: now)
        let isAlone = try await ledger.glance { reading in
            let administrators = try HolderRows.with(index: "role", key: Role.administrator.rawValue, reading)
                .filter { $0.user.isActive(at: now) }
            return administrators.contains { $0.id == id.text } && administrators.count == 1
        }
        guard stays || !isAlone else { throw DirectoryProblem.lastAdministrator }
    }

    func claim(_ name: String, for id: Identifier<User>) async throws {
        let now = ledger.now
        let isFree = try await ledger.upkeep { try ClaimRows.claim(Naming.folded(name), for: id.text, at: now, $0) }
        guard isFree else {
            throw DirectoryProblem.field("signInName", "Somebody signs in with this name: choose another")
        }
    }

    func release(_ name: String, of id: Identifier<User>) async throws {
        try await ledger.upkeep { try ClaimRows.release(Naming.folded(name), of: id.text, $0) }
    }
}

extension PersonName {
    init?(_ holder: Holder, at now: Moment) {
        guard let id = Identifier<User>(holder.id) else { return nil }
        self.init(id: id, name: holder.user.name, agency: holder.user.agency, isActive: holder.user.isActive(at: now))
    }
}

/// Sign-in names in use, each by one person.
enum ClaimRows {
    /// A claim whose record never came, because the machine stopped between the two, lapses after this.
    private static let lapse: Int64 = 60_000

    static func claim(_ name: String, for person: String, at now: Moment, _ writing: any Writing) throws -> Bool {
        let holder = try HolderRows.with(index: "sign-in-name", key: name, writing).first
        if let holder { return holder.id == person }
        let known = try writing.row("SELECT person, at FROM account_claim WHERE name = $1", [.text(name)])
        if let known, known.text(0) != person, abs(now.milliseconds - known.integer(1)) < lapse { return false }
        try writing.run(
            """
            INSERT INTO account_claim (name, person, at) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET person = excluded.person, at = excluded.at
            """, [.text(name), .text(person), .integer(now.milliseconds)])
        return true
    }

    static func release(_ name: String, of person: String, _ writing: any Writing) throws {
        try writing.run("DELETE FROM account_claim WHERE name = $1 AND person = $2", [.text(name), .text(person)])
    }
}
