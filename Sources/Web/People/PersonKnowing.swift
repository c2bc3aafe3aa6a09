import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// A person as known at a moment to each agency.
enum PersonKnowing {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let record = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        let time = visit.query["time"].isEmpty ? "23:59" : visit.query["time"]
        var page = PersonKnownPage(
            id: record.id.text, name: PersonWords.name(record.body), day: visit.query.typedDate("at"), time: time)
        guard page.day != TypedDate() else { return visit.show(page) }
        do {
            let moment = try moment(visit.query, time, now: visit.site.ledger.now)
            page.moment = LondonTime.inWords(moment)
            page.views = try await views(record, moment, visit)
            return visit.show(page)
        } catch let problem as Problem where problem.code == .invalid {
            (page.errors, page.moment) = (FieldErrors(problem), nil)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    /// The last millisecond of the minute named, in London.
    static func moment(_ query: FormValues, _ time: String, now: Moment) throws -> Moment {
        guard let day = query.day("at") else {
            throw Problem.fields([.init("at", "Enter a real date, such as 3 3 2026")])
        }
        let parts = time.split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { throw Problem.fields([.init("time", "Enter a time, such as 14:00")]) }
        let plain = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000)
            .adding(seconds: Int64(hour * 3600 + minute * 60 + 59))
        let moment = plain.adding(seconds: -LondonTime.offsetSeconds(at: plain))
        guard moment <= now.adding(seconds: 60) else {
            throw Problem.fields([.init("at", "Choose a moment that has passed")])
        }
        return Moment(milliseconds: moment.milliseconds + 999)
    }

    private static func views(
        _ record: Record<Person>, _ moment: Moment, _ visit: Visit
    ) async throws -> [PersonKnownPage.View] {
        let agencies = try await AgencyNames.of(visit)
        do {
            let known = try await visit.site.people.known(of: record.id, at: moment, as: visit.actor)
            let own = PersonKnownPage.View(
                agency: agencies.name(record.owner), how: "Its own record, version \(known.record.version)",
                rows: PersonWords.whole(known.record.body))
            return [own] + (try await linked(record, moment, agencies, visit))
                + known.told.map { told in
                    PersonKnownPage.View(
                        agency: agencies.name(told.record.body.recipient),
                        how: "Told by \(agencies.name(told.record.owner)): "
                            + PersonWords.fields(told.record.body.quotedFields),
                        rows: told.quoted.map { PersonWords.whole($0.body) } ?? [])
                }
        } catch let problem as Problem where problem.code == .absent {
            throw Problem.fields([.init("at", "There was no record of this person yet. Choose a later moment.")])
        }
    }

    /// The records of other agencies that a person linked with it, as far as she may see them.
    private static func linked(
        _ record: Record<Person>, _ moment: Moment, _ agencies: AgencyNames, _ visit: Visit
    ) async throws -> [PersonKnownPage.View] {
        guard visit.may(.consultation, .match) else { return [] }
        return try await visit.site.people.linked(with: record.id, knownAt: moment, as: visit.actor).map { sight in
            let by = sight.disclosure == nil ? "Its own record" : "What it told your agency of its own record"
            return PersonKnownPage.View(
                agency: agencies.name(sight.record.owner),
                how: "\(by), version \(sight.record.version); linked with this one",
                rows: PersonWords.whole(sight.record.body))
        }
    }
}
