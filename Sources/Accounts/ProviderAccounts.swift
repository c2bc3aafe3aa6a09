import Access
import Crypto
import Federation
import Foundation
import Kernel
import Ledger

/// Accounts of people who come from a provider: made at the first sign-in, and brought up to date at each.
extension ProviderSignIn {
    /// The person of an identity with the roles that her groups give her today.
    /// - Throws: `FederationFault` when there are none, or her account is closed here, which wins.
    func settle(_ identity: ProviderIdentity, _ settings: ProviderSettings) async throws -> Holder {
        let grants = settings.grants(of: identity.groups, on: LondonTime.day(of: ledger.now))
        let teams = Set(grants.teams.compactMap { Identifier<Team>($0) })
        let known = try await ledger.glance { reading -> String? in
            let person = try OriginRows.person(identity.issuer, identity.subject, reading)
            return try person.flatMap { try HolderRows.with(id: $0, reading) }?.id
        }
        if known == nil {
            guard !grants.roles.isEmpty else { throw ProviderSignIn.noRole }
            try await enrol(identity, grants.roles, teams, settings)
        }
        guard let holder = try await regrant(identity, grants.roles, teams, settings) else {
            throw ProviderSignIn.noRole
        }
        return holder
    }

    /// A new account. Roles and teams follow by the same way as at every later sign-in.
    private func enrol(
        _ identity: ProviderIdentity, _ roles: Set<Role>, _ teams: Set<Identifier<Team>>, _ settings: ProviderSettings
    ) async throws {
        guard let agency = Identifier<Agency>(settings.agency) else { throw ProviderSignIn.misplaced }
        let (fresh, now) = (ledger.newIdentifier(User.self).text, ledger.now)
        let person = try await ledger.upkeep(.audit) {
            try OriginRows.person(
                identity.issuer, identity.subject, provider: settings.id, elseKnownAs: fresh, at: now, $0)
        }
        guard let id = Identifier<User>(person) else { throw ProviderSignIn.misplaced }
        for name in ProviderNames.signInNames(of: identity, settings.id) {
            let user = User(
                name: ProviderNames.fullName(of: identity), signInName: name, agency: agency, roles: roles, teams: teams
            ).granted(roles, teams, by: settings.id)
            do {
                _ = try await directory.create(user, id: id, as: actor(settings))
                return
            } catch is Conflict {
                return  // Another window of hers was first.
            } catch let problem as Problem where problem.fields.contains(where: { $0.name == "signInName" }) {
                continue  // Somebody has this name, and is never taken for her.
            } catch let problem as Problem where problem.code == .invalid {
                throw ProviderSignIn.misplaced
            }
        }
        throw ProviderSignIn.misplaced
    }

    /// - Returns: Nil when no group of hers gives a role: she is out at once, and her sessions end.
    private func regrant(
        _ identity: ProviderIdentity, _ roles: Set<Role>, _ teams: Set<Identifier<Team>>, _ settings: ProviderSettings
    ) async throws -> Holder? {
        let found = try await ledger.glance { reading in
            try OriginRows.person(identity.issuer, identity.subject, reading)
                .flatMap { try HolderRows.with(id: $0, reading) }
        }
        guard let found, let id = Identifier<User>(found.id) else { throw ProviderSignIn.misplaced }
        guard !found.user.isDisabled else { throw ProviderSignIn.closed }
        let wanted = found.user.granted(roles, teams, by: settings.id)
        if wanted != found.user { try await keep(id, wanted, settings) }
        if wanted.isWithdrawn {
            let now = ledger.now
            try await ledger.upkeep(.audit) { writing in
                _ = try SessionRows.end(of: id.text, .rolesWithdrawn, at: now, writing)
                try LinkRows.void(of: id.text, at: now, writing)
            }
            return nil
        }
        guard wanted.isActive(at: ledger.now) else { throw ProviderSignIn.closed }
        return Holder(id: id.text, user: wanted)
    }

    /// Through the ledger, so that her history shows which day gave and took what.
    private func keep(_ id: Identifier<User>, _ wanted: User, _ settings: ProviderSettings) async throws {
        let actor = actor(settings)
        let teamsExist = try await ledger.glance { reading in
            try wanted.teams.allSatisfy { try HolderRows.exists(Team.kind, $0.text, reading) }
        }
        guard teamsExist else { throw ProviderSignIn.misplaced }
        let current = try await directory.user(id, as: actor)
        guard !current.body.isDisabled else { throw ProviderSignIn.closed }
        do {
            try await ledger.commit([.amend(id, expecting: current.version, wanted)], as: actor)
        } catch is Conflict {
            throw ProviderSignIn.changing
        }
    }

    /// Who the log names for what a provider decided.
    private func actor(_ settings: ProviderSettings) -> Actor {
        Actor(
            user: "provider-\(settings.id)", agency: settings.agency, roles: [.administrator], purpose: .administration)
    }

    private static let noRole = FederationFault(
        "no role from groups",
        Problem(
            .refused, "Your force’s sign-in knows you, and gives you nothing to do here.",
            next: "Ask your administrator to put you into a group that Holdfast knows."))

    private static let closed = FederationFault("account closed here", SignInProblem.closed)

    private static let misplaced = FederationFault(
        "agency or team of the configuration is not here",
        Problem(
            .unavailable, "Holdfast is not ready for people of your force yet.",
            next: "Give your administrator the reference below: an agency or a team is missing."))

    private static let changing = FederationFault(
        "account changed meanwhile",
        Problem(.unavailable, "Somebody changed your account at this moment.", next: "Sign in again."))
}

/// Names for a new account, out of what a provider wrote.
enum ProviderNames {
    static func fullName(of identity: ProviderIdentity) -> String {
        var faults = FieldFaults()
        let name = Naming.checkedName(identity.name, field: "name", of: "the person", &faults)
        return faults.fields.isEmpty ? name : "Name not given"
    }

    /// What she is called there when that can be a sign-in name; then with a mark that is hers alone.
    static func signInNames(of identity: ProviderIdentity, _ provider: String) -> [String] {
        let digest = SHA256.hash(data: Data("\(identity.issuer)\u{1F}\(identity.subject)".utf8))
        let mark = Hex.encode(digest.prefix(6))
        var faults = FieldFaults()
        let name = Naming.checkedSignInName(identity.userName, &faults)
        guard faults.fields.isEmpty else { return ["\(provider.prefix(48))-\(mark)"] }
        return [name, "\(name.prefix(48))-\(mark)"]
    }
}
