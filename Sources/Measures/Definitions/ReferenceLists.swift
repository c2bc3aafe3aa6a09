/// Crime types and outcome types that data.police.uk uses (its pages "Crime categories" and "Outcomes", read 2026).
/// Types that are held and not listed here get their measures too.
enum ReferenceLists {
    static let crimeTypes = [
        "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
        "Other theft", "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person",
        "Vehicle crime", "Violence and sexual offences",
    ]

    static let outcomeTypes = [
        "Unable to prosecute suspect", "Investigation complete; no suspect identified", "Suspect charged",
        "Suspect charged as part of another case", "Local resolution", "Offender given a caution",
        "Offender given a drugs possession warning", "Offender given penalty notice",
        "Action to be taken by another organisation", "Further action is not in the public interest",
        "Further investigation is not in the public interest", "Formal action is not in the public interest",
    ]

    /// What “last outcome” says of a crime that has none yet, or none that is known.
    static let statesThatAreNoOutcome: Set<String> = [
        "Under investigation", "Status update unavailable", "Awaiting court outcome", "Court result unavailable",
    ]
}
