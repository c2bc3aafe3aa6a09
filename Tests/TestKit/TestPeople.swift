public import Access

extension TestActor {
    /// Somebody whose work is with people, for that work.
    public static func practitioner(
        _ user: String = "ola", agency: String = "police", roles: Set<Role> = [.responseOfficer],
        teams: Set<String> = []
    ) -> Actor {
        Actor(user: user, agency: agency, roles: roles, teams: teams, purpose: .safeguarding).working(on: .person)
    }

    public static let standards = Actor(
        user: "stan", agency: "police", roles: [.professionalStandards], purpose: .oversight)
    public static let privacy = Actor(user: "pia", agency: "police", roles: [.privacyOfficer], purpose: .oversight)
}
