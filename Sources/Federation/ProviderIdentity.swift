public import Kernel

/// Who came from a provider: what a checked token says of her.
public struct ProviderIdentity: Sendable, Equatable {
    public let issuer: String
    /// Never given to another person by this issuer; the only thing by which she is known again.
    public let subject: String
    /// For a new account; empty when the token has none.
    public let name: String
    public let userName: String
    /// As `GroupMapping.normal` writes them.
    public let groups: Set<String>
    /// How she proved who she is (`amr`), in short words.
    public let methods: [String]
    public let context: String?
    /// When she proved it; nil when the provider does not say.
    public let provedAt: Moment?

    private static let mostGroups = 2000

    /// - Throws: `FederationFault` when groups were left out, or the proof is weaker than the configuration demands.
    init(_ claims: StrictJSON, from settings: ProviderSettings) throws {
        issuer = settings.issuer
        subject = claims["sub"]?.text ?? ""
        let parts = [claims["given_name"]?.text, claims["family_name"]?.text].compactMap(\.self)
        userName = claims["preferred_username"]?.text ?? ""
        name = claims["name"]?.text ?? (parts.isEmpty ? userName : parts.joined(separator: " "))
        methods = claims["amr"]?.texts ?? []
        context = claims["acr"]?.text
        provedAt = TokenRules.moment(claims["auth_time"])
        groups = try ProviderIdentity.groups(claims, settings)
        guard settings.requiredMethods.isSubset(of: methods),
            settings.acceptedContexts.isEmpty || settings.acceptedContexts.contains(context ?? "")
        else { throw FederationFault.weakProof }
    }

    private static func groups(_ claims: StrictJSON, _ settings: ProviderSettings) throws -> Set<String> {
        let found = settings.groupsClaim.reduce(StrictJSON?.some(claims)) { $0?[$1] }
        guard let groups = found?.texts else {
            // Entra ID leaves groups out beyond 200 and says where to ask for them, which needs rights we do not want.
            let leftOut = claims["_claim_names"]?[settings.groupsClaim[0]] != nil || claims["hasgroups"] != nil
            if leftOut { throw FederationFault.tooManyGroups }
            return []
        }
        guard groups.count <= mostGroups else { throw FederationFault.tooManyGroups }
        return Set(groups.map { GroupMapping.normal($0) })
    }

    /// Methods as the log may hold them: no text that a provider made up.
    public var methodsForTheLog: String {
        let words = methods.prefix(8).map { word in
            String(word.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || $0 == "-") }.prefix(16))
        }
        return words.sorted().joined(separator: " ")
    }
}
