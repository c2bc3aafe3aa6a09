import Access
import Kernel
import Ledger
import People

/// One invented family whom two agencies of the sample know, so that a chronology has something to show.
struct SampleScene {
    let people: PeopleDesk
    let police: Actor
    let housing: Actor
    private let assessments: SampleAssessments
    private let calls: SampleCalls

    /// - Parameter first: who signs in first, as she is known here.
    init(_ house: OpenHouse, first: String?) throws {
        (people, assessments) = (house.people, try SampleAssessments(house))
        calls = SampleCalls(house, assessments.desk, first: first)
        let actor = { (agency: String, role: Role) in
            Actor(user: house.keeper.user, agency: agency, roles: [role], purpose: .safeguarding)
        }
        police = actor("police", .safeguardingPractitioner)
        housing = actor("four-winds-housing", .partnerPractitioner)
    }

    func seed(on today: Day) async throws {
        let home = PersonAddress(
            lines: "17 Chapel Hill", postcode: "ZZ3 4FB", kind: .home, from: today.adding(days: -300))
        let hers = try await person("Ama", "Castlewick", born: (1991, 4, 17), .female, home, as: police) {
            $0.warnings = [Warning("Do not leave a message on the telephone", since: today.adding(days: -41))]
        }
        let his = try await person("Tadhg", "Castlewick", born: (1988, 11, 2), .male, home, as: police)
        let child = try await person("Kofi", "Castlewick", born: (2017, 6, 9), .male, home, as: police)
        let place = try await people.create(
            People.Place(lines: home.lines, postcode: home.postcode, what: "dwelling", access: "Ring, then step back"),
            as: police)
        for person in [hers, his, child] {
            _ = try await people.link(person, "lives", to: .place(place), from: home.from, as: police)
        }
        _ = try await people.link(hers, "partner", to: .person(his), as: police)
        _ = try await people.link(hers, "parent", to: .person(child), as: police)
        let occurrences = try await happened(hers, his, child, place, on: today)
        try await calls.seed(occurrences)
        try await assessments.seed(hers, his, occurrences)
        try await told(hers, home, on: today)
        try await shared(on: today)
    }

    private func person(
        _ given: String, _ family: String, born: (Int, Int, Int), _ sex: RecordedSex.Value, _ home: PersonAddress,
        as actor: Actor, _ more: (inout Person) -> Void = { _ in }
    ) async throws -> Identifier<Person> {
        var person = Person(
            names: [KnownName(given: given, family: family)],
            born: PartialDate(year: born.0, month: born.1, day: born.2),
            sex: RecordedSex(sex, recordedBy: actor.agency), addresses: [home])
        more(&person)
        return try await people.create(person, as: actor)
    }

    /// She is the victim twice, and once both said that the other began.
    private func happened(
        _ hers: Identifier<Person>, _ his: Identifier<Person>, _ child: Identifier<Person>,
        _ place: Identifier<People.Place>,
        on today: Day
    ) async throws -> [Identifier<Occurrence>] {
        var occurrences: [Identifier<Occurrence>] = []
        let told: [(Int, String, [(Identifier<Person>, RecordSubject.Capacity)])] = [
            (-90, "Neighbours heard shouting and glass.", [(hers, .victim), (his, .suspect)]),
            (
                -41, "He pushed her against a door while the child was there.",
                [(hers, .victim), (his, .suspect), (child, .child)]
            ),
            (
                -12, "Each says that the other threw the first thing.",
                [(hers, .victim), (hers, .suspect), (his, .victim), (his, .suspect)]
            ),
        ]
        for (index, (days, summary, parts)) in told.enumerated() {
            let day = today.adding(days: days)
            let involved = parts.map {
                Involvement(person: $0.0, capacity: $0.1, since: day, recordedBy: police.user)
            }
            let occurrence = Occurrence(
                what: "domestic-abuse", reference: "FB/\(2_041 + index * 317)/26", from: PartialDate(day), place: place,
                summary: summary, involved: involved)
            occurrences.append(try await people.create(occurrence, as: police))
        }
        return occurrences
    }

    /// Housing holds her too, and each told the other a part.
    private func told(_ hers: Identifier<Person>, _ home: PersonAddress, on today: Day) async throws {
        let theirs = try await person("Ama", "Castlewick", born: (1991, 4, 17), .female, home, as: housing)
        let visit = Occurrence(
            what: "visit", from: PartialDate(today.adding(days: -30)), summary: "The lock of the flat was changed.",
            involved: [
                Involvement(
                    person: theirs, capacity: .other, since: today.adding(days: -30), recordedBy: housing.user)
            ])
        _ = try await people.create(visit, as: housing)
        let draft = { (recipient: String, words: String) in
            Disclosure.Draft(
                recipient: recipient, fields: [.identity, .warnings], basis: "crime-disorder-115", words: words,
                until: nil)
        }
        _ = try await people.disclose(
            draft(housing.agency, "So that a visit is made with care"), of: hers, expecting: 1, as: police)
        _ = try await people.disclose(
            draft(police.agency, "She asked for a new lock"), of: theirs, expecting: 1, as: housing)
    }

    /// A list of the schools, by an agreement: the child of the family is on it, and one row cannot be used.
    private func shared(on today: Day) async throws {
        let desk = IntakeDesk(people: people)
        let agreement = try await desk.agree(
            .init(
                agency: "fellbrook-education", title: "Children missing from school", basis: "children-47",
                until: today.adding(days: 200)), as: police)
        let header = ["Pupil ID", "Forename", "Surname", "DOB", "Postcode"]
        let rows = [
            ["P-204", "Kofi", "Castlewick", "09/06/2017", "ZZ3 4FB"],
            ["P-211", "Orla", "Gillmorton", "21/03/2014", "ZZ5 2FB"],
            ["P-218", "Seun", "Dunmarsh", "30/02/2015", "ZZ1 8FB"],
            ["P-230", "Kasia", "Eastgarth", "01/01/2013", "ZZ7 1FB"],
        ]
        let file = IntakeFile(name: "missing-from-school.csv") {
            var lines = rows.enumerated().map { IntakeTable.Line(number: $0 + 2, values: $1, flaw: nil) }[...]
            return IntakeTable(header: header, form: "Text") { lines.popFirst() }
        }
        var mapping = ColumnGuess.mapping(of: header)
        mapping.capacity = .child
        let plan = IntakePlan(agency: "fellbrook-education", agreement: agreement, mapping: mapping)
        _ = try await desk.load(file, plan, as: police)
    }
}
