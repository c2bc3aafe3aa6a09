import Kernel

/// A file by name, as it would be downloaded.
public struct SampleFile: Sendable, Hashable {
    public let name: String
    public let bytes: [UInt8]
}

/// Writes incidents as the site data.police.uk publishes them: UTF-8, line feeds, no quotes.
struct SampleFiles {
    static let streetHeader =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        + "Last outcome category,Context\n"
    static let outcomesHeader =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type\n"
    static let forces = Array(",Fellbrook Police,Fellbrook Police,".utf8)

    let source: SampleIncidents
    let last: Month

    /// What the files of `month` are made from: its own incidents and those whose outcome it may hold. Months that are
    /// already in `known` are not made again.
    func window(_ month: Month, known: [Month: [SampleIncidents.Incident]] = [:]) -> [Month: [SampleIncidents.Incident]]
    {
        let months = (0...CrimeMix.longestDelay).map { month.adding(months: -$0) }
        return Dictionary(uniqueKeysWithValues: months.map { ($0, known[$0] ?? source.incidents(of: $0)) })
    }

    /// One row for each incident of the month.
    func street(_ month: Month, _ incidents: [SampleIncidents.Incident]) -> [UInt8] {
        var bytes = Array(SampleFiles.streetHeader.utf8)
        let stamp = Array(",\(month)".utf8) + SampleFiles.forces
        for incident in incidents {
            bytes += incident.id
            bytes += stamp
            bytes += source.places.tails[incident.place]
            bytes.append(",\(CrimeMix.kinds[incident.kind].name),\(lastOutcome(incident, month)),\n")
        }
        return bytes
    }

    /// The state at download, which is the end of the last month.
    private func lastOutcome(_ incident: SampleIncidents.Incident, _ month: Month) -> String {
        guard incident.kind != CrimeMix.antiSocial else { return "" }
        guard let end = incident.end, end.month <= last else {
            return month.adding(months: 6) > last ? "Under investigation" : "Status update unavailable"
        }
        guard end.outcome == CrimeMix.charged else { return CrimeMix.outcomes[end.outcome] }
        return end.month.adding(months: 3) > last ? "Awaiting court outcome" : "Court result unavailable"
    }

    /// Outcomes recorded in the month, many of them of crimes of earlier months; now and then a row stands twice.
    func outcomes(_ month: Month, _ window: [Month: [SampleIncidents.Incident]]) -> [UInt8] {
        var generator = SeededGenerator(seed: source.seed, purpose: 20_000 + UInt64(month.index))
        var bytes = Array(SampleFiles.outcomesHeader.utf8)
        let stamp = Array(",\(month)".utf8) + SampleFiles.forces
        for incident in window.keys.sorted().flatMap({ window[$0] ?? [] }) {
            guard let end = incident.end, end.month == month else { continue }
            let tail = Array(",\(CrimeMix.outcomes[end.outcome])\n".utf8)
            for _ in 0..<(generator.below(300) == 0 ? 2 : 1) {
                bytes += incident.id
                bytes += stamp
                bytes += source.places.tails[incident.place]
                bytes += tail
            }
        }
        return bytes
    }
}
