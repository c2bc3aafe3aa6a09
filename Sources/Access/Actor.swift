/// Who asks. Made from a live session or from the command line, never from what a request says of itself.
public struct Actor: Sendable, Hashable {
    public let user: String
    public let agency: String
    public let roles: Set<Role>
    public let teams: Set<String>
    public let purpose: Purpose

    public init(user: String, agency: String, roles: Set<Role>, teams: Set<String> = [], purpose: Purpose) {
        (self.user, self.agency, self.roles, self.teams, self.purpose) = (user, agency, roles, teams, purpose)
    }

    /// The same person in the work that goes with a thing: somebody with several roles looks at a person to keep her
    /// safe, not to administer.
    public func working(on resource: ResourceClass) -> Actor {
        guard resource.isPersonal || resource == .interest else { return self }
        let purpose: Purpose =
            if roles.contains(.investigator) {
                .investigation
            } else if roles.isDisjoint(with: PersonalPolicy.practitioners + [.neighbourhoodOfficer]) {
                .oversight
            } else {
                .safeguarding
            }
        return Actor(user: user, agency: agency, roles: roles, teams: teams, purpose: purpose)
    }

    /// The person at the machine's own command line: whoever may open the data folder may do this.
    public static func command(user: String, agency: String = "police") -> Actor {
        Actor(
            user: "command-\(user)", agency: agency,
            roles: [.administrator, .inspectionLead, .analyst, .privacyOfficer, .recordsManager],
            purpose: .administration)
    }
}
