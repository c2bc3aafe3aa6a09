import Access
import Kernel
import Ledger
import Retention
import TestKit
import Testing

@testable import People

/// A store into which a council's file is loaded.
struct IntakeStore {
    let store: TemporaryStore
    let desk: IntakeDesk
    let people: PeopleDesk
    let agreement: Identifier<SharingAgreement>
    static let loader = TestActor.practitioner("mia", roles: [.safeguardingPractitioner])
    static let header = ["Child ID", "Forename", "Surname", "DOB", "Postcode", "NHS No"]

    static func open(_ body: (IntakeStore) async throws -> Void) async throws {
        let store = try await TemporaryStore(RetentionSchema.migrations + PeopleSchema.migrations)
        do {
            try await body(try await IntakeStore(store))
            let faults = try await store.ledger.verify().faults
            #expect(faults == [])
        } catch {
            try await store.remove()
            throw error
        }
        try await store.remove()
    }

    private init(_ store: TemporaryStore) async throws {
        var desk = IntakeDesk(people: PeopleDesk(ledger: store.ledger))
        desk.limits.batch = 3
        (self.store, self.desk, people) = (store, desk, PeopleDesk(ledger: store.ledger))
        agreement = try await desk.agree(
            .init(agency: "council", title: "MASH 2026", basis: "children-47", until: desk.today.adding(days: 30)),
            as: Self.loader)
    }

    static func file(_ rows: [[String]], _ header: [String] = header) -> IntakeFile {
        IntakeFile(name: "children.csv") {
            var place = 0
            return IntakeTable(header: header, form: "Text") {
                guard place < rows.count else { return nil }
                place += 1
                let row = rows[place - 1]
                return .init(number: place + 1, values: row, flaw: row.count == header.count ? nil : "Too short")
            }
        }
    }

    /// Children `0..<count`, each her own.
    static func rows(_ count: Int) -> [[String]] {
        (0..<count).map { ["C\($0)", "Ada\($0)", "Quill\($0)", "0\(1 + $0 % 9)/12/2015", "TS1 1AA", "90000\($0)"] }
    }

    func load(
        _ rows: [[String]], _ mapping: ColumnMapping? = nil, agreement: Identifier<SharingAgreement>? = nil,
        as actor: Actor = loader, onReject: (Intake.Fault, [String]) throws -> Void = { _, _ in }
    ) async throws -> Record<Intake> {
        let plan = IntakePlan(
            agency: "council", agreement: agreement ?? self.agreement,
            mapping: mapping ?? ColumnGuess.mapping(of: Self.header))
        return try await desk.load(Self.file(rows), plan, as: actor, onReject: onReject)
    }

    func find(_ name: String) async throws -> [Record<Person>] {
        try await people.find(name: name, as: Self.loader).map(\.record)
    }
}

@Suite("Partners’ data", .onEveryEngine)
struct IntakeTests {
    @Test func `persons come in with where they came from, and the same file again changes nothing`() async throws {
        try await IntakeStore.open { house in
            let first = try await house.load(IntakeStore.rows(8))
            #expect(first.body.state == .done && first.body.counts.created == 8 && first.body.counts.read == 8)
            let found = try #require(try await house.find("Quill4").first)
            #expect(found.owner == "police" && found.body.born?.day == Day(year: 2015, month: 12, day: 5))
            #expect(found.body.identifiers == [PersonIdentifier(scheme: "NHS", value: "900004")])
            #expect(found.body.source?.number == "C4" && found.body.source?.line == 6)
            #expect(found.body.source?.agency == "council" && found.body.source?.intake == first.id.text)
            #expect(found.body.source?.agreement == house.agreement.text)
            let again = try await house.load(IntakeStore.rows(8))
            #expect(again.body.counts.unchanged == 8 && again.body.counts.created == 0)
            #expect(again.body.counts.amended == 0)
            #expect(try await house.people.history(of: found.id, as: IntakeStore.loader).count == 1)
            let log = try await house.store.log().filter { $0.kind == "people.person" && $0.operation == .collection }
            #expect(log.count == 8 && log.allSatisfy { $0.user == "mia" && $0.purpose == "safeguarding" })
        }
    }

    @Test func `a changed row amends what the agency said, and leaves what others wrote`() async throws {
        try await IntakeStore.open { house in
            _ = try await house.load(IntakeStore.rows(2))
            let held = try #require(try await house.find("Quill1").first)
            var worked = held.body
            (worked.narrative, worked.names[0].given) = ("Seen on Sunday.", "Adela")
            try await house.people.amend(held.id, expecting: 1, worked, as: IntakeStore.loader)
            var rows = IntakeStore.rows(2)
            rows[1][4] = "TS9 9ZZ"
            let second = try await house.load(rows)
            #expect(second.body.counts.amended == 1 && second.body.counts.unchanged == 1)
            let now = try await house.people.person(held.id, as: IntakeStore.loader).body
            #expect(now.narrative == "Seen on Sunday." && now.name == "Adela Quill1")
            #expect(now.addresses.map(\.postcode) == ["TS1 1AA", "TS9 9ZZ"] && now.addresses[0].until != nil)
            rows[1][2] = "Married"
            _ = try await house.load(rows)
            #expect(try await house.find("Married").map(\.id) == [held.id])
            #expect(try await house.find("Quill1").map(\.id) == [held.id])
        }
    }

    @Test func `after the day of the agreement they are gone, and the log says so`() async throws {
        try await IntakeStore.open { house in
            _ = try await house.load(IntakeStore.rows(4))
            let own = try await house.people.create(PeopleStore.ama(), as: PeopleStore.officer)
            let gone = try #require(try await house.find("Quill2").first).id
            let retention = RetentionDesk(
                ledger: house.store.ledger, rules: try .bundled(), kinds: RetainedKinds([RetainedKind(Person.self)]))
            house.store.clock.advance(seconds: 30 * 86_400)
            #expect(try await retention.sweep()?.expired == 0)
            house.store.clock.advance(seconds: 86_400)
            #expect(try await retention.sweep()?.expired == 4)
            await #expect(throws: Problem.absent) { try await house.people.person(gone, as: IntakeStore.loader) }
            #expect(try await house.find("Quill2").isEmpty)
            #expect(try await house.people.person(own, as: PeopleStore.officer).id == own)
            let erased = try await house.store.log().filter { $0.operation == .erasure }
            #expect(erased.count == 4 && erased.contains { $0.record == gone.text })
            #expect(!erased.contains { "\($0)".contains("Quill") })
            let late = await #expect(throws: Problem.self) { try await house.load(IntakeStore.rows(1)) }
            #expect(late?.fields.map(\.name) == ["agreement"])
        }
    }

    @Test func `a new agreement for the same persons carries them on`() async throws {
        try await IntakeStore.open { house in
            _ = try await house.load(IntakeStore.rows(2))
            let until = house.desk.today.adding(days: 400)
            let next = try await house.desk.agree(
                .init(agency: "council", title: "MASH 2027", basis: "children-47", until: until),
                as: IntakeStore.loader)
            let renewed = try await house.load(IntakeStore.rows(2), agreement: next)
            #expect(renewed.body.counts.amended == 2 && renewed.body.counts.created == 0)
            #expect(try await house.find("Quill1").first?.body.source?.until == until)
        }
    }

    @Test func `a number that stands twice is said with both lines, and the second is not taken`() async throws {
        try await IntakeStore.open { house in
            var rows = IntakeStore.rows(6)
            rows[4][0] = "c1"
            rows[5] = ["C5", "Ada"]
            var refused: [(Int, [String])] = []
            let done = try await house.load(rows, onReject: { refused.append(($0.line, $1)) })
            #expect(done.body.counts.created == 4 && done.body.counts.rejected == 2)
            #expect(done.body.faults.first { $0.line == 6 }?.words == "Its number is that of line 3, which is taken")
            #expect(refused.map(\.0).sorted() == [6, 7] && refused.contains { $0.1.contains("Ada4") })
            #expect(!"\(done.body.faults)".contains("Ada"), "what is kept of a load names nobody")
            #expect(try await house.find("Quill4").isEmpty)
        }
    }

    @Test func `a file that is mostly unusable, has other columns or no row is refused before anything is written`()
        async throws
    {
        try await IntakeStore.open { house in
            var rows = IntakeStore.rows(5)
            for place in 0..<3 { rows[place][3] = "31/31/2015" }
            let wrong = await #expect(throws: Problem.self) { try await house.load(rows) }
            #expect(wrong?.message.contains("3 of 5 rows") == true && wrong?.message.contains("Line 2") == true)
            let none = await #expect(throws: Problem.self) { try await house.load([]) }
            #expect(none?.code == .invalid)
            let mapping = ColumnMapping(columns: [.init("Reference", .number), .init("Surname", .family)])
            let missing = await #expect(throws: Problem.self) { try await house.load(IntakeStore.rows(1), mapping) }
            #expect(missing?.message.contains("Reference") == true && missing?.next.contains("Child ID") == true)
            let (loads, found) = (
                try await house.desk.intakes(as: IntakeStore.loader), try await house.find("Quill0")
            )
            #expect(loads.isEmpty && found.isEmpty)
        }
    }

    @Test func `missing dates of birth are taken as missing, and many on 1 January are said`() async throws {
        try await IntakeStore.open { house in
            var rows = IntakeStore.rows(100)
            for place in rows.indices { rows[place][3] = place < 40 ? "" : "01/01/2015" }
            let done = try await house.load(rows)
            #expect(done.body.counts.created == 100 && done.body.notices.count == 2)
            #expect(done.body.notices.first?.hasPrefix("40 of 100 rows have no date of birth") == true)
            #expect(done.body.notices.last?.hasPrefix("60 of 60 dates of birth are 1 January") == true)
            var mapping = ColumnGuess.mapping(of: IntakeStore.header)
            mapping.firstOfJanuaryIsYear = true
            _ = try await house.load(rows, mapping)
            #expect(try await house.find("Quill70").first?.body.born == PartialDate(year: 2015, month: nil, day: nil))
        }
    }

    @Test func `a load that is stopped goes on when the file is loaded again`() async throws {
        struct Stop: Error {}
        try await IntakeStore.open { house in
            var rows = IntakeStore.rows(9)
            rows[7][3] = "no date"
            await #expect(throws: Stop.self) { try await house.load(rows, onReject: { _, _ in throw Stop() }) }
            let left = try #require(try await house.desk.intakes(as: IntakeStore.loader).first)
            #expect(left.body.state == .stopped && left.body.counts.created == 6)
            let done = try await house.load(rows)
            #expect(done.body.counts.created == 2 && done.body.counts.unchanged == 6 && done.body.state == .done)
        }
    }

    @Test func `who looks like somebody held before is not joined`() async throws {
        try await IntakeStore.open { house in
            var person = Person(names: [KnownName(given: "Ada", family: "Quill1")])
            person.born = PartialDate(year: 2015, month: 12, day: 2)
            let held = try await house.people.create(person, as: PeopleStore.officer)
            let done = try await house.load(IntakeStore.rows(3))
            #expect(done.body.counts.created == 3)
            #expect(try await house.find("Quill1").count == 2)
            #expect(try await house.people.history(of: held, as: PeopleStore.officer).count == 1)
        }
    }

    @Test func `nine hundred in one hostel are nine hundred persons and no block of pairs to look at`() async throws {
        try await IntakeStore.open { house in
            var desk = house.desk
            desk.limits.batch = 250
            let rows = (0..<900).map { place in
                let (given, family) = (Self.letters(place * 7 + 3), Self.letters(place * 11 + 5))
                let day = "\(10 + place % 18)/0\(1 + place % 9)/\(1950 + place % 50)"
                return ["H\(place)", given, family, day, "TS1 1AA", ""]
            }
            let plan = IntakePlan(
                agency: "council", agreement: house.agreement, mapping: ColumnGuess.mapping(of: IntakeStore.header))
            let done = try await desk.load(IntakeStore.file(rows), plan, as: IntakeStore.loader)
            #expect(done.body.counts.created == 900 && done.body.notices.isEmpty)
            try await house.people.matchIndex.catchUp()
            let seats = try await house.store.ledger.glance { try $0.integer("SELECT COUNT(*) FROM match_seat") }
            #expect((seats ?? 0) < 900, "404,550 pairs share the postcode")
        }
    }

    /// Five letters that are those of no other number.
    private static func letters(_ number: Int) -> String {
        var (rest, text) = (number &* 7919 % 11_881_376, "")
        for _ in 0..<5 {
            text.append(Character(UnicodeScalar(UInt8(97 + rest % 26))))
            rest /= 26
        }
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    @Test func `only those loaders whose agency it is may load, and a preview writes nothing`() async throws {
        try await IntakeStore.open { house in
            for actor in [PeopleStore.officer, TestActor.practitioner("h", agency: "housing", roles: [.supervisor])] {
                await #expect(throws: Problem.absent) { try await house.load(IntakeStore.rows(1), as: actor) }
            }
            let mapping = ColumnGuess.mapping(of: IntakeStore.header)
            await #expect(throws: Problem.absent) {
                try await house.desk.preview(IntakeStore.file([]), mapping, as: PeopleStore.officer)
            }
            let seen = try await house.desk.preview(
                IntakeStore.file(IntakeStore.rows(12)), mapping, as: IntakeStore.loader)
            #expect(seen.rows == 12 && seen.samples.count == 10 && seen.samples[1].person.name == "Ada1 Quill1")
            #expect(try await house.find("Quill1").isEmpty)
            let remembered = try await house.desk.mapping(of: "council", as: IntakeStore.loader)
            #expect(remembered == nil)
        }
    }

    @Test func `the columns of an agency are remembered, each version of them`() async throws {
        try await IntakeStore.open { house in
            let mapping = ColumnGuess.mapping(of: IntakeStore.header)
            _ = try await house.load(IntakeStore.rows(1))
            _ = try await house.load(IntakeStore.rows(1))
            #expect(try await house.desk.mapping(of: "council", as: IntakeStore.loader)?.version == 1)
            var next = mapping
            next.capacity = .child
            _ = try await house.load(IntakeStore.rows(1), next)
            let known = try await house.desk.mapping(of: "council", as: IntakeStore.loader)
            #expect(known?.version == 2 && known?.body.mapping == next)
            #expect(try await house.find("Quill0").first?.body.source?.capacity == .child)
        }
    }
}

@Suite("Rows of partners")
struct IntakeRowTests {
    @Test func `what is remembered is fitted to a file with other names of columns`() {
        let remembered = ColumnMapping(
            columns: [
                .init("Pupil ID", .number), .init("Surname", .family), .init("DOB", .born, format: .yearMonthDay),
            ], capacity: .child)
        let fitted = remembered.fitted(to: ["Child ID", "SURNAME", "Forename", "Date of birth"])
        #expect(fitted.capacity == .child && fitted.columns.first { $0.field == .number }?.column == "Child ID")
        #expect(fitted.columns.first { $0.field == .born }?.format == .yearMonthDay)
        #expect(!fitted.columns.contains { $0.field == .given }, "it was left out, and stays out")
        #expect(remembered.fitted(to: ["Pupil ID", "Surname", "DOB"]) == remembered)
    }

    @Test(arguments: [
        ("31/12/2015", "2015-12-31"), ("31-Dec-2015", "2015-12-31"), ("2015-12-31T00:00:00", "2015-12-31"),
        ("31.12.2015 00:00", "2015-12-31"), ("Dec 31 2015", "2015-12-31"), ("31-OCT-2015", "2015-10-31"),
        ("12/2015", "2015-12"), ("2015", "2015"),
        ("31122015", "2015-12-31"),
    ])
    func `a date is read in the ways that partners write it`(text: String, wanted: String) {
        #expect(IntakeWords.date(text, .dayMonthYear).map { IntakeWords.text($0) } == wanted)
    }

    @Test(arguments: ["31/12/15", "12/31/2015", "30/02/2015", "yesterday", "1/2/3/4", "99999", "٣١/١٢/٢٠١٥"])
    func `what is no date, or would be a guess, is none`(text: String) {
        #expect(IntakeWords.date(text, .dayMonthYear) == nil)
    }

    @Test func `an order that was named is kept to`() {
        #expect(IntakeWords.date("12/31/2015", .monthDayYear)?.day == Day(year: 2015, month: 12, day: 31))
        #expect(IntakeWords.date("31/12/2015", .monthDayYear) == nil)
    }

    @Test func `columns are guessed from the names that systems give them`() {
        let guess = ColumnGuess.mapping(of: [
            "PersonID", "Full Name", "First name", "LAST_NAME", "D.O.B.", "Gender", "Address Line 1", "Address Line 2",
            "Post Code", "NHS Number", "Mobile", "Favourite colour",
        ])
        let fields = Dictionary(uniqueKeysWithValues: guess.columns.map { ($0.column, $0.field) })
        #expect(fields["PersonID"] == .number && fields["First name"] == .given && fields["LAST_NAME"] == .family)
        #expect(
            fields["D.O.B."] == .born && fields["Address Line 2"] == .address && fields["NHS Number"] == .identifier)
        #expect(fields["Full Name"] == nil && fields["Favourite colour"] == nil)
    }

    @Test func `a whole name is parted at its comma or before its last word`() throws {
        let mapping = ColumnMapping(columns: [.init("id", .number, scheme: "council"), .init("name", .name)])
        let today = try #require(Day(year: 2026, month: 11, day: 25))
        let reader = try IntakeReader(mapping, header: ["id", "name"], today: today)
        let comma = try reader.row(2, ["1", "Mensah, Ama  Efua"])
        #expect(comma.said == ["family": "Mensah", "given": "Ama Efua", "identifier COUNCIL": "1"])
        let plain = try reader.row(3, ["2", "Ama Mensah"])
        #expect(plain.said["family"] == "Mensah")
        #expect(throws: IntakeReader.Fault(words: "It has no name")) { _ = try reader.row(4, ["3", "Unknown"]) }
    }
}
