import Access
public import Kernel
public import Ledger

/// A record with the id it should have, for `Directory.seed`.
public struct Seed<Body: RecordBody>: Sendable {
    public let id: Identifier<Body>
    public let body: Body

    public init(_ id: Identifier<Body>, _ body: Body) {
        (self.id, self.body) = (id, body)
    }
}

extension Directory {
    /// The way into a store that nobody has signed in to.
    ///
    /// On an empty store it makes the police agency and a first administrator, who has every role that the first day
    /// needs (administrator, inspection lead, analyst, privacy officer): take away what she does not need. The link
    /// works for 24 hours. Called again while nobody has ever signed in, it makes a new link and voids the older.
    ///
    /// - Parameter demo: The store is being made as a sample. Kept in the store, and taken only while it is empty; see
    ///   `SignIn.enter`. A sample store gives a new link every time: nobody there has a password to come back with.
    /// - Returns: Nil once somebody has signed in, except in a sample store.
    /// - Throws: `Problem`, `StorageError`.
    public func bootstrap(forceName: String, demo: Bool = false) async throws -> OneTimeLink? {
        let known = try await ledger.glance { try FactRows.read(.firstAdministrator, $0) }
        let first = known.flatMap { Identifier<User>($0) }
        let administrator = if let first { first } else { try await founded(forceName: forceName, demo: demo) }
        let (now, token) = (ledger.now, SecretToken(random: random(32)))
        let purpose = try await ledger.upkeep { writing -> LiveLink.Purpose? in
            let isSample = try FactRows.read(.isSample, writing) != nil
            guard try isSample || FactRows.read(.firstSignIn, writing) == nil else { return nil }
            let purpose: LiveLink.Purpose = isSample ? .sample : .setUp
            try LinkRows.issue(token, for: administrator.text, purpose, at: now, writing)
            return purpose
        }
        guard let purpose else { return nil }
        try await ledger.note(
            Consultation(
                kind: "link", .account, .alteration, about: "issued \(token.reference) for \(administrator)"),
            as: Directory.founder)
        return OneTimeLink(
            token: token, user: administrator, expires: now.adding(seconds: LinkRows.hours * 3600),
            opensDirectly: purpose == .sample)
    }

    /// Whether the store was made as a sample, so that pages can say so.
    public func isSample() async throws -> Bool {
        try await ledger.glance { try FactRows.read(.isSample, $0) != nil }
    }

    /// The name the store was founded with; nil before.
    public func forceName() async throws -> String? {
        try await ledger.glance { try FactRows.read(.forceName, $0) }
    }

    /// Agencies, teams and users with ids of the caller's choice, in one transaction; those that exist are left alone.
    /// - Throws: `Problem.invalid` for a name that cannot be, or two users with one sign-in name.
    public func seed(agencies: [Seed<Agency>] = [], teams: [Seed<Team>] = [], users: [Seed<User>] = []) async throws {
        let ids = agencies.map(\.id.text) + teams.map(\.id.text) + users.map(\.id.text)
        let present = try await ledger.glance { reading in
            try Set(ids.filter { try reading.row("SELECT 1 FROM record WHERE id = $1", [.text($0)]) != nil })
        }
        var changes: [Change] = []
        for seed in agencies where !present.contains(seed.id.text) {
            changes.append(try .create(seed.id, seed.body.checked(), owner: seed.id.text))
        }
        for seed in teams where !present.contains(seed.id.text) {
            changes.append(try .create(seed.id, seed.body.checked(), owner: seed.body.agency.text))
        }
        for seed in users where !present.contains(seed.id.text) {
            try await claim(seed.body.signInName, for: seed.id)
            changes.append(try .create(seed.id, seed.body.checked(for: seed.id), owner: seed.body.agency.text))
        }
        guard !changes.isEmpty else { return }
        try await ledger.commit(changes, as: Directory.founder)
    }

    static let founder = Actor.command(user: "first-start")
    private static let first: Set<Role> = [
        .administrator, .inspectionLead, .analyst, .privacyOfficer, .recordsManager,
    ]
    /// In an invented force one person may look into every room.
    private static let demonstration = first.union([.safeguardingPractitioner, .professionalStandards])
    private static let administratorName = "administrator"

    /// Two nodes may start on an empty store at once: the second finds what the first has made.
    private func founded(forceName: String, demo: Bool) async throws -> Identifier<User> {
        try await ledger.alone("first-start") {
            let known = try await ledger.glance { try FactRows.read(.firstAdministrator, $0) }
            if let first = known.flatMap({ Identifier<User>($0) }) { return first }
            return try await found(forceName: forceName, demo: demo)
        }
    }

    private func found(forceName: String, demo: Bool) async throws -> Identifier<User> {
        guard let police = Identifier<Agency>("police") else { throw Problem.absent }
        let (agency, now) = (Agency(name: forceName, kind: .police), ledger.now)
        let isEmpty = try await ledger.glance { try $0.row("SELECT 1 FROM account_credential LIMIT 1") == nil }
        try await seed(agencies: [Seed(police, agency)])
        let id = try await administrator(of: police, demo: demo)
        try await ledger.upkeep { writing in
            try FactRows.keep(.forceName, agency.name, writing)
            if demo && isEmpty { try FactRows.keep(.isSample, now.description, writing) }
            try FactRows.keep(.firstAdministrator, id.text, writing)
        }
        return id
    }

    /// Found when an earlier first start stopped half way.
    private func administrator(of police: Identifier<Agency>, demo: Bool) async throws -> Identifier<User> {
        let name = Directory.administratorName
        let known = try await ledger.glance { try HolderRows.with(signInName: name, $0) }
        if let id = known.flatMap({ Identifier<User>($0.id) }) { return id }
        let user = User(
            name: "First administrator", signInName: name, agency: police,
            roles: demo ? Directory.demonstration : Directory.first)
        return try await create(user, as: Directory.founder)
    }
}
