public import Statistics

/// How often an officer's forms have no yes at all, held against the others: a form that says no to everything is
/// sometimes right, and an officer who has mostly such forms is asked why. It says nothing of a single form.
public struct OfficerYes: Sendable, Equatable {
    public let officer: String
    public let counts: QualityTally.Counts
    /// Forms without a yes, of forms with an answer.
    public let withoutYes: Proportion
    /// Where it stands among the officers.
    public let unit: Funnel.Unit

    /// More of her forms are without a yes than chance and the usual differences explain.
    public var isUnusual: Bool { unit.isAbove }
}

extension QualityTally {
    /// Officers, those furthest above the others first.
    public func officers() throws -> [OfficerYes] {
        let known = (groups[.officer] ?? [:]).sorted { $0.key < $1.key }
        let shares = try known.map { try Proportion(events: $0.value.withoutYes, of: $0.value.answered) }
        let funnel = Funnel(shares)
        return zip(zip(known, shares), funnel.units).map { line, unit in
            OfficerYes(officer: line.0.key, counts: line.0.value, withoutYes: line.1, unit: unit)
        }.sorted { ($0.unit.z ?? -.infinity, $1.officer) > ($1.unit.z ?? -.infinity, $0.officer) }
    }
}
