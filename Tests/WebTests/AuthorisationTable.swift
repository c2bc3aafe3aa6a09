import Access

/// How somebody stands to the things of the house. A further one is a further column of the table.
enum Standing: String, Sendable, CaseIterable {
    /// She is of the agency that owns them.
    case ownAgency
    case otherAgency
    /// She is of another agency and was given them.
    case assigned
    case signedOut
}

/// What the policy wants of one address, written out by hand from the documents and not from the code.
enum Wanted: Sendable {
    /// One answer for everybody, signed in or not.
    case anybody
    /// Whoever is signed in.
    case signedIn
    /// By role, in whatever standing.
    case roles(Set<Role>)
    /// By role, where she stands so; nobody where it is not named.
    case standing([Standing: Set<Role>])
    /// Whoever has a token that may ask for it, by role.
    case token(Set<Role>)
    case tokenStanding([Standing: Set<Role>])

    /// Nil where it does not depend on who asks.
    func isAllowed(_ role: Role, _ standing: Standing) -> Bool? {
        switch self {
        case .anybody: nil
        case .signedIn: standing != .signedOut
        case .roles(let roles), .token(let roles): standing != .signedOut && roles.contains(role)
        case .standing(let table), .tokenStanding(let table): table[standing]?.contains(role) ?? false
        }
    }
}

/// Every address of the house. An address that is not here fails the test.
enum AuthorisationTable {
    private static let everybody = Set(Role.allCases)
    private static let lead: Set<Role> = [.inspectionLead]
    private static let seeing: Set<Role> = [.inspectionLead, .analyst, .supervisor, .privacyOfficer]
    private static let figures: Set<Role> = [.inspectionLead, .analyst]
    private static let facts: Set<Role> = [.analyst]
    private static let accounts: Set<Role> = [.administrator]
    private static let log: Set<Role> = [.privacyOfficer]

    private static let sight: [Standing: Set<Role>] = [.ownAgency: seeing, .assigned: everybody]
    private static let work: [Standing: Set<Role>] = [.ownAgency: lead, .assigned: everybody]
    private static let leading: [Standing: Set<Role>] = [.ownAgency: lead]

    static let wanted: [String: Wanted] = [
        "GET /healthz": .anybody,
        "GET /readyz": .anybody,
        "GET /assets/:name": .anybody,
        "GET /robots.txt": .anybody,
        "GET /sign-in": .anybody,
        "POST /sign-in": .anybody,
        "GET /sign-in/code": .anybody,
        "POST /sign-in/code": .anybody,
        "GET /sign-in/with/:provider": .anybody,
        "GET /sign-in/with/:provider/back": .anybody,
        "GET /sign-out/with/:provider": .anybody,
        "POST /sign-out": .signedIn,
        "GET /link/:token": .anybody,
        "POST /link/:token/password": .anybody,
        "POST /link/:token/app": .anybody,
        "POST /link/:token/enter": .anybody,
        "GET /": .signedIn,
        "GET /inspections": .signedIn,
        "GET /inspections/new": .roles(lead),
        "POST /inspections/read": .roles(lead),
        "POST /inspections": .roles(lead),
        "GET /inspections/:id": .signedIn,
        "GET /inspections/:id/source": .signedIn,
        "POST /inspections/:id/followed": .roles(lead),
        "GET /areas": .signedIn,
        "GET /areas/:id": .standing(sight),
        "GET /areas/:id/history": .standing(sight),
        "GET /areas/:id/plan": .standing(leading),
        "POST /areas/:id/plan": .standing(leading),
        "POST /areas/:id/plan/resolve": .standing(leading),
        "GET /areas/:id/status/:strand": .standing(work),
        "POST /areas/:id/status/:strand": .standing(work),
        "POST /areas/:id/status/:strand/resolve": .standing(work),
        "GET /areas/:id/actions": .standing(leading),
        "POST /areas/:id/actions": .standing(leading),
        "GET /actions/:id": .standing(sight),
        "POST /actions/:id": .standing(work),
        "GET /areas/:id/measures": .standing(work),
        "POST /areas/:id/measures": .standing(work),
        "GET /areas/:id/evidence": .standing(work),
        "POST /areas/:id/evidence": .standing(work),
        "GET /areas/:id/documents/:digest": .standing(sight),
        "GET /areas/:id/later": .standing(leading),
        "POST /areas/:id/later": .standing(leading),
        "GET /areas/:id/pack": .standing(leading),
        "GET /measures": .signedIn,
        "GET /measures/reconciliation": .signedIn,
        "GET /measures/:id": .signedIn,
        "GET /measures/:id/rows": .signedIn,
        "GET /measures/:id/csv": .roles(figures),
        "GET /measures/:id/json": .roles(figures),
        "GET /measures/:id/rebase": .roles(figures),
        "POST /measures/:id/rebase": .roles(figures),
        "POST /measures/:id/rebase/:rebase/withdraw": .roles(figures),
        "GET /feeds": .roles(facts),
        "GET /feeds/new": .roles(facts),
        "POST /feeds": .roles(facts),
        "GET /feeds/arrivals/:id": .roles(facts),
        "GET /feeds/arrivals/:id/progress": .roles(facts),
        "GET /feeds/:batch": .roles(facts),
        "GET /feeds/:batch/rejects": .roles(facts),
        "GET /people/agencies": .roles(accounts),
        "POST /people/agencies": .roles(accounts),
        "POST /people/teams": .roles(accounts),
        "GET /people": .roles(accounts),
        "GET /people/new": .roles(accounts),
        "POST /people": .roles(accounts),
        "GET /people/:id": .roles(accounts),
        "POST /people/:id/roles": .roles(accounts),
        "POST /people/:id/links": .roles(accounts),
        "POST /people/:id/leaving": .roles(accounts),
        "POST /people/:id/sessions/end": .roles(accounts),
        "GET /log": .roles(log),
        "GET /log/csv": .roles(log),
        "GET /log/entries/:number": .roles(log),
        "GET /log/heads": .roles(log),
        "GET /log/head": .anybody,
        "GET /log/heads/:size": .anybody,
        "GET /log/key": .anybody,
        "GET /log/consistency/:from/:to": .anybody,
        "POST /log/head/countersignature": .anybody,
        "GET /tokens": .signedIn,
        "POST /tokens": .signedIn,
        "POST /tokens/end": .signedIn,
        "POST /tokens/others/end": .roles(accounts),
        "GET /webhooks": .roles(lead.union(accounts)),
        "POST /webhooks": .roles(lead),
        "POST /webhooks/end": .roles(accounts),
        "POST /webhooks/again": .roles(accounts),
        "GET /api/v1/webhooks": .token(lead),
        "POST /api/v1/webhooks": .token(lead),
        // Nobody's webhook has this name.
        "GET /api/v1/webhooks/:id": .token([]),
        "DELETE /api/v1/webhooks/:id": .token([]),
        "POST /api/v1/webhooks/:id/attempts": .token([]),
        "GET /api/v1/openapi.json": .anybody,
        "GET /api/v1/reports": .token(everybody),
        "GET /api/v1/reports/:id/areas": .token(everybody),
        "GET /api/v1/areas/:id": .tokenStanding(sight),
        "GET /api/v1/measures": .token(everybody),
        "GET /api/v1/log": .token(log),
    ]

    /// Whose page may hold what the force says of its areas.
    static func seesWork(_ role: Role, _ standing: Standing) -> Bool { sight[standing]?.contains(role) ?? false }
}
