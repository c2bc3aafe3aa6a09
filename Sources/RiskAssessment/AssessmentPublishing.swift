import Access
import Instruments
public import Kernel
public import Ledger
import People
public import Retention

extension Assessment {
    public static let chronologyShape = 1

    /// One line for each person once it was sent: that the risk was judged, when and as what. Never an answer.
    public func chronology(of source: ChronologySource) -> [ChronologyEntry] {
        guard let sent = lastSent else { return [] }
        let number = reference.isEmpty ? "" : " (\(reference))"
        let grade = grading.map { ": \($0.label)" } ?? ""
        return parties.map { party in
            ChronologyEntry(
                person: party.person.text, when: ChronologyTime(sent.at), kind: "risk.assessment",
                line: "Risk assessed\(grade)\(number)", field: .narrative,
                capacity: party.capacity, about: ChronologyAbout(occurrence), key: sent.at.description)
        }
    }
}

extension Assessment: Retained {
    public static var retainedAs: String { "risk assessment" }

    /// With the occurrences of its kind, from the last thing that happened to it. What another agency shared goes when its
    /// agreement ends.
    public func retention(writtenOn day: Day) -> RetentionFacts {
        RetentionFacts(
            group: imported?.until == nil ? "group-2" : "shared",
            lastEvent: events.last.map { LondonTime.day(of: $0.at) } ?? day, sharedUntil: imported?.until)
    }

    public var retentionTitle: String {
        "Risk assessment of \(happened.words)\(reference.isEmpty ? "" : ", \(reference)")"
    }
}
