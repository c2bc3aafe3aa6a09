import Kernel

/// What happened, month by month, before anything is written down as a file.
struct SampleIncidents {
    struct Incident {
        let id: [UInt8]
        let kind: Int
        let place: Int
        /// Place in `CrimeMix.outcomes`, with the month in which it was recorded; nil for anti-social behaviour and for
        /// what has not ended.
        let end: (outcome: Int, month: Month)?
    }

    /// A change that was put in on purpose, so that a chart that misses it is wrong.
    static let change = PlantedChange(
        crimeType: CrimeMix.kinds[CrimeMix.violence].name, outcome: CrimeMix.outcomes[CrimeMix.unable],
        from: Month(index: 2024 * 12 + 9), before: 0.70, after: 0.56)

    let seed: UInt64
    let rowsPerMonth: Int
    let places: SamplePlaces

    /// The same for a month whatever else was asked before.
    func incidents(of month: Month) -> [Incident] {
        var generator = SeededGenerator(seed: seed, purpose: 1000 + UInt64(month.index))
        let kinds = CrimeMix.kindLadder(month: month.month)
        // Each kind varies by itself, so the total follows the seasons too.
        let mean = rowsPerMonth * (kinds.last ?? 0) / 1_000_000
        return (0..<generator.count(mean: mean)).map { _ in
            incident(generator.step(kinds), month, &generator)
        }
    }

    private func incident(_ kind: Int, _ month: Month, _ generator: inout SeededGenerator) -> Incident {
        let place = places.pick(retail: CrimeMix.kinds[kind].isRetail, &generator)
        guard kind != CrimeMix.antiSocial else { return Incident(id: [], kind: kind, place: place, end: nil) }
        let id = [UInt8].crimeID(&generator)
        let delay = generator.step(CrimeMix.delayLadder)
        let drawn = generator.step(CrimeMix.endLadders[kind])
        let helped = generator.below(100) < 20
        guard delay <= CrimeMix.longestDelay else { return Incident(id: id, kind: kind, place: place, end: nil) }
        let ended = month.adding(months: delay)
        let isChanged =
            helped && kind == CrimeMix.violence && drawn == CrimeMix.unable
            && ended >= SampleIncidents.change.from
        return Incident(id: id, kind: kind, place: place, end: (isChanged ? CrimeMix.charged : drawn, ended))
    }
}

/// A known truth of the sample: from `from` on (by the month of the outcome) the share of `outcome` among the outcomes
/// of `crimeType` is `after`; until then it was `before`.
public struct PlantedChange: Sendable, Hashable {
    public let crimeType: String
    public let outcome: String
    public let from: Month
    public let before: Double
    public let after: Double
}
