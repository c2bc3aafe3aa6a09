import Access
import Conduct
import HTTPTypes
import Kernel
import Ledger
import Pages

/// What a person says of herself and of those close to her.
enum InterestRoutes {
    static let all: [Route] = [
        .get("/interests", .everybody { try await show($0) }), .post("/interests", .everybody(say)),
    ]

    private static func show(
        _ visit: Visit, _ fields: InterestsPage.Fields = .init(), _ problem: Problem? = nil
    ) async throws -> Answer {
        let mine = try await visit.site.interests.mine(as: visit.actor)
        let page = InterestsPage(
            lines: mine.map { record in
                InterestsPage.Line(
                    closeness: record.body.closeness.title, since: LondonTime.inWords(record.at),
                    state: record.body.endedBecause == nil ? "Holds" : "Ended by professional standards")
            }, closenesses: Interest.Closeness.allCases.map { Choice($0.rawValue, $0.title) }, fields: fields,
            errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    @Sendable private static func say(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        var fields = InterestsPage.Fields()
        (fields.closeness, fields.given, fields.family) = (form["closeness"], form["given"], form["family"])
        (fields.otherNames, fields.born, fields.phone) = (form["other-names"], form.typedDate("born"), form["phone"])
        let identity = PartyIdentity(
            given: fields.given, family: fields.family, born: form.day("born"),
            phones: fields.phone.isEmpty ? [] : [fields.phone])
        do {
            try await visit.site.interests.say(
                .init(
                    closeness: Interest.Closeness(rawValue: fields.closeness), identity: identity,
                    otherNames: fields.otherNames.split(separator: ",").map { String($0).trimmed() }), as: visit.actor)
            return .redirect("/interests", .added)
        } catch let problem as Problem where problem.code == .invalid {
            return try await show(visit, fields, problem)
        }
    }
}
