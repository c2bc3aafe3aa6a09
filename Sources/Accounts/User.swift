public import Access
public import Kernel
public import Ledger

/// A person who may sign in. How she proves who she is (password, second factor) is kept apart and shown to nobody.
public struct User: RecordBody {
    public static let kind = RecordKind.user

    public var name: String
    public var signInName: String
    public var agency: Identifier<Agency>
    public var roles: Set<Role>
    public var teams: Set<Identifier<Team>>
    /// The first and the last day on which she may sign in, in London; nil for no bound.
    public var activeFrom: Day?
    public var activeUntil: Day?
    /// Her line manager: a record about the one does not exist for the other.
    public var manager: Identifier<User>?
    /// Why the account was closed; nil while it is open. When and by whom is in the record's history.
    public private(set) var disabledReason: String?
    /// The provider whose groups decide her roles and teams at each sign-in; nil for a local account.
    public private(set) var provider: String?
    /// Her groups there gave no role when she last came. Nil for no.
    private var withdrawn: Bool?

    public init(
        name: String, signInName: String, agency: Identifier<Agency>, roles: Set<Role>,
        teams: Set<Identifier<Team>> = [], activeFrom: Day? = nil, activeUntil: Day? = nil
    ) {
        (self.name, self.signInName, self.agency, self.roles) = (name, signInName, agency, roles)
        (self.teams, self.activeFrom, self.activeUntil) = (teams, activeFrom, activeUntil)
    }

    public var keys: [IndexKey] {
        [
            IndexKey("name", Naming.folded(name)), IndexKey("agency", agency.text),
            IndexKey("sign-in-name", Naming.folded(signInName)),
        ] + roles.map { IndexKey("role", $0.rawValue) } + teams.map { IndexKey("team", $0.text) }
            + (manager.map { [IndexKey(PartyIndex.manager, $0.text)] } ?? [])
    }

    /// The record's own id, put there by `checked`.
    public var ownUser: String? { owner }

    /// Access is decided from the body alone, so the body knows whose it is.
    private(set) var owner: String?

    public var isDisabled: Bool { disabledReason != nil }

    /// Her force's own sign-in gives her no role any more.
    public var isWithdrawn: Bool { withdrawn ?? false }

    /// Whether she may sign in at `moment`.
    public func isActive(at moment: Moment) -> Bool {
        let today = LondonTime.day(of: moment)
        return !isDisabled && !isWithdrawn && (activeFrom.map { $0 <= today } ?? true)
            && (activeUntil.map { today <= $0 } ?? true)
    }
}

extension User {
    /// The user with names tidied, belonging to the record `id`.
    /// - Throws: `Problem.invalid` with field errors.
    public func checked(for id: Identifier<User>) throws -> User {
        var faults = FieldFaults()
        var tidy = self
        tidy.owner = id.text
        tidy.name = Naming.checkedName(name, field: "name", of: "the person", &faults)
        tidy.signInName = Naming.checkedSignInName(signInName, &faults)
        if let from = activeFrom, let until = activeUntil, until < from {
            faults.add("activeUntil", "The last day must not be before the first day")
        }
        try faults.throwIfAny()
        return tidy
    }

    /// What she becomes by an amendment. Somebody who is no administrator may change her own name and nothing else:
    /// the policy lets a person alter her own account, and this keeps her from giving herself a role.
    public func amended(to wanted: User, byAdministrator: Bool) throws -> User {
        var allowed = wanted
        (allowed.owner, allowed.disabledReason) = (owner, disabledReason)
        (allowed.provider, allowed.withdrawn) = (provider, withdrawn)
        guard !byAdministrator else { return allowed }
        var onlyName = self
        onlyName.name = wanted.name
        guard onlyName == allowed else {
            throw Problem(
                .refused, "You can change only your own name.",
                next: "Ask your administrator to change anything else of the account.")
        }
        return allowed
    }

    /// The account closed.
    /// - Throws: `Problem.invalid` without a reason, `Problem.conflict` when it is closed already.
    public func disabled(because reason: String) throws -> User {
        var faults = FieldFaults()
        let tidy = Naming.tidied(reason)
        if tidy.isEmpty { faults.add("reason", "Enter why the account is closed") }
        if tidy.unicodeScalars.count > 500 { faults.add("reason", "The reason must be 500 characters or fewer") }
        try faults.throwIfAny()
        guard !isDisabled else { throw Problem(.conflict, "The account is closed already.") }
        var closed = self
        closed.disabledReason = tidy
        return closed
    }

    /// The account open again.
    /// - Throws: `Problem.conflict` when it is not closed.
    public func enabled() throws -> User {
        guard isDisabled else { throw Problem(.conflict, "The account is open already.") }
        var open = self
        open.disabledReason = nil
        return open
    }

    /// Her roles and teams as `provider` gives them now. Without a role she is out, whatever else she could do here.
    func granted(_ roles: Set<Role>, _ teams: Set<Identifier<Team>>, by provider: String) -> User {
        var next = self
        (next.roles, next.teams, next.provider) = (roles, teams, provider)
        next.withdrawn = roles.isEmpty ? true : nil
        return next
    }

    func actor(_ id: String, for purpose: Purpose) -> Actor {
        Actor(user: id, agency: agency.text, roles: roles, teams: Set(teams.map(\.text)), purpose: purpose)
    }
}
