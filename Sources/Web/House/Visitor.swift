import Access
import Accounts

/// The facts of a live session that pages and rules need.
struct Visitor: Sendable {
    let actor: Actor
    let name: String
    let standing: String
    let formToken: String
    /// Names the session without being able to open it.
    let session: String

    init(_ live: LiveSession) {
        actor = live.actor(for: Visitor.purpose(live.roles))
        name = live.name
        standing = live.roles.map(\.title).sorted().joined(separator: ", ")
        formToken = live.csrf
        session = live.reference
    }

    private init(_ visitor: Visitor, _ actor: Actor) {
        (self.actor, name, standing) = (actor, visitor.name, visitor.standing)
        (formToken, session) = (visitor.formToken, visitor.session)
    }

    func working(on resource: ResourceClass) -> Visitor { Visitor(self, actor.working(on: resource)) }

    /// The purpose that goes with the work of a role, kept with each audit entry.
    static func purpose(_ roles: Set<Role>) -> Purpose {
        if roles.contains(.inspectionLead) { return .inspection }
        if roles.contains(.analyst) { return .analysis }
        if roles.contains(.privacyOfficer) { return .oversight }
        if !roles.isDisjoint(with: [.administrator, .recordsManager]) { return .administration }
        return roles.contains(.investigator) ? .investigation : .safeguarding
    }
}
