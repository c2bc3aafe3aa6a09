import Access
import Accounts
import Kernel
import Ledger
import TestKit
import Testing

@testable import People

@Suite("Numbers of other bodies")
struct IdentifierTests {
    private static let day = Day(year: 2026, month: 11, day: 25) ?? Day(daysSince1970: 0)

    private func scheme(_ code: String) throws -> IdentifierScheme {
        try #require(try IdentifierSchemes.bundled().scheme(code, on: Self.day))
    }

    @Test(arguments: [
        // The NHS number and the pupil number are examples that others publish.
        ("NHS", "9434765919"), ("NHS", "4010232137"), ("UPN", "B801200005001"), ("UPN", "P207000016049"),
        ("PNC", "1987/123456P"), ("PNC", "1987/0123456P"), ("CRO", "123456/87A"), ("CRO", "SF87/1234A"),
        ("CRN", "X123456"), ("PRISON", "A1234BC"), ("COUNCIL", "LL-2024/17"), ("HO", "A1234567"),
    ])
    func `a number that is right is taken`(code: String, value: String) throws {
        #expect(try scheme(code).fault(of: value) == nil)
    }

    @Test(arguments: [
        ("NHS", "9434765918"), ("NHS", "9434756919"), ("UPN", "A801200005001"), ("PNC", "1987/123456X"),
        ("PNC", "1987/132456P"),
    ])
    func `a digit typed wrong or two that changed places are found out`(code: String, value: String) throws {
        #expect(try scheme(code).fault(of: value)?.contains("cannot be right") == true)
    }

    @Test(arguments: [
        ("NHS", ""), ("NHS", "943476591"), ("NHS", "94347659190"), ("NHS", "٩٤٣٤٧٦٥٩١٩"), ("PNC", "123456P"),
        ("PNC", "1987/12345678P"), ("CRN", "12X3456"), ("COUNCIL", ""), ("COUNCIL", String(repeating: "1", count: 31)),
        ("COUNCIL", "<b>"), ("UPN", "B80120000500"),
    ])
    func `what is no such number is told how one is written`(code: String, value: String) throws {
        #expect(try scheme(code).fault(of: value)?.contains("not how a") == true)
    }

    @Test func `no ten digits but one in eleven are an NHS number, and a check of ten is none`() throws {
        let right = (0..<11_000).filter { NumberCheck.nhs.isRight(String(9_000_000_000 + $0)) }
        #expect((900...1100).contains(right.count))
        for tens in 0..<100 {
            let digits = (0..<10).filter { NumberCheck.nhs.isRight(String(900_000_000 + tens) + String($0)) }
            #expect(digits.count <= 1)
        }
    }

    @Test func `a line is read by any name of the number, however it is spelt`() throws {
        let schemes = try IdentifierSchemes.bundled()
        let read = { (line: String) in schemes.read(line, on: Self.day) }
        #expect(read("nhs number 943 476 5919") == PersonIdentifier(scheme: "NHS", value: "943 476 5919"))
        #expect(read("PNC 1987/123456P") == PersonIdentifier(scheme: "PNC", value: "1987/123456P"))
        #expect(read("Niche 44") == PersonIdentifier(scheme: "OWN", value: "44"))
        #expect(read("xyz 1") == PersonIdentifier(scheme: "XYZ", value: "1"))
        #expect(read("12345") == nil)
    }

    @Test func `each line of the table has its law, its source and a mark where it is not confirmed`() throws {
        let lines = try IdentifierSchemes.bundled().lines
        #expect(Set(lines.map(\.value.code)).count == lines.count && lines.count >= 9)
        for line in lines { #expect(!line.source.isEmpty && !line.value.basis.isEmpty && !line.value.note.isEmpty) }
        let kinds = Set(Agency.Kind.allCases.map(\.rawValue))
        for line in lines { #expect(line.value.holders.isSubset(of: kinds), "\(line.value.code)") }
    }

    @Test func `a UPRN has one to twelve digits`() {
        #expect(UPRN.tidied(" 100 0123 ") == "1000123" && UPRN.tidied("000123456789") == "123456789")
        for wrong in ["", "0", "1234567890123", "12a", "-1", "１２"] { #expect(UPRN.tidied(wrong) == nil, "\(wrong)") }
    }
}

@Suite("What is kept of a person", .onEveryEngine)
struct PersonDetailTests {
    private func agency(_ people: PeopleStore, _ id: String, _ kind: Agency.Kind) async throws -> Actor {
        let key = try #require(Identifier<Agency>(id))
        try await Directory(ledger: people.store.ledger).seed(agencies: [Seed(key, Agency(name: id, kind: kind))])
        return TestActor.practitioner("u-\(id)", agency: id, roles: [.partnerPractitioner])
    }

    private func message(_ people: PeopleStore, _ numbers: [PersonIdentifier], as actor: Actor) async -> String {
        var person = PeopleStore.ama()
        person.identifiers = numbers
        do {
            _ = try await people.desk.create(person, as: actor)
            return "taken"
        } catch { return (error as? Problem)?.fields.map(\.message).joined() ?? "\(error)" }
    }

    @Test func `health keeps an NHS number, and the police are told that the law does not let them`() async throws {
        try await PeopleStore.open { people in
            let health = try await agency(people, "health", .health)
            let police = try await agency(people, "police", .police)
            let number = [PersonIdentifier(scheme: "NHS", value: "943 476 5919")]
            #expect(await message(people, number, as: health) == "taken")
            let refused = await message(people, number, as: police)
            #expect(refused.contains("section 251A") && refused.contains("Leave it out"))
            #expect(!refused.contains("943"))
            let wrong = await message(people, [PersonIdentifier(scheme: "NHS", value: "9434765910")], as: health)
            #expect(wrong.contains("check digit"))
            let unknown = await message(people, [PersonIdentifier(scheme: "XYZ", value: "1")], as: health)
            #expect(unknown.contains("PNC, CRO, NHS"))
        }
    }

    @Test func `a number that stood there before is not asked about again`() async throws {
        try await PeopleStore.open { people in
            let id = people.store.ledger.newIdentifier(Person.self)
            var old = PeopleStore.ama()
            old.identifiers = [PersonIdentifier(scheme: "PNC", value: "1987/123456X")]
            try await people.store.ledger.commit([try .create(id, old, owner: "police")], as: PeopleStore.officer)
            old.narrative = "More."
            try await people.desk.amend(id, expecting: 1, old, as: PeopleStore.officer)
            #expect(try await people.desk.person(id, as: PeopleStore.officer).body.identifiers == old.identifiers)
            old.identifiers.append(PersonIdentifier(scheme: "PNC", value: "1987/123457X"))
            await #expect(throws: Problem.self) {
                try await people.desk.amend(id, expecting: 2, old, as: PeopleStore.officer)
            }
        }
    }

    /// As version 1 of the program wrote it.
    static let stored = """
        {"addresses":[{"lines":"4 Quay Row","postcode":"TS1 1AA"}],"born":{"dayOfMonth":31,"month":3,"year":1987},\
        "given":["ola"],"identifiers":[{"scheme":"PNC","value":"1987/123456X"}],"isKept":false,\
        "names":[{"family":"Mensah","given":"Ama","use":"known"}],"narrative":"Seen.","phones":["07700 900123"],\
        "sex":{"recordedBy":"police","value":"female"},"tags":[],"warnings":[{"since":"2026-01-02","words":"A dog"}]}
        """

    @Test func `a body of the first form is read, shown and carried on`() async throws {
        try await PeopleStore.open { people in
            let id = people.store.ledger.newIdentifier(Person.self)
            try await people.store.ledger.commit(
                [try .create(id, Person(names: []), owner: "police")], as: PeopleStore.officer)
            _ = try await people.store.ledger.upkeep { writing in
                try writing.run(
                    "UPDATE record_version SET body = $2, schema_number = 1 WHERE record = $1",
                    [.text(id.text), .text(Self.stored)])
            }
            let person = try await people.desk.person(id, as: PeopleStore.officer).body
            #expect(person.name == "Ama Mensah" && person.home?.lines == "4 Quay Row" && person.gender == nil)
            #expect(person.sex == RecordedSex(.female, recordedBy: "police") && person.pastPhones == nil)
            try await people.desk.amend(id, expecting: 1, person, as: PeopleStore.officer)
            #expect(try await people.desk.history(of: id, as: PeopleStore.officer).count == 2)
        }
    }

    @Test func `a narrow role sees neither a UPRN nor a telephone that was, and no gender without who she is`()
        async throws
    {
        try await PeopleStore.open { people in
            var person = PeopleStore.ama()
            person.addresses.append(
                PersonAddress(lines: "The works", postcode: "TS2 2BB", uprn: "100012345", kind: .work))
            person.pastPhones = [PastPhone(number: "07700 900999", until: Day(daysSince1970: 20_000))]
            person.gender = RecordedGender(.woman, recordedBy: "police")
            let id = try await people.desk.create(person, as: PeopleStore.officer)
            let narrow = try await people.desk.person(
                id, as: TestActor.practitioner("nia", roles: [.neighbourhoodOfficer]))
            #expect(narrow.body.addresses == [] && narrow.body.pastPhones == nil && narrow.body.gender?.value == .woman)
            #expect(person.seen([.contact]).gender == nil)
            #expect(person.home?.lines == "4 Quay Row" && person.otherAddresses.map(\.kind) == [.work])
            person.addresses[1].uprn = "12 34x"
            let wrong = person
            let problem = await #expect(throws: Problem.self) {
                try await people.desk.create(wrong, as: PeopleStore.officer)
            }
            #expect(problem?.fields.map(\.name) == ["other-uprn"])
        }
    }
}
