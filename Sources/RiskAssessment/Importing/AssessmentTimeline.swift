import Kernel
import People

/// When what happened to an assessment, as a line says it.
struct AssessmentTimeline {
    let happened: PartialDate
    /// Nil where it does not say.
    let reported: Moment?
    let begun: Moment
    /// When it was answered, as far as is known: when it was sent, else when it was begun.
    let answered: Moment
    private(set) var events: [Assessment.Event]
    private(set) var notes: Set<String> = []

    private typealias Stamp = AssessmentTimes.Stamp

    /// - Throws: `AssessmentFault` for a time that is none, that has not passed, or that comes before what it follows.
    init(_ cells: AssessmentCells, _ times: AssessmentTimes, officer: String, _ now: Moment) throws {
        var stamps: [AssessmentField: AssessmentTimes.Stamp] = [:]
        for field in AssessmentField.times {
            guard let stamp = try cells.stamp(field, times) else { continue }
            guard stamp.day <= LondonTime.day(of: now), !stamp.isTimed || stamp.moment <= now else {
                throw AssessmentFault("“\(cells.name(field))” has not passed yet")
            }
            stamps[field] = stamp
        }
        try AssessmentTimeline.order(stamps, cells)
        guard let first = stamps[.begun] ?? stamps[.reported] ?? stamps[.sent] else {
            throw AssessmentFault("It does not say when it was reported, begun or sent")
        }
        begun = min(first.moment, stamps[.sent]?.moment ?? first.moment)
        (reported, answered) = (stamps[.reported]?.moment, stamps[.sent]?.moment ?? begun)
        happened = PartialDate((stamps[.happened] ?? stamps[.reported] ?? first).day)
        events = [Assessment.Event(what: .begun, by: officer, at: begun, words: "")]
        if let sent = stamps[.sent] {
            events.append(Assessment.Event(what: .sent, by: officer, at: max(sent.moment, begun), words: ""))
        }
        try review(stamps, cells, officer)
        if [.reported, .sent].contains(where: { stamps[$0]?.isTimed == false }) {
            notes.insert("Days without a time, taken as noon, so that hours are near")
        }
    }

    private static func order(_ stamps: [AssessmentField: AssessmentTimes.Stamp], _ cells: AssessmentCells) throws {
        let steps: [[AssessmentField]] = [
            [.begun, .sent], [.reported, .sent], [.happened, .sent], [.sent, .returned], [.sent, .agreed],
            [.sent, .reviewed], [.returned, .sentAgain], [.sentAgain, .agreed], [.returned, .agreed],
        ]
        for step in steps {
            guard let earlier = stamps[step[0]], let later = stamps[step[1]], later < earlier else { continue }
            throw AssessmentFault("“\(cells.name(step[1]))” comes before “\(cells.name(step[0]))”")
        }
        for field in [AssessmentField.returned, .agreed, .reviewed] where stamps[field] != nil && stamps[.sent] == nil {
            throw AssessmentFault("It was reviewed and never sent")
        }
    }

    /// What a supervisor decided: returned, agreed, or both one after the other.
    private mutating func review(
        _ stamps: [AssessmentField: AssessmentTimes.Stamp], _ cells: AssessmentCells, _ officer: String
    ) throws {
        var (returned, agreed) = (stamps[.returned], stamps[.agreed])
        if let reviewed = stamps[.reviewed], returned == nil, agreed == nil {
            switch try cells.word(.decision) {
            case "returned", "rejected", "sent back": returned = reviewed
            case "":
                agreed = reviewed
                notes.insert("Reviewed, and nothing says how: taken as agreed")
            case "agreed", "approved", "authorised", "accepted": agreed = reviewed
            default:
                throw AssessmentFault(
                    "“\(cells.name(.decision))” is neither agreed nor returned. Say in the mapping what other words mean"
                )
            }
        }
        guard returned != nil || agreed != nil else { return }
        var (by, words) = (try cells.text(.reviewer), try cells.words(.reviewWords))
        if by.isEmpty {
            by = "not recorded"
            notes.insert("Reviewed, and nothing says by whom")
        }
        let last = events.last?.at ?? begun
        if let returned {
            events.append(
                Assessment.Event(
                    what: .returned, by: by, at: max(returned.moment, last), words: agreed == nil ? words : ""))
        }
        guard let agreed else { return }
        if returned != nil {
            let again = stamps[.sentAgain] ?? agreed
            let said = stamps[.sentAgain] == nil ? "When it was sent again is not known." : ""
            events.append(
                Assessment.Event(what: .sent, by: officer, at: max(again.moment, events.last?.at ?? last), words: said))
        }
        events.append(
            Assessment.Event(what: .agreed, by: by, at: max(agreed.moment, events.last?.at ?? last), words: words))
    }
}
