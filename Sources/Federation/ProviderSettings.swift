public import Access
public import Kernel

/// A force's own provider, as its configuration file says.
public struct ProviderSettings: Sendable {
    /// A short name of ours, part of the redirect address: `northshire`.
    public let id: String
    /// What people call it: `Northshire Police`.
    public let name: String
    public let issuer: String
    public let clientID: String
    let secret: ClientSecret
    /// The agency of everybody who comes from there.
    public let agency: String
    /// Further origins of the provider's endpoints, such as `https://keys.example`.
    let hosts: Set<String>
    /// Where in the token groups stand: `["groups"]`, `["roles"]` or `["realm_access", "roles"]`.
    let groupsClaim: [String]
    public let mappings: [Dated<GroupMapping>]
    /// Each of these must be among the methods of proof that the token names (`amr`, RFC 8176).
    let requiredMethods: Set<String>
    /// One of these must be the class of proof that the token names (`acr`); empty for any.
    let acceptedContexts: Set<String>

    init(
        id: String, name: String, issuer: String, clientID: String, secret: ClientSecret, agency: String,
        hosts: Set<String> = [], groupsClaim: [String] = ["groups"], mappings: [Dated<GroupMapping>],
        requiredMethods: Set<String> = [], acceptedContexts: Set<String> = []
    ) {
        (self.id, self.name, self.issuer, self.clientID, self.secret) = (id, name, issuer, clientID, secret)
        (self.agency, self.hosts, self.groupsClaim, self.mappings) = (agency, hosts, groupsClaim, mappings)
        (self.requiredMethods, self.acceptedContexts) = (requiredMethods, acceptedContexts)
    }

    /// What the groups of a person give her on `day`.
    public func grants(of groups: Set<String>, on day: Day) -> GroupMapping.Grants {
        mappings.holding(on: day).filter { groups.contains($0.group) }.reduce(into: GroupMapping.Grants()) {
            $0.roles.formUnion($1.grants.roles)
            $0.teams.formUnion($1.grants.teams)
        }
    }
}

/// What one group of the provider means here.
public struct GroupMapping: Sendable, Equatable {
    public struct Grants: Sendable, Equatable {
        public var roles: Set<Role>
        /// Identifiers of teams.
        public var teams: Set<String>

        public init(roles: Set<Role> = [], teams: Set<String> = []) { (self.roles, self.teams) = (roles, teams) }
    }

    /// As `normal` writes it.
    public let group: String
    public let grants: Grants

    init(_ group: String, _ grants: Grants) { (self.group, self.grants) = (GroupMapping.normal(group), grants) }

    /// Keycloak writes a group as a path that begins with `/`, and only if it is told to.
    static func normal(_ group: String) -> String { group.hasPrefix("/") ? String(group.dropFirst()) : group }
}

/// What proves to the provider that we are its client. Prints as dots, so that it cannot reach a log by accident.
public struct ClientSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
