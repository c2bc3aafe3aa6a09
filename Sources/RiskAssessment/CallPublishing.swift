import Access
import Instruments
public import Kernel
public import Ledger
import People
public import Retention

extension ReportedCall {
    public static let chronologyShape = 1

    /// That the police were called, the last grade, and each flag. Never what was said, nor of what kind a flag is.
    public func chronology(of source: ChronologySource) -> [ChronologyEntry] {
        let number = reference.isEmpty ? "" : " (\(reference))"
        return parties.flatMap { party in
            let entry = { (at: Moment, kind: String, line: String, key: String) in
                ChronologyEntry(
                    person: party.person.text, when: ChronologyTime(at), kind: kind, line: line + number,
                    field: .narrative, capacity: party.capacity, about: ChronologyAbout(occurrence), key: key)
            }
            let call = entry(reportedAt, "risk.call", "Police called\(thrive.map { ": \($0.label)" } ?? "")", "")
            let flags = flags.map {
                entry($0.at, "risk.call-flag", "Flagged at the call as vulnerable", "\($0.number)")
            }
            let ended = self.flags.compactMap { flag in
                flag.withdrawn.map {
                    entry($0.at, "risk.call-flag-withdrawn", "A flag of the call was withdrawn", "\(flag.number)")
                }
            }
            return [call] + flags + ended
        }
    }
}

extension ReportedCall: Retained {
    public static var retainedAs: String { "call" }

    /// With the occurrences of its kind, from the last thing that happened to it.
    public func retention(writtenOn day: Day) -> RetentionFacts {
        let times =
            [reportedAt] + thrives.map(\.at) + checks.map(\.at) + flags.map(\.at) + arrivals.map(\.at)
            + closings.map(\.at) + reviews.map(\.at)
        return RetentionFacts(group: "group-2", lastEvent: times.max().map { LondonTime.day(of: $0) } ?? day)
    }

    public var retentionTitle: String {
        "Call of \(LondonTime.inWords(LondonTime.day(of: reportedAt)))\(reference.isEmpty ? "" : ", \(reference)")"
    }
}
