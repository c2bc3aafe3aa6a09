public import Kernel

/// Why a sign-in by a force's own provider did not come about: words for the person, and a short cause for the log that
/// holds no name, no address and nothing a provider wrote.
public struct FederationFault: Error, Sendable, Equatable {
    /// For the log and the journal, such as `token: expired`.
    public let cause: String
    public let problem: Problem

    public init(_ cause: String, _ problem: Problem) { (self.cause, self.problem) = (cause, problem) }

    /// No answer, or one that says that the provider itself is in trouble.
    public static func unreachable(_ cause: String) -> FederationFault {
        FederationFault(
            "unreachable: \(cause)",
            Problem(
                .unavailable, "Your force’s sign-in does not answer.",
                next: "Try again in a minute. If you have a Holdfast password, sign in with that."))
    }

    /// It answered with something that may not be believed or used.
    public static func untrusted(_ cause: String) -> FederationFault {
        FederationFault(
            cause,
            Problem(
                .refused, "We could not trust what your force’s sign-in sent us.",
                next: "Try again. If it goes on, give your administrator the reference below."))
    }

    static func token(_ fault: TokenFault) -> FederationFault { untrusted("token: \(fault.rawValue)") }

    /// The provider does not know us, or not the secret we have.
    static let clientRefused = FederationFault(
        "client refused",
        Problem(
            .unavailable, "Your force’s sign-in does not accept Holdfast at the moment.",
            next: "Tell your administrator: the client secret may have changed or run out."))

    /// A journey that was begun elsewhere, is over, or took too long.
    public static let staleJourney = FederationFault(
        "journey unknown, used or too old",
        Problem(
            .refused, "This sign-in was not begun here, or took too long.",
            next: "Go to the sign-in page and start again."))

    /// The person, or a rule of the provider, said no.
    static let declined = FederationFault(
        "declined by provider",
        Problem(
            .refused, "Your force’s sign-in did not let you through.",
            next: "Try again. If it goes on, ask whoever looks after your account there."))

    static let tooManyGroups = FederationFault(
        "groups left out",
        Problem(
            .refused, "You are in so many groups that your force’s sign-in left them out.",
            next: "Ask your administrator to send only the groups assigned to Holdfast, or app roles, in Entra ID."))

    static let weakProof = FederationFault(
        "proof weaker than required",
        Problem(
            .refused, "Holdfast needs a stronger proof of who you are, such as a code or a security key.",
            next: "Sign in again with a second factor. If you are not asked for one, tell your administrator."))

    public static let notFresh = FederationFault(
        "proof not fresh",
        Problem(
            .refused, "Your force’s sign-in did not ask you again who you are.",
            next: "Try again. If it goes on, give your administrator the reference below."))
}

/// What is wrong with an ID token.
public enum TokenFault: String, Error, Sendable, Equatable, CaseIterable {
    case malformed
    case tooLarge = "too large"
    case algorithm
    case keyType = "key of another type"
    case unknownKey = "unknown key"
    case signature
    case issuer, audience
    case authorisedParty = "authorised party"
    case tenant, subject
    case expired
    case notYet = "not valid yet"
    case issuedAt = "issued too long ago or in the future"
    case nonce
    case accessHash = "access token hash"
}
