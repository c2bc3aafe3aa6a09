import Access
import Kernel
import Yams

/// The configuration file of providers, `openid.yaml`. Secrets are named in it and never stand in it.
public struct ProviderFile {
    /// Where a secret is kept.
    public enum SecretSource: Sendable, Equatable {
        /// A path, as it is written in the file.
        case file(String)
        case environment(String)
    }

    let name: String
    private var faults: [String] = []

    /// Reads the providers of a file.
    /// - Parameter secret: gives what a source holds; nil when there is none.
    /// - Throws: `Problem` that names every mistake with its line.
    public static func providers(
        in text: String, named name: String, secret: (SecretSource) -> String?
    ) throws -> [ProviderSettings] {
        var file = ProviderFile(name: name)
        let providers = file.read(text, secret)
        guard file.faults.isEmpty else {
            throw Problem(
                .invalid, "The file \(name) has mistakes, so nobody could sign in by it.",
                next: "Correct them and start again.", fields: file.faults.map { Problem.Field(name, $0) })
        }
        return providers
    }

    private init(name: String) { self.name = name }

    private mutating func read(_ text: String, _ secret: (SecretSource) -> String?) -> [ProviderSettings] {
        guard text.utf8.count <= 1 << 20, let root = try? Yams.compose(yaml: text) else {
            faults.append("\(name): this is not YAML, or names a key twice.")
            return []
        }
        guard let list = nodes("providers", of: root), !list.isEmpty else {
            fault(root, "There is no list named “providers”.")
            return []
        }
        check(root, knows: ["providers"])
        let providers = list.compactMap { provider($0, secret) }
        for (index, one) in providers.enumerated() {
            for other in providers[..<index] where other.id == one.id || other.issuer == one.issuer {
                fault(list[index], "“\(one.id)” has the id or the issuer of another provider.")
            }
        }
        return providers
    }

    private static let known: Set<String> = [
        "id", "name", "issuer", "client-id", "client-secret-file", "client-secret-environment", "agency", "hosts",
        "groups-claim", "groups", "required-amr", "accepted-acr",
    ]

    private mutating func provider(_ node: Node, _ secret: (SecretSource) -> String?) -> ProviderSettings? {
        check(node, knows: ProviderFile.known)
        let id = text("id", of: node)
        if let id, !ProviderFile.isShortName(id) { fault(node, "“id” may hold a-z, 0-9 and -: \(id).") }
        let agency = text("agency", of: node)
        if let agency, !ProviderFile.isShortName(agency) { fault(node, "“agency” is not a short name: \(agency).") }
        let issuer = issuer(node)
        let mappings = (nodes("groups", of: node) ?? []).compactMap { mapping($0) }
        if mappings.isEmpty { fault(node, "“groups” maps no group to a role, so nobody could come in.") }
        // Each is asked for before any is judged, so that every mistake is named at once.
        let (name, client, key) = (text("name", of: node), text("client-id", of: node), clientSecret(node, secret))
        guard let id, let name, let issuer, let client, let agency, let key else { return nil }
        return ProviderSettings(
            id: id, name: name, issuer: issuer, clientID: client, secret: ClientSecret(key), agency: agency,
            hosts: Set(texts("hosts", of: node).compactMap { host($0, node) }),
            groupsClaim: (node["groups-claim"]?.string ?? "groups").split(separator: ".").map(String.init),
            mappings: mappings, requiredMethods: Set(texts("required-amr", of: node)),
            acceptedContexts: Set(texts("accepted-acr", of: node)))
    }

    private mutating func issuer(_ node: Node) -> String? {
        guard let issuer = text("issuer", of: node) else { return nil }
        guard ProviderSettings.origin(of: issuer)?.isSafe == true, !issuer.contains("?") else {
            fault(node, "“issuer” must be an address that begins with https://: \(issuer).")
            return nil
        }
        if let tenant = EntraIssuer.tenant(of: issuer), EntraIssuer.shared.contains(tenant) {
            fault(node, "“issuer” must name the force’s own tenant, not \(tenant): others could sign in.")
            return nil
        }
        return issuer
    }

    private mutating func host(_ address: String, _ node: Node) -> String? {
        guard let origin = ProviderSettings.origin(of: address), origin.isSafe, origin.origin == address else {
            fault(node, "“hosts” lists origins such as https://keys.example: \(address).")
            return nil
        }
        return origin.origin
    }

    private mutating func clientSecret(_ node: Node, _ secret: (SecretSource) -> String?) -> String? {
        let file = node["client-secret-file"]?.string.map { SecretSource.file($0) }
        let variable = node["client-secret-environment"]?.string.map { SecretSource.environment($0) }
        let sources = [file, variable].compactMap(\.self)
        guard let source = sources.first, sources.count == 1 else {
            fault(node, "Give either “client-secret-file” or “client-secret-environment”.")
            return nil
        }
        guard let found = secret(source)?.trimmed(), !found.isEmpty else {
            let place =
                switch source {
                case .file(let path): "the file \(path)"
                case .environment(let name): "the environment variable \(name)"
                }
            fault(node, "There is no client secret in \(place), or it cannot be read.")
            return nil
        }
        return found
    }

    private mutating func mapping(_ node: Node) -> Dated<GroupMapping>? {
        check(node, knows: ["group", "roles", "teams", "from", "until", "source"])
        guard let group = text("group", of: node) else { return nil }
        var grants = GroupMapping.Grants(teams: Set(texts("teams", of: node)))
        for name in texts("roles", of: node) {
            guard let role = Role(rawValue: name) else {
                fault(node, "“\(name)” is no role. See holdfast user add --help.")
                continue
            }
            grants.roles.insert(role)
        }
        for team in grants.teams where !ProviderFile.isShortName(team) {
            fault(node, "“\(team)” is no team’s identifier.")
        }
        if grants.roles.isEmpty { fault(node, "The group “\(group)” gives no role.") }
        guard let from = day("from", of: node) else {
            if node["from"] == nil { fault(node, "“from” is missing: from which day does this hold?") }
            return nil
        }
        let until = day("until", of: node)
        if let until, until <= from { fault(node, "“until” must come after “from”.") }
        return Dated(
            from: from, until: until, source: node["source"]?.string ?? name, value: GroupMapping(group, grants))
    }

    private static func isShortName(_ text: String) -> Bool { Identifier<ProviderSettings>(text) != nil }
}

extension ProviderFile {
    private mutating func fault(_ node: Node, _ words: String) {
        faults.append("\(name), line \(node.mark?.line ?? 1): \(words)")
    }

    /// A misspelt key would otherwise be a rule that nobody notices is missing.
    private mutating func check(_ node: Node, knows keys: Set<String>) {
        guard let mapping = node.mapping else { return fault(node, "Names and values are expected here.") }
        for key in mapping.keys where !keys.contains(key.string ?? "") {
            fault(key, "“\(key.string ?? "")” is not known here.")
        }
    }

    private mutating func text(_ key: String, of node: Node) -> String? {
        guard let text = node[key]?.string?.trimmed(), !text.isEmpty else {
            fault(node, "“\(key)” is missing.")
            return nil
        }
        return text
    }

    private mutating func texts(_ key: String, of node: Node) -> [String] {
        guard let value = node[key] else { return [] }
        guard let list = value.sequence else {
            fault(value, "“\(key)” is a list.")
            return []
        }
        return list.compactMap(\.string)
    }

    private func nodes(_ key: String, of node: Node) -> [Node]? { node[key]?.sequence.map { Array($0) } }

    private mutating func day(_ key: String, of node: Node) -> Day? {
        guard let text = node[key]?.scalar?.string else { return nil }
        guard let day = Day(text) else {
            fault(node, "“\(key)” is a day such as 2026-12-01: \(text).")
            return nil
        }
        return day
    }
}
