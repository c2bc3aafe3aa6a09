import Access
import Accounts
import Actions
import Kernel
import Ledger
import Pages

/// Names of people and teams: to choose from, and beside what they wrote.
struct PeopleNames: Sendable {
    private let names: [String: PersonName]

    /// Looks the names up once for a page.
    static func of(_ users: some Sequence<String>, _ visit: Visit) async throws -> PeopleNames {
        PeopleNames(names: try await visit.site.directory.names(Set(users), as: visit.actor))
    }

    /// Of somebody who may never have been here: whoever is only named in a file keeps the name that it has there.
    func name(ofOfficer officer: String) -> String { names[officer]?.name ?? officer }

    func name(_ user: String) -> String {
        if let name = names[user]?.name { return name }
        return user.hasPrefix("command-") ? "the command line" : "somebody who is no longer here"
    }
}

/// Whom work can be given to: teams first, then people.
struct Assignees: Sendable {
    private let teams: [Assignee]
    private let people: [Assignee]

    static func of(_ visit: Visit) async throws -> Assignees { try await of(visit.site, as: visit.actor) }

    static func of(_ site: Site, as actor: Actor) async throws -> Assignees {
        guard let agency = Identifier<Agency>(actor.agency) else { return Assignees(teams: [], people: []) }
        let teams = try await site.directory.teams(of: agency, as: actor)
        let people = try await site.directory.names(of: agency, as: actor)
        return Assignees(
            teams: teams.map { Assignee(id: $0.id.text, name: $0.body.name) },
            people: people.filter(\.isActive).map { Assignee(id: $0.id.text, name: $0.name) })
    }

    /// `also` keeps somebody on the list who has it now and could not be chosen anew.
    func choices(also current: Assignee? = nil) -> [Choice] {
        let known = teams.map { Choice($0.id, "Team: \($0.name)") } + people.map { Choice($0.id, $0.name) }
        guard let current, !known.contains(where: { $0.value == current.id }) else { return known }
        return [Choice(current.id, current.name)] + known
    }

    func with(id: String, or current: Assignee? = nil) -> Assignee? {
        if let current, current.id == id { return current }
        return (teams + people).first { $0.id == id }
    }

    /// Whoever alone has that name.
    func named(_ name: String, or current: Assignee? = nil) -> Assignee? {
        let wanted = name.lowercased()
        if let current, current.name.lowercased() == wanted { return current }
        let found = (teams + people).filter {
            $0.name.lowercased() == wanted || "team: \($0.name.lowercased())" == wanted
        }
        return found.count == 1 ? found.first : nil
    }
}
