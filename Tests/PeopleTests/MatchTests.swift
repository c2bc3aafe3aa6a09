import Access
import Kernel
import Ledger
import Linkage
import TestKit
import Testing

@testable import People

@Suite("Matches are decided by people", .onEveryEngine)
struct MatchTests {
    private static let analyst = TestActor.practitioner("ana", roles: [.safeguardingPractitioner])
    private static let second = TestActor.practitioner("sam", roles: [.supervisor])
    private static let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])
    private static func person(_ more: (inout Person) -> Void = { _ in }) -> Person {
        FindingTests.person("Ama", "Mensah", 1987, more)
    }

    private func pair(
        _ people: PeopleStore, _ more: (inout Person) -> Void = { _ in }
    ) async throws -> (PersonPair, Identifier<Match>) {
        let one = try await people.desk.create(Self.person(), as: Self.analyst)
        let other = try await people.desk.create(Self.person(more), as: Self.analyst)
        let pair = PersonPair(one, other)
        return (pair, pair.match)
    }

    private func queue(_ people: PeopleStore, _ actor: Actor = analyst) async throws -> [Identifier<Match>] {
        try await people.desk.matches(as: actor).lines.map(\.id)
    }

    @Test func `a link changes neither record, is in the log as a combination, and a year later is undone whole`()
        async throws
    {
        try await PeopleStore.open { people in
            let (pair, match) = try await pair(people)
            let before = try await people.desk.person(pair.one, as: Self.analyst)
            #expect(try await queue(people) == [match])
            try await people.desk.decide(match, .link, because: "Same photo", expecting: 0, as: Self.analyst)
            #expect(try await queue(people).isEmpty)
            #expect(
                try await people.desk.linked(with: pair.one, as: Self.analyst).map(\.sight.record.id) == [pair.other])
            people.store.clock.advance(seconds: 366 * 86_400)
            try await people.desk.decide(match, .unlink, because: "A twin", expecting: 1, as: Self.second)
            #expect(try await people.desk.linked(with: pair.one, as: Self.analyst).isEmpty)
            #expect(try await people.desk.person(pair.one, as: Self.analyst) == before)
            #expect(try await queue(people).isEmpty)
            let view = try await people.desk.match(match, as: Self.analyst)
            #expect(view.record?.body.decisions.map(\.reason) == ["Same photo", "A twin"])
            let log = try await people.store.log().filter { $0.operation == .combination }
            #expect(
                log.map(\.about) == ["link \(pair.one) \(pair.other)", "unlink \(pair.one) \(pair.other)"])
            #expect(log.allSatisfy { $0.record == match.text && $0.kind == "people.match" && $0.wasAllowed })
        }
    }

    @Test func `never stays silent, when a record is changed and when it is brought in anew`() async throws {
        try await PeopleStore.open { people in
            let (pair, match) = try await pair(people)
            try await people.desk.decide(match, .never, because: "Twins", expecting: 0, as: Self.analyst)
            try await people.desk.amend(
                pair.other, expecting: 1, Self.person { $0.phones = ["07700 900123"] }, as: Self.analyst)
            try await people.desk.amend(
                pair.one, expecting: 1, Self.person { $0.phones = ["07700 900123"] }, as: Self.analyst)
            #expect(try await queue(people).isEmpty)
            let again = try await people.desk.create(Self.person(), as: Self.analyst)
            let open = try await queue(people)
            #expect(!open.contains(match))
            #expect(!open.contains(PersonPair(pair.one, again).match))
            #expect(!open.contains(PersonPair(pair.other, again).match))
            await #expect(throws: Problem.self) {
                try await people.desk.decide(match, .link, because: "x", expecting: 1, as: Self.analyst)
            }
        }
    }

    @Test func `what was called not the same comes again only when much more speaks for it`() async throws {
        try await PeopleStore.open { people in
            let (pair, match) = try await pair(people)
            try await people.desk.decide(match, .refuse, because: "Cousins", expecting: 0, as: Self.analyst)
            try await people.desk.amend(
                pair.one, expecting: 1, Self.person { $0.narrative = "Seen." }, as: Self.analyst)
            #expect(try await queue(people).isEmpty)
            let numbered = Self.person { $0.identifiers = [PersonIdentifier(scheme: "PNC", value: "1987/123456P")] }
            try await people.desk.amend(pair.one, expecting: 2, numbered, as: Self.analyst)
            try await people.desk.amend(pair.other, expecting: 1, numbered, as: Self.analyst)
            #expect(try await queue(people) == [match])
        }
    }

    @Test func `another agency sees a match only when it was told of the other record, and then only those fields`()
        async throws
    {
        try await PeopleStore.open { people in
            let mine = try await people.desk.create(
                Self.person { $0.warnings = [Warning("A dog")] }, as: Self.analyst)
            let theirs = try await people.desk.create(Self.person(), as: Self.housing)
            let match = PersonPair(mine, theirs).match
            #expect(try await queue(people).isEmpty)
            #expect(try await queue(people, Self.housing).isEmpty)
            await #expect(throws: Problem.absent) { try await people.desk.match(match, as: Self.housing) }
            try await people.desk.disclose(
                .init(recipient: "housing", fields: [.identity], basis: "consent", words: "A visit", until: nil),
                of: mine, expecting: 1, as: Self.analyst)
            #expect(try await queue(people, Self.housing) == [match])
            #expect(try await queue(people).isEmpty)
            let view = try await people.desk.match(match, as: Self.housing)
            let shown = [view.one, view.other].first { $0.record.id == mine }?.record.body
            #expect(shown?.name == "Ama Mensah" && shown?.addresses == [] && shown?.warnings == [])
            #expect(view.weight.parts.first { $0.name == "Address" }?.level == "")
            try await people.desk.decide(match, .link, because: "She says so", expecting: 0, as: Self.housing)
            #expect(try await people.desk.linked(with: theirs, as: Self.housing).count == 1)
            #expect(try await people.desk.linked(with: mine, as: Self.analyst).isEmpty)
            #expect(try await people.desk.person(mine, as: Self.analyst).version == 1)
        }
    }

    @Test func `where a record is kept two must agree, and one alone is not enough`() async throws {
        try await PeopleStore.open { people in
            let (pair, match) = try await pair(people) { ($0.isKept, $0.given) = (true, ["ana", "sam"]) }
            #expect(
                try await people.desk.decide(match, .link, because: "Sure", expecting: 0, as: Self.analyst) == .waiting)
            #expect(try await people.desk.linked(with: pair.one, as: Self.analyst).isEmpty)
            #expect(try await people.desk.matches(as: Self.second).lines.map(\.waits) == [true])
            await #expect(throws: Problem.self) {
                try await people.desk.decide(match, .link, because: "Sure", expecting: 1, as: Self.analyst)
            }
            let pat = TestActor.practitioner("pat", roles: [.supervisor])
            #expect(try await queue(people, pat).isEmpty)
            await #expect(throws: Problem.absent) {
                try await people.desk.decide(match, .link, because: "Sure", expecting: 1, as: pat)
            }
            #expect(
                try await people.desk.decide(match, .link, because: "Agreed", expecting: 1, as: Self.second) == .linked)
        }
    }

    @Test func `two who decide at once are not both heard, and a decision needs a reason`() async throws {
        try await PeopleStore.open { people in
            let (_, match) = try await pair(people)
            await #expect(throws: Problem.self) {
                try await people.desk.decide(match, .link, because: "  ", expecting: 0, as: Self.analyst)
            }
            try await people.desk.decide(match, .refuse, because: "Cousins", expecting: 0, as: Self.analyst)
            await #expect(throws: Conflict.self) {
                try await people.desk.decide(match, .never, because: "Twins", expecting: 0, as: Self.second)
            }
            let officer = PeopleStore.officer
            await #expect(throws: Problem.absent) {
                try await people.desk.decide(match, .never, because: "Twins", expecting: 1, as: officer)
            }
        }
    }

    @Test func `warnings, children and other agencies come first, whatever the weight`() async throws {
        try await PeopleStore.open { people in
            let plain = try await pair(people).1
            for given in ["Zoe", "Zoe"] {
                try await people.desk.create(
                    FindingTests.person(given, "Quill", 2020, street: "1 Far Row", postcode: "TS8 8ZZ"),
                    as: Self.analyst)
            }
            let lines = try await people.desk.matches(as: Self.analyst).lines
            #expect(lines.count == 2 && lines[0].one.record.body.name == "Zoe Quill" && lines[1].id == plain)
            let (first, next) = try await people.desk.matches(limit: 1, as: Self.analyst)
            let rest = try await people.desk.matches(after: next, as: Self.analyst)
            #expect(first.map(\.id) + rest.lines.map(\.id) == lines.map(\.id) && rest.next == nil)
        }
    }

    @Test func `a victim comes before a suspect and both before others, by what the agency itself recorded`()
        async throws
    {
        try await PeopleStore.open { people in
            var pairs: [PersonPair] = []
            for (place, given) in ["Ama", "Zoe", "Kit"].enumerated() {
                let person = FindingTests.person(
                    given, "Quill\(given)", 1950 + 11 * place, street: "\(place + 1) \(given) Row",
                    postcode: "TS\(place + 1) 1AA")
                pairs.append(
                    PersonPair(
                        try await people.desk.create(person, as: Self.analyst),
                        try await people.desk.create(person, as: Self.analyst)))
            }
            let before = try await queue(people)
            #expect(Set(before) == Set(pairs.map(\.match)))
            let occurrence = try await people.occurrence()
            try await people.desk.involve(
                pairs[2].one, as: .suspect, in: occurrence, expecting: 1, as: PeopleStore.officer)
            try await people.desk.involve(
                pairs[1].other, as: .victim, in: occurrence, expecting: 2, as: PeopleStore.officer)
            #expect(try await queue(people) == [pairs[1], pairs[2], pairs[0]].map(\.match))
            try await people.store.ledger.erase(
                Occurrence.self, occurrence, as: TestActor.police([.recordsManager]))
            #expect(try await queue(people) == before, "what was erased counts for nothing")
        }
    }

    @Test func `an occurrence that also names a kept person moves nothing in a queue`() async throws {
        try await PeopleStore.open { people in
            let (pair, match) = try await pair(people)
            let person = FindingTests.person("Zoe", "Quill", 1960, street: "1 Far Row", postcode: "TS8 8ZZ") {
                $0.phones = ["07700 900123"]
            }
            let zoe = [
                try await people.desk.create(person, as: Self.analyst),
                try await people.desk.create(person, as: Self.analyst),
            ]
            let other = PersonPair(zoe[0], zoe[1]).match
            #expect(try await queue(people) == [other, match])
            let kept = try await people.desk.create(
                PeopleStore.ama { ($0.isKept, $0.given) = (true, ["ola"]) }, as: PeopleStore.officer)
            let occurrence = try await people.occurrence()
            try await people.desk.involve(kept, as: .suspect, in: occurrence, expecting: 1, as: PeopleStore.officer)
            try await people.desk.involve(pair.one, as: .victim, in: occurrence, expecting: 2, as: PeopleStore.officer)
            #expect(try await queue(people) == [other, match])
        }
    }

    @Test func `what was compared is shown as the records have it`() async throws {
        try await PeopleStore.open { people in
            let numbered = { (person: inout Person) in
                person.identifiers = [PersonIdentifier(scheme: "UPN", value: "B801200005001")]
                person.addresses = [PersonAddress(lines: "9 Larch Close", postcode: "ZZ9 5FB")]
            }
            let one = try await people.desk.create(Self.person(numbered), as: Self.analyst)
            let other = try await people.desk.create(Self.person(numbered), as: Self.analyst)
            let view = try await people.desk.match(PersonPair(one, other).match, as: Self.analyst)
            #expect(view.compared["Date of birth"].one == "31 March 1987")
            #expect(view.compared["Postcode"] == ("ZZ9 5FB", "ZZ9 5FB"))
            #expect(view.compared["Family name"].other == "Mensah")
            #expect(view.compared["Another number"].one == "UPN B801200005001")
            #expect(view.compared["PNC number"] == ("", ""))
        }
    }
}
