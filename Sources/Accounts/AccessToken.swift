public import Access
public import Kernel
public import Ledger

/// What a program may ask for with a token. A scope narrows: what its person may not do, her token may not either.
public enum TokenScope: String, Sendable, CaseIterable {
    case reports = "reports:read"
    case areas = "areas:read"
    case writeAreas = "areas:write"
    case measures = "measures:read"
    case imports = "imports:read"
    case log = "log:read"
    case tokens = "tokens:read"
    case endTokens = "tokens:write"
    case webhooks = "webhooks:read"
    case writeWebhooks = "webhooks:write"
    case persons = "persons:read"
    case writePersons = "persons:write"

    /// What a page calls it.
    public var title: String {
        switch self {
        case .reports: "Read inspection reports"
        case .areas: "Read areas for improvement"
        case .writeAreas: "Change areas for improvement and their actions"
        case .measures: "Read what is measured"
        case .imports: "Read what became of loaded files"
        case .log: "Read the access log"
        case .tokens: "Read everybody’s tokens"
        case .endTokens: "End anybody’s token"
        case .webhooks: "Read your webhooks"
        case .writeWebhooks: "Make and end webhooks"
        case .persons: "Find and read persons"
        case .writePersons: "Add and change persons"
        }
    }

    public var resource: ResourceClass {
        switch self {
        case .reports: .inspectionReport
        case .areas, .writeAreas, .webhooks, .writeWebhooks: .improvement
        case .measures: .measure
        case .imports: .fact
        case .log: .audit
        case .tokens, .endTokens: .account
        case .persons, .writePersons: .person
        }
    }

    public var operation: Operation {
        switch self {
        case .reports, .areas, .measures, .log, .persons: .consultation
        case .imports, .tokens, .writePersons: .collection
        case .writeAreas, .endTokens: .alteration
        case .webhooks, .writeWebhooks: .disclosure
        }
    }

    /// Whether she could, in some relation, do what it is for.
    public func isOpen(to actor: Actor) -> Bool {
        // Of her own account everybody may do something, and these are about those of others.
        let standing = resource == .account ? [] : Relation.helping
        return decide(actor.working(on: resource), operation, on: resource, standing: standing).isAllowed
    }
}

/// A token as its person sees it: everything but the secret.
public struct TokenSummary: Sendable, Equatable {
    /// Names it in lists and in the log; opens nothing.
    public let reference: String
    public let name: String
    public let scopes: Set<TokenScope>
    public let made: Moment
    public let expires: Moment
    /// To the minute; nil before the first use.
    public let seen: Moment?
}

/// Who asks by a token: read anew for every request, as a session is.
public struct LiveToken: Sendable {
    public let user: Identifier<User>
    public let roles: Set<Role>
    public let scopes: Set<TokenScope>
    public let reference: String
    let agency: String
    let teams: Set<String>

    public func actor(for purpose: Purpose) -> Actor {
        Actor(user: user.text, agency: agency, roles: roles, teams: teams, purpose: purpose)
    }
}

extension SignIn {
    /// The longest that a token lives, in days.
    public static let longestTokenDays = 365

    /// A token of her own. Its secret is shown once and kept as a digest.
    /// - Throws: `Problem.invalid` with field errors on `name`, `scopes` or `days`.
    public func issueToken(
        named name: String, scopes: Set<TokenScope>, days: Int, as actor: Actor
    ) async throws -> SecretToken {
        var faults = FieldFaults()
        let tidy = Naming.checkedName(name, field: "name", of: "the token", &faults)
        if scopes.isEmpty { faults.add("scopes", "Choose what the program may do") }
        if !scopes.allSatisfy({ $0.isOpen(to: actor) }) {
            faults.add("scopes", "Choose only what you may do yourself")
        }
        if !(1...SignIn.longestTokenDays).contains(days) { faults.add("days", "Enter 1 to 365 days") }
        try faults.throwIfAny()
        let (token, now) = (SecretToken(random: random(32)), ledger.now)
        try await noteToken(.collection, "made \(token.reference)", actor)
        try await ledger.upkeep {
            try TokenRows.keep(
                token, person: actor.user, name: tidy, scopes: scopes, at: now,
                expires: now.adding(days: Int64(days)), $0)
        }
        return token
    }

    /// Her own tokens that still work, newest first.
    public func tokens(as actor: Actor) async throws -> [TokenSummary] {
        try await noteToken(.consultation, "list", actor)
        let now = ledger.now
        return try await ledger.glance { try TokenRows.living(of: actor.user, at: now, $0) }
    }

    /// Ends a token of hers, with the next request.
    /// - Throws: `Problem.absent` when she has none of that name.
    public func endToken(_ reference: String, as actor: Actor) async throws {
        guard let named = Identifier<TokenSummary>(reference)?.text else { throw Problem.absent }
        try await noteToken(.alteration, "ended \(named)", actor)
        let now = ledger.now
        let ended = try await ledger.upkeep(.audit) { try TokenRows.end(named, of: actor.user, at: now, $0) }
        guard ended else { throw Problem.absent }
    }

    /// Who asks with `token`; nil when it is unknown, over or ended, or her account is closed.
    public func bearer(_ token: SecretToken) async throws -> LiveToken? {
        let (now, hash) = (ledger.now, token.hash)
        let found = try await ledger.glance { reading -> (LiveToken, Bool)? in
            guard let row = try TokenRows.find(hash, at: now, reading),
                let holder = try HolderRows.with(id: row.person, reading), holder.user.isActive(at: now),
                let id = Identifier<User>(holder.id)
            else { return nil }
            let live = LiveToken(
                user: id, roles: holder.user.roles, scopes: row.summary.scopes, reference: row.summary.reference,
                agency: holder.user.agency.text, teams: Set(holder.user.teams.map(\.text)))
            return (live, row.summary.seen.map { now >= $0.adding(seconds: SessionRules.markSeconds) } ?? true)
        }
        guard let (live, mustMark) = found else {
            guard try await ledger.glance({ try TokenRows.isOver(hash, at: now, $0) }) else { return nil }
            try await ledger.upkeep(.audit) { try TokenRows.expire(hash, at: now, $0) }
            return nil
        }
        if mustMark { try await ledger.upkeep(.audit) { try TokenRows.mark(hash, at: now, $0) } }
        return live
    }

    private func noteToken(_ operation: Operation, _ about: String, _ actor: Actor) async throws {
        try await ledger.note(Consultation(kind: "token", .account, operation, about: about), as: actor)
    }
}
