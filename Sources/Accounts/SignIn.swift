import Access
public import Kernel
public import Ledger

/// How a person proves who she is, and what then stands for her: password, code from her app, session.
///
/// Nothing here is a record. What a person did is told to the log under the kinds `session`, `credential` and `link`,
/// in identifiers only. A failure is logged with the user whose name was tried, which is no proof that she tried.
public struct SignIn: Sendable {
    let ledger: Ledger
    let line: HashingLine
    let cost: PasswordCost
    let random: @Sendable (_ count: Int) -> [UInt8]
    let users = ReadBodies<User>()
    private let decoy: String

    /// - Parameter random: Random bytes; from the operating system except in tests.
    public init(
        ledger: Ledger, line: HashingLine = HashingLine(), cost: PasswordCost = .standard,
        random: @escaping @Sendable (_ count: Int) -> [UInt8] = Ledger.systemRandom
    ) {
        (self.ledger, self.line, self.cost, self.random) = (ledger, line, cost, random)
        decoy = PasswordHash.decoy(random(PasswordHash.decoyLength), cost: cost)
    }

    /// The first step: name and password.
    ///
    /// - Parameter source: The address the request came from; kept only as a digest.
    /// - Returns: A secret for the second step, good for ten minutes.
    /// - Throws: `Problem`: `.refused` when name or password is wrong (the same words and the same work whether the
    ///   name exists or not), or when the account is closed or not set up; `.unavailable` when too many tried.
    public func begin(name: String, password: String, source: String) async throws -> SecretToken {
        // No name is as long as this; what is folded and looked up stays short.
        let name = name.utf8.count <= 256 ? name : ""
        let throttle = Throttle(name: name, source: source)
        // First: a try that must wait then takes as long whether anybody has the name or not.
        try await admit(throttle)
        let (holder, credential) = try await candidate(name)
        let typed = PasswordRules.normalised(password) ?? ""
        guard try await matches(typed, credential, throttle), let holder, let credential else {
            try await note("session", .consultation, "sign-in refused", holder, allowed: false)
            throw SignInProblem.wrong
        }
        try await checkReady(holder)
        try await raiseCost(credential, typed, of: holder)
        let token = SecretToken(random: random(32))
        let now = ledger.now
        try await ledger.upkeep(.audit) { writing in
            try throttle.clear(at: now, writing)
            try SessionRows.open(token, for: holder.id, .password, at: now, writing)
        }
        try await note("session", .consultation, "password accepted \(token.reference)", holder)
        return token
    }

    /// The second step: the code that her app shows.
    ///
    /// - Returns: The session. `pending` is spent, and the session has a secret of its own.
    /// - Throws: `Problem`: `.invalid` for a wrong or used code, `.refused` when the first step is too long ago,
    ///   `.unavailable` when too many codes were tried.
    public func complete(pending: SecretToken, code: String) async throws -> OpenedSession {
        let now = ledger.now
        let (holder, secret) = try await awaiting(pending, at: now)
        let throttle = Throttle(codesOf: holder.id)
        try await admit(throttle)
        guard let step = OneTimeCode.matchingStep(code, secret, at: now) else {
            try await note("session", .consultation, "code refused \(pending.reference)", holder, allowed: false)
            throw SignInProblem.wrongCode
        }
        let token = SecretToken(random: random(32))
        let isNew = try await ledger.upkeep(.audit) { writing in
            guard try CredentialRows.spend(step: step, of: holder.id, at: now, writing) else { return false }
            guard try SessionRows.end(pending.hash, .completed, at: now, writing) else { throw SignInProblem.tooLate }
            try throttle.clear(at: now, writing)
            try SessionRows.open(token, for: holder.id, .open, at: now, writing)
            try FactRows.keep(.firstSignIn, now.description, writing)
            return true
        }
        guard isNew else {
            try await note("session", .consultation, "code used before \(pending.reference)", holder, allowed: false)
            throw SignInProblem.usedCode
        }
        return try await opened(token, holder, at: now)
    }

    func opened(_ token: SecretToken, _ holder: Holder, at now: Moment) async throws -> OpenedSession {
        try await note("session", .consultation, "signed in \(token.reference)", holder)
        return OpenedSession(token: token, expires: now.adding(seconds: SessionRules.longestSeconds))
    }

    func admit(_ throttle: Throttle) async throws {
        let now = ledger.now
        let wait = try await ledger.upkeep(.audit) { try throttle.admit(at: now, $0) }
        guard wait == 0 else { throw Throttle.problem(wait: wait) }
    }

    /// Tells the log. A name that nobody has is `unknown`: what was typed may be a password in the wrong field.
    func note(
        _ kind: String, _ operation: Operation, _ about: String, _ holder: Holder?, allowed: Bool = true
    ) async throws {
        let nobody = Actor(user: "unknown", agency: "unknown", roles: [], purpose: .administration)
        let actor = holder.map { $0.user.actor($0.id, for: .administration) } ?? nobody
        try await ledger.note(Consultation(kind: kind, .account, operation, about: about), as: actor, allowed: allowed)
    }
}

extension SignIn {
    private func candidate(_ name: String) async throws -> (Holder?, Credential?) {
        try await ledger.glance { reading in
            let holder = try HolderRows.with(signInName: name, reading)
            return (holder, try holder.flatMap { try CredentialRows.password(of: $0.id, reading) })
        }
    }

    private func matches(_ typed: String, _ credential: Credential?, _ throttle: Throttle) async throws -> Bool {
        let encoded = credential?.encoded ?? decoy
        do {
            return try await line.run { PasswordHash.matches(typed, encoded) }
        } catch {
            try await ledger.upkeep(.audit) { try throttle.forgive($0) }
            throw error
        }
    }

    /// Said only after the right password, so that nobody learns from it who has an account.
    private func checkReady(_ holder: Holder) async throws {
        let now = ledger.now
        guard holder.user.isActive(at: now) else {
            try await note("session", .consultation, "account closed", holder, allowed: false)
            throw SignInProblem.closed
        }
        let factor = try await ledger.glance { try CredentialRows.secondFactor(of: holder.id, $0) }
        guard factor?.isConfirmed == true else {
            try await note("session", .consultation, "second factor missing", holder, allowed: false)
            throw SignInProblem.notSetUp
        }
    }

    private func raiseCost(_ credential: Credential, _ typed: String, of holder: Holder) async throws {
        guard PasswordHash.needsRaise(credential.encoded, to: cost) else { return }
        let raised = try await hashed(typed)
        try await ledger.upkeep { try CredentialRows.raise(credential.encoded, to: raised, of: holder.id, $0) }
    }

    private func awaiting(_ pending: SecretToken, at now: Moment) async throws -> (Holder, secret: [UInt8]) {
        let secrets = ledger.secrets
        let found = try await ledger.glance { reading -> (Holder, [UInt8])? in
            guard let (session, user) = try SessionRows.find(pending.hash, reading), session.stage == .password,
                !session.isEnded, SessionRules.end(of: session, user: user, at: now) == nil,
                try CredentialRows.secondFactor(of: session.person, reading)?.isConfirmed == true,
                let secret = try CredentialRows.secret(of: session.person, secrets, reading)
            else { return nil }
            return (Holder(id: session.person, user: user), secret)
        }
        guard let found else { throw SignInProblem.tooLate }
        return found
    }
}

/// A session that was just opened. The token goes into the cookie and nowhere else.
public struct OpenedSession: Sendable {
    public let token: SecretToken
    /// When it ends however much it is used.
    public let expires: Moment
}

enum SignInProblem {
    static let wrong = Problem(
        .refused, "The name or the password is not right.",
        next: "Try again. If you have forgotten your password, ask your administrator for a new link.")
    static let closed = Problem(.refused, "This account is not in use.", next: "Ask your administrator to open it.")
    static let notSetUp = Problem(
        .refused, "Your account is not set up yet.",
        next: "Open your one-time link again, or ask your administrator for a new one.")
    static let tooLate = Problem(.refused, "You took too long, so we stopped.", next: "Sign in again.")
    static let deadLink = Problem(
        .refused, "This link does not work any more.", next: "Ask your administrator for a new one.")
    static let passwordFirst = Problem(.refused, "Choose a password first.", next: "Open your link again.")
    static let wrongCode = code("The code is not right", next: "Enter the six digits that your app shows now.")
    static let usedCode = code("That code was used before", next: "Wait for the next code and enter that.")

    static let wrongPassword = Problem(
        .invalid, "There is a problem", next: "Type the password you sign in with.",
        fields: [Problem.Field("current", "The password is not right")])

    private static func code(_ message: String, next: String) -> Problem {
        Problem(.invalid, message + ".", next: next, fields: [Problem.Field("code", message)])
    }
}
