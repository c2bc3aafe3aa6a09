import Access

/// How somebody stands to the things of the house. A further one is a further column of the table.
enum Standing: String, Sendable, CaseIterable {
    /// She is of the agency that owns them.
    case ownAgency
    case otherAgency
    /// She is of another agency and was given them.
    case assigned
    /// She is of the agency that owns them, and close to the person they are about.
    case conflicted
    /// She is of the agency that owns them, and they are kept to others.
    case closed
    case signedOut

    /// Where the table says nothing else of it.
    var otherwise: Standing? { [.conflicted, .closed].contains(self) ? .ownAgency : nil }
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
        case .standing(let table), .tokenStanding(let table):
            (table[standing] ?? standing.otherwise.flatMap { table[$0] })?.contains(role) ?? false
        }
    }
}

/// Every address of the house. An address that is not here fails the test.
enum AuthorisationTable {
    private static let everybody = Set(Role.allCases)
    private static let lead: Set<Role> = [.inspectionLead]
    private static let seeing: Set<Role> = [.inspectionLead, .analyst, .supervisor, .privacyOfficer, .recordsManager]
    private static let people: Set<Role> = [
        .responseOfficer, .supervisor, .investigator, .safeguardingPractitioner, .maracCoordinator,
        .partnerPractitioner, .offenderManager, .missingCoordinator,
    ]
    private static let matchers: Set<Role> = [
        .supervisor, .investigator, .safeguardingPractitioner, .maracCoordinator, .partnerPractitioner,
    ]
    /// Who takes in what partners share, and who sees what came by which agreement.
    private static let loaders: Set<Role> = [
        .supervisor, .safeguardingPractitioner, .maracCoordinator, .partnerPractitioner,
    ]
    private static let shared: [Standing: Set<Role>] = [.ownAgency: loaders.union(retention)]
    private static let sharing: [Standing: Set<Role>] = [.ownAgency: loaders]
    private static let standards: Set<Role> = [.professionalStandards]
    private static let reviewers: Set<Role> = [.professionalStandards, .privacyOfficer]
    private static let records: Set<Role> = [.recordsManager]
    private static let retention: Set<Role> = [.recordsManager, .privacyOfficer]
    /// Who sees anything of a person in her own agency, each her own part.
    private static let near = people.union([.neighbourhoodOfficer, .professionalStandards, .recordsManager])
    private static let figures: Set<Role> = [.inspectionLead, .analyst]
    private static let facts: Set<Role> = [.analyst]
    private static let accounts: Set<Role> = [.administrator]
    private static let log: Set<Role> = [.privacyOfficer]

    private static let sight: [Standing: Set<Role>] = [.ownAgency: seeing, .assigned: everybody]
    private static let work: [Standing: Set<Role>] = [.ownAgency: lead, .assigned: everybody]
    private static let leading: [Standing: Set<Role>] = [.ownAgency: lead]
    private static let person = kept(near, given: [.caseReviewer])
    private static let personWork = kept(people)
    private static let told = kept(people.union(records), given: [.caseReviewer])
    private static let held: [Standing: Set<Role>] = [.ownAgency: retention]
    private static let reviewed: [Standing: Set<Role>] = [.ownAgency: records]

    /// For a record about a person: nobody with a conflict of interest, nobody it is kept from.
    private static func kept(_ own: Set<Role>, given: Set<Role> = []) -> [Standing: Set<Role>] {
        [.ownAgency: own, .assigned: given, .conflicted: [], .closed: []]
    }

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
        "GET /instruments": .signedIn,
        "GET /instruments/:id": .signedIn,
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
        "GET /agencies": .roles(accounts),
        "POST /agencies": .roles(accounts),
        "POST /agencies/teams": .roles(accounts),
        "GET /accounts": .roles(accounts),
        "GET /accounts/new": .roles(accounts),
        "POST /accounts": .roles(accounts),
        "GET /accounts/:id": .roles(accounts),
        "POST /accounts/:id/roles": .roles(accounts),
        "POST /accounts/:id/links": .roles(accounts),
        "POST /accounts/:id/leaving": .roles(accounts),
        "POST /accounts/:id/sessions/end": .roles(accounts),
        "GET /persons": .roles(near.union([.caseReviewer])),
        "GET /persons/new": .roles(people),
        "POST /persons": .roles(people),
        "GET /persons/:id": .standing(person),
        "POST /persons/:id": .standing(personWork),
        "GET /persons/:id/change": .standing(personWork),
        "GET /persons/:id/history": .standing(person),
        "GET /persons/:id/known": .standing(person),
        "GET /persons/:id/chronology": .standing(person),
        "GET /persons/:id/chronology/paper": .standing(personWork),
        "POST /persons/:id/chronology/paper": .standing(personWork),
        "GET /persons/:id/links": .standing(told),
        "POST /persons/:id/links": .standing(personWork),
        "POST /persons/:id/links/end": .standing(personWork),
        "GET /occurrences": .roles(people.union([.caseReviewer, .recordsManager])),
        "GET /occurrences/new": .roles(people),
        "POST /occurrences": .roles(people),
        "GET /occurrences/:id": .standing(told),
        "POST /occurrences/:id": .standing(personWork),
        "GET /occurrences/:id/change": .standing(personWork),
        "GET /occurrences/:id/history": .standing(told),
        "POST /occurrences/:id/parts": .standing(personWork),
        "POST /occurrences/:id/parts/end": .standing(personWork),
        "GET /calls": .roles(people.union([.caseReviewer, .recordsManager])),
        "GET /calls/new": .roles(people),
        "POST /calls": .roles(people),
        "GET /calls/measures": .roles([.supervisor, .safeguardingPractitioner]),
        "GET /calls/measures/:figure": .roles([.supervisor, .safeguardingPractitioner]),
        "GET /calls/sample": .roles([.supervisor, .safeguardingPractitioner]),
        "GET /calls/:id": .standing(told),
        "GET /calls/:id/thrive": .standing(personWork),
        "POST /calls/:id/thrive": .standing(personWork),
        "POST /calls/:id/check": .standing(personWork),
        "POST /calls/:id/flag": .standing(personWork),
        "POST /calls/:id/orders": .standing(personWork),
        "POST /calls/:id/closing": .standing(personWork),
        "GET /calls/:id/attend": .standing(told),
        "POST /calls/:id/attending": .standing(personWork),
        "GET /calls/:id/review": .standing(kept([.supervisor, .safeguardingPractitioner])),
        "POST /calls/:id/review": .standing(kept([.supervisor, .safeguardingPractitioner])),
        "GET /assessments": .roles(people.union([.caseReviewer, .recordsManager])),
        "GET /assessments/new": .roles(people),
        "POST /assessments": .roles(people),
        "GET /assessments/standards": .roles([.supervisor, .safeguardingPractitioner]),
        "GET /assessments/standards/:standard": .roles([.supervisor, .safeguardingPractitioner]),
        "GET /assessments/officers": .roles([.safeguardingPractitioner]),
        "GET /assessments/later": .roles([.supervisor, .safeguardingPractitioner]),
        "GET /assessments/:id/paper": .standing(personWork),
        "POST /assessments/:id/paper": .standing(personWork),
        "GET /assessments/:id": .standing(told),
        "GET /assessments/:id/questions": .standing(told),
        "GET /assessments/:id/form": .standing(personWork),
        "GET /assessments/:id/questions/:question": .standing(personWork),
        "POST /assessments/:id/questions/:question": .standing(personWork),
        "GET /assessments/:id/how": .standing(personWork),
        "POST /assessments/:id/how": .standing(personWork),
        "GET /assessments/:id/response": .standing(personWork),
        "POST /assessments/:id/response": .standing(personWork),
        "GET /assessments/:id/grade": .standing(personWork),
        "POST /assessments/:id/grade": .standing(personWork),
        "GET /assessments/:id/send": .standing(personWork),
        "POST /assessments/:id/send": .standing(personWork),
        "POST /assessments/:id/review": .standing(kept([.supervisor, .safeguardingPractitioner])),
        "GET /places": .roles(people.union(records)),
        "GET /places/new": .roles(people),
        "POST /places": .roles(people),
        // A place is about nobody: a conflict of interest closes those links to it that are.
        "GET /places/:id": .standing([.ownAgency: people.union(records), .closed: []]),
        "POST /places/:id": .standing([.ownAgency: people, .closed: []]),
        "GET /places/:id/change": .standing([.ownAgency: people, .closed: []]),
        "GET /places/:id/history": .standing([.ownAgency: people.union(records), .closed: []]),
        "GET /persons/:id/sealed/:field": .standing(personWork),
        "POST /persons/:id/sealed/:field": .standing(personWork),
        "GET /persons/:id/sealed/:field/change": .standing(personWork),
        "POST /persons/:id/sealed/:field/change": .standing(personWork),
        "GET /persons/:id/tell": .standing(personWork),
        "POST /persons/:id/tell": .standing(personWork),
        "GET /persons/import": .roles(loaders.union(retention)),
        "GET /persons/import/new": .roles(loaders),
        "POST /persons/import": .roles(loaders),
        // Only whoever sent a file finds it; `IntakeRouteTests` sends one.
        "GET /persons/import/files/:id": .roles([]),
        "POST /persons/import/files/:id": .roles([]),
        "GET /persons/import/files/:id/progress": .roles([]),
        "GET /persons/import/loads/:id": .standing(shared),
        "GET /persons/import/loads/:id/rejects": .standing(shared),
        "GET /persons/agreements/new": .roles(loaders),
        "POST /persons/agreements": .roles(loaders),
        // About nobody: a conflict of interest closes none of them.
        "GET /persons/agreements/:id": .standing(shared),
        "POST /persons/agreements/:id": .standing(sharing),
        "GET /persons/agreements/:id/change": .standing(sharing),
        "POST /persons/agreements/:id/end": .standing(sharing),
        "GET /matches": .roles(matchers),
        "GET /matches/:id": .standing(kept(people.union(records))),
        "POST /matches/:id": .standing(kept(matchers)),
        "GET /disclosures": .roles(people.union([.caseReviewer, .recordsManager])),
        "GET /disclosures/:id": .standing(told),
        "GET /disclosures/:id/pdf": .standing(told),
        "POST /disclosures/:id/withdraw": .standing(personWork),
        "GET /interests": .signedIn,
        "POST /interests": .signedIn,
        "GET /glass": .roles(people),
        "POST /glass": .roles(people),
        // Nobody here came by a force's own sign-in.
        "GET /glass/proof": .roles([]),
        "GET /standards": .roles(reviewers),
        "GET /standards/glass/:id": .standing([.ownAgency: reviewers, .conflicted: []]),
        "POST /standards/glass/:id": .standing([.ownAgency: reviewers, .conflicted: []]),
        "GET /standards/likeness/:interest/:person": .standing([.ownAgency: standards, .conflicted: []]),
        "POST /standards/likeness/:interest/:person": .standing([.ownAgency: standards, .conflicted: []]),
        "GET /retention": .roles(retention),
        "GET /retention/destroyed": .roles(retention),
        "GET /retention/records/:kind/:id": .standing(held),
        "POST /retention/records/:kind/:id/keep": .standing(reviewed),
        "POST /retention/records/:kind/:id/destroy": .standing(reviewed),
        // No decision waits here; `RetentionRouteTests` has some.
        "POST /retention/decisions/:id/confirm": .roles([]),
        "POST /retention/decisions/:id/withdraw": .roles([]),
        "GET /retention/holds": .roles(retention),
        "GET /retention/holds/new": .roles(records),
        "POST /retention/holds": .roles(records),
        "GET /retention/holds/:id": .standing(held),
        "POST /retention/holds/:id/lift": .standing(reviewed),
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
        "GET /api/v1/persons": .token(near.union([.caseReviewer])),
        "GET /api/v1/persons/:id": .tokenStanding(person),
        "POST /api/v1/persons": .token(people),
        // Held to its version before anything is looked up.
        "PUT /api/v1/persons/:id": .token(people),
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
        "GET /api/v1/areas": .token(everybody),
        "GET /api/v1/areas/:id/versions": .tokenStanding(sight),
        "GET /api/v1/areas/:id/actions": .tokenStanding(sight),
        "GET /api/v1/actions": .token(everybody),
        "GET /api/v1/actions/:id": .tokenStanding(sight),
        // Only their doors are tried here: what names no version is sent back before the thing is looked at.
        // `APIWritingTests` goes on.
        "PATCH /api/v1/areas/:id": .token(everybody),
        "POST /api/v1/areas/:id/statuses": .token(everybody),
        "PUT /api/v1/areas/:id/measures/:measure": .token(everybody),
        "DELETE /api/v1/areas/:id/measures/:measure": .token(everybody),
        "POST /api/v1/areas/:id/evidence": .token(everybody),
        "POST /api/v1/areas/:id/later": .token(everybody),
        "POST /api/v1/areas/:id/actions": .token(everybody),
        "POST /api/v1/actions/:id/events": .token(everybody),
        "POST /api/v1/reports/:id/followed": .token(everybody),
        "GET /api/v1/measures": .token(everybody),
        "GET /api/v1/measures/:id": .token(everybody),
        "GET /api/v1/measures/:id/points": .token(figures),
        "GET /api/v1/imports": .token(facts),
        "GET /api/v1/imports/:batch": .token(facts),
        "GET /api/v1/imports/:batch/rejects": .token(facts),
        "GET /api/v1/tokens": .token(accounts),
        // No token has this reference.
        "DELETE /api/v1/tokens/:reference": .token([]),
        "GET /api/v1/log": .token(log),
    ]

    /// Whose page may hold what the force says of its areas.
    static func seesWork(_ role: Role, _ standing: Standing) -> Bool {
        (sight[standing] ?? standing.otherwise.flatMap { sight[$0] })?.contains(role) ?? false
    }
}
