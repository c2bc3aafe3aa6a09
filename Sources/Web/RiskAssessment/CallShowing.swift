import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// The page of one call, for whoever handles it.
enum CallShowing {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(try await visit.telephoned(), visit))
    }

    static func page(_ record: Record<ReportedCall>, _ visit: Visit) async throws -> CallPage {
        let body = record.body
        let mayChange = record.owner == visit.actor.agency && visit.may(.alteration, .riskAssessment)
        let names = try await PeopleNames.of(body.users, visit)
        var page = CallPage(
            id: record.id.text, name: CallTelling.name(body), state: CallTelling.state(body), isOpen: body.isOpen,
            mayChange: mayChange, occurrence: body.occurrence.text,
            facts: CallTelling.facts(body) + [SummaryRow("Taken by", names.name(body.handler))],
            lists: try lists(
                visit.today, people: mayChange && body.isOpen ? try await Assignees.of(visit).choices() : []),
            history: try await AssessmentKnowing.history(
                of: body.persons, without: body.occurrence, at: body.place, visit))
        page.persons = try await persons(body, visit)
        page.banner = CallFlags.banner(record, names, visit)
        page.lacksFlag = visit.calls.lacksFlag(body)
        page.changes = try await visit.calls.changes(in: body, as: visit.actor).map(\.sentence)
        page.judged = body.thrives.reversed().map { judged($0, names, visit) }
        page.checks = body.checks.last.map { rows($0, names) } ?? []
        page.standing = body.standing.map { Choice(String($0.number), CallTelling.kinds($0)) }
        page.going = body.sent.map { going($0, body) }
        page.awaited = body.sent.filter { body.arrival(of: $0.to) == nil }.map { Choice($0.to, $0.name) }
        page.events = CallEvents(body, names).entries
        page.mayReview = record.owner == visit.actor.agency && visit.may(.alteration, .riskReview)
        return page
    }

    private static func lists(_ today: Day, people: [Choice]) throws -> CallPage.Lists {
        let words = try CallWords.bundled()
        let choices = { (list: [Dated<CallWord>]) in list.holding(on: today).map { Choice($0.code, $0.title) } }
        return CallPage.Lists(
            outcomes: VulnerabilityCheck.Outcome.allCases.map { Choice($0.rawValue, CallTelling.outcome($0)) },
            looked: choices(words.looked), kinds: choices(words.kinds), orders: choices(words.orders), people: people)
    }

    private static func persons(
        _ body: ReportedCall, _ visit: Visit
    ) async throws -> [(capacity: String, id: String, name: String)] {
        let known = try await visit.site.people.persons(body.persons, as: visit.actor)
        return body.parties.compactMap { party in
            known.first { $0.id == party.person }.map {
                (party.capacity.title, $0.id.text, PersonWords.name($0.body))
            }
        }
    }

    private static func rows(_ check: VulnerabilityCheck, _ names: PeopleNames) -> [SummaryRow] {
        [
            SummaryRow("Checked", "\(LondonTime.inWords(check.at)), \(names.name(check.by))"),
            SummaryRow("Found", CallTelling.outcome(check.outcome)), SummaryRow("In words", check.words),
            SummaryRow("Looked at", check.looked.map { CallWords.title($0, in: \.looked) }.joined(separator: ", ")),
        ]
    }

    private static func going(_ sent: CallSent, _ body: ReportedCall) -> CallPage.Going {
        let seen = body.seen.last { $0.counts.contains(sent.to) }.map { LondonTime.inWords($0.at) }
        let isSeen = body.unseen(by: sent.to).isEmpty
        return CallPage.Going(
            name: sent.name, sent: LondonTime.inWords(sent.at),
            seen: body.isFlagged ? isSeen ? seen ?? "" : "Not yet" : "No flag", isSeen: isSeen,
            arrived: body.arrival(of: sent.to).map { LondonTime.inWords($0.at) } ?? "Not yet")
    }

    static func judged(_ thrive: CallThrive, _ names: PeopleNames, _ visit: Visit) -> CallPage.Judged {
        let when = "\(LondonTime.inWords(thrive.at)), \(names.name(thrive.by)): \(thrive.label)"
        return CallPage.Judged(when, rows(thrive, visit))
    }

    static func rows(_ thrive: CallThrive, _ visit: Visit) -> [SummaryRow] {
        var rows = [SummaryRow("Grade", thrive.label), SummaryRow("Why", thrive.reason)]
        if !thrive.changed.isEmpty { rows.insert(SummaryRow("What changed", thrive.changed), at: 0) }
        // A file of questions that is gone takes nothing else with it.
        let reading = try? visit.calls.shelf.reading(thrive.answers)
        return rows
            + (reading?.lines ?? []).compactMap { line in
                guard let answer = line.answer else { return nil }
                return SummaryRow(
                    line.label, [line.reply, answer.words].filter { !$0.isEmpty }.joined(separator: ": "))
            }
    }
}

extension ReportedCall {
    /// Whoever did anything of it.
    var users: [String] {
        [handler] + thrives.map(\.by) + checks.map(\.by) + flags.flatMap { [$0.by, $0.withdrawn?.by ?? $0.by] }
            + orders.map(\.by) + sent.map(\.by) + seen.map(\.by) + arrivals.map(\.by) + closings.map(\.by)
            + reviews.map(\.by)
    }
}

/// Everything that happened to a call, the newest first.
struct CallEvents {
    let entries: [TimelineEntry]

    init(_ body: ReportedCall, _ names: PeopleNames) {
        var told: [(at: Moment, by: String, title: String, text: String)] = []
        told.append((body.reportedAt, body.handler, "Call", ""))
        told += body.thrives.map { ($0.at, $0.by, "Assessed: \($0.label)", $0.changed) }
        told += body.checks.map { ($0.at, $0.by, "Checked: \(CallTelling.outcome($0.outcome))", $0.words) }
        told += body.flags.map { ($0.at, $0.by, "Flagged: \(CallTelling.kinds($0))", $0.words) }
        told += body.flags.compactMap { flag in
            flag.withdrawn.map { ($0.at, $0.by, "Flag withdrawn: \(CallTelling.kinds(flag))", $0.reason) }
        }
        told += body.orders.map { ($0.at, $0.by, "Orders and bail looked up", CallTelling.order($0)) }
        told += body.sent.map { ($0.at, $0.by, "Sent: \($0.name)", "") }
        told += body.seen.map { ($0.at, $0.by, "Has seen the flag", "") }
        told += body.arrivals.map { arrival in
            let name = body.sent.first { $0.to == arrival.who }?.name ?? names.name(arrival.who)
            return (arrival.at, arrival.by, "Arrived: \(name)", "")
        }
        told += body.closings.map { ($0.at, $0.by, $0.isClosed ? "Closed" : "Opened again", $0.words) }
        told += body.reviews.map { ($0.at, $0.by, "Reviewed: \(CallTelling.should($0.should))", $0.words) }
        entries = told.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }.map {
            let event = $0.element
            return TimelineEntry(
                when: LondonTime.inWords(event.at), machineWhen: event.at.description, title: event.title,
                who: names.name(event.by), text: event.text)
        }
    }
}
