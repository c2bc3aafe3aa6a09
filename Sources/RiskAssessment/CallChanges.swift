public import Access
import Instruments
public import Kernel
public import Ledger
public import People

/// Why a call asks to be assessed again.
public struct CallChange: Sendable, Hashable {
    public enum What: String, Sendable { case time, person, warning, occurrence, assessment, order }

    public let what: What
    /// For whoever looks, of what she may see.
    public let sentence: String
}

extension CallDesk {
    /// What has come since THRIVE was done last; empty before the first. Asked of the records as they were known then.
    public func changes(in call: ReportedCall, as actor: Actor) async throws -> [CallChange] {
        guard call.isOpen, let last = call.thrive else { return [] }
        let names = try await people.persons(call.persons, as: actor)
        var changes: [CallChange] = []
        if let due = reassessmentDue(call), due <= ledger.now {
            changes.append(
                .init(what: .time, sentence: "It is graded \(last.label), and that was to be looked at again."))
        }
        changes += try await newPersons(in: call, since: last.at, as: actor)
        for person in names { changes += try await newWarnings(of: person, since: last.at, as: actor) }
        for person in names { changes += try await newOccurrences(of: person, call, since: last.at, as: actor) }
        for record in try await assessments.about(call.occurrence, as: actor) {
            guard let sent = record.body.lastSent, sent.at > last.at, let grade = record.body.grading else { continue }
            changes.append(.init(what: .assessment, sentence: "The assessment at the scene was graded \(grade.label)."))
        }
        for order in call.orders where order.at > last.at && order.kind != CallWords.noOrder {
            let title = CallWords.title(order.kind, in: \.orders)
            changes.append(.init(what: .order, sentence: "Found since: \(title)."))
        }
        return changes
    }

    private func newPersons(
        in call: ReportedCall, since: Moment, as actor: Actor
    ) async throws -> [CallChange] {
        guard let now = try await occurrence(of: call, as: actor), now.at > since else { return [] }
        let before = try await present { try await people.record(now.id, asKnownAt: since, as: actor) }
        let known = Set(before.map { ReportedCall.parties(of: $0.body) } ?? [])
        let new = ReportedCall.parties(of: now.body).filter { !known.contains($0) }
        let names = try await people.persons(new.map(\.person), as: actor)
        return new.compactMap { party in
            names.first { $0.id == party.person }.map {
                let words = "\($0.body.name) is named now: \(party.capacity.title.lowercased())."
                return CallChange(what: .person, sentence: words)
            }
        }
    }

    private func newWarnings(
        of person: Record<Person>, since: Moment, as actor: Actor
    ) async throws -> [CallChange] {
        guard person.at > since else { return [] }
        let before = try await present { try await people.person(person.id, asKnownAt: since, as: actor) }
        let known = Set(before?.body.warnings.map(\.words) ?? [])
        return person.body.warnings.filter { !known.contains($0.words) }.map {
            CallChange(what: .warning, sentence: "New warning about \(person.body.name): \($0.words)")
        }
    }

    private func newOccurrences(
        of person: Record<Person>, _ call: ReportedCall, since: Moment, as actor: Actor
    ) async throws -> [CallChange] {
        var changes: [CallChange] = []
        for other in try await people.occurrences(of: person.id, as: actor)
        where other.id != call.occurrence && other.at > since {
            let before = try await present { try await people.record(other.id, asKnownAt: since, as: actor) }
            guard before?.body.involved.contains(where: { $0.person == person.id }) != true else { continue }
            let words = "\(person.body.name) is in another occurrence: \(other.body.title), \(other.body.from.words)."
            changes.append(CallChange(what: .occurrence, sentence: words))
        }
        return changes
    }
}
