import Access
import Kernel
import Ledger
import Linkage
import Retention
import TestKit
import Testing

@testable import People

@Suite("Before a person is added, those who may be the same are shown", .onEveryEngine)
struct FindingTests {
    static func person(
        _ given: String, _ family: String, _ year: Int = 1987, street: String = "4 Gantry Street",
        postcode: String = "TS3 1AA", _ more: (inout Person) -> Void = { _ in }
    ) -> Person {
        var person = Person(
            names: [KnownName(given: given, family: family)], born: PartialDate(year: year, month: 3, day: 31),
            addresses: [PersonAddress(lines: street, postcode: postcode)])
        more(&person)
        return person
    }

    @Test func `half a name, a nickname, a name that sounds alike and a street spelt by ear find her`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(Self.person("William", "Hazelrigg"), as: PeopleStore.officer)
            for name in ["Hazel", "will haz", "Bill Hazelrigg", "bill", "Hazlerig", "Hasselrig"] {
                let found = try await people.desk.find(name: name, as: PeopleStore.officer)
                #expect(found.map(\.record.id) == [id], "\(name)")
                #expect(found.first?.why.isEmpty == false)
            }
            for place in ["Gantrey Street", "12 gantri st", "TS3 1AA"] {
                let found = try await people.desk.find(name: "", place: place, as: PeopleStore.officer)
                #expect(found.map(\.record.id) == [id], "\(place)")
            }
            #expect(try await people.desk.find(name: "Zebedee", as: PeopleStore.officer).isEmpty)
        }
    }

    @Test func `why she may be the same is said in words`() async throws {
        try await PeopleStore.open { people in
            try await people.desk.create(Self.person("Ama", "Mensah"), as: PeopleStore.officer)
            let asked = Self.person("Ama", "Monsaw", street: "9 Larch Close", postcode: "TS1 4BB")
            let found = try await people.desk.alike(to: asked, as: PeopleStore.officer)
            #expect(
                found.map(\.why) == [
                    "same date of birth; same first name; surname sounds alike; moved from TS3 to TS1"
                ])
        }
    }

    @Test func `a reason over fields that she may not see is not given and moves nobody up`() async throws {
        try await PeopleStore.open { people in
            let narrow = TestActor.practitioner("nia", roles: [.neighbourhoodOfficer])
            let asked = Self.person("Ama", "Mensah") { $0.phones = ["07700 900123"] }
            let far = Self.person("Ama", "Mensah", 1990, street: "1 Quay Row", postcode: "TS9 9ZZ")
            let near = Self.person("Ama", "Mensah", 1990) { $0.phones = ["07700 900123"] }
            let only = Self.person("Zoe", "Other", 1950) { $0.phones = ["07700 900123"] }
            for person in [near, far, only] { try await people.desk.create(person, as: PeopleStore.officer) }
            let all = try await people.desk.alike(to: asked, as: PeopleStore.officer)
            #expect(all.count == 3 && all[0].why.contains("same telephone"))
            let seen = try await people.desk.alike(to: asked, as: narrow)
            #expect(seen.count == 2 && Set(seen.map(\.weight)).count == 1)
            for word in ["telephone", "address", "moved", "postcode", "street"] {
                #expect(!seen.contains { $0.why.contains(word) }, "\(word)")
            }
        }
    }

    @Test func `whom she may not see is not there, and only what was shown is in the log`() async throws {
        try await PeopleStore.open { people in
            let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])
            let mine = try await people.desk.create(Self.person("Ama", "Mensah"), as: PeopleStore.officer)
            let kept = Self.person("Ama", "Mensah") { ($0.isKept, $0.given) = (true, ["ola"]) }
            _ = try await people.desk.create(kept, as: PeopleStore.officer)
            for _ in 0..<3 { _ = try await people.desk.create(Self.person("Ama", "Mensah"), as: housing) }
            let pat = TestActor.practitioner("pat")
            let found = try await people.desk.alike(to: Self.person("Ama", "Mensah"), as: pat)
            #expect(found.map(\.record.id) == [mine])
            let entry = try #require(try await people.store.log().last { $0.user == "pat" })
            #expect(entry.about == "list alike: \(mine)")
        }
    }

    @Test func `what is written, changed or erased elsewhere is found so at the next look`() async throws {
        try await PeopleStore.open { people in
            let elsewhere = PeopleDesk(ledger: people.store.ledger)
            #expect(try await people.desk.find(name: "Mensah", as: PeopleStore.officer).isEmpty)
            let id = try await elsewhere.create(Self.person("Ama", "Mensah"), as: PeopleStore.officer)
            #expect(try await people.desk.find(name: "Mensah", as: PeopleStore.officer).count == 1)
            try await elsewhere.amend(id, expecting: 1, Self.person("Ama", "Zuckerman"), as: PeopleStore.officer)
            #expect(try await people.desk.find(name: "Mensah", as: PeopleStore.officer).isEmpty)
            #expect(try await people.desk.find(name: "Zucker", as: PeopleStore.officer).count == 1)
            let keeper = Actor(
                user: "rec", agency: "police", roles: [.recordsManager], purpose: .administration)
            try await people.store.ledger.erase(Person.self, id, as: keeper, unless: { _, _ in nil }, beside: { _ in })
            #expect(try await people.desk.find(name: "Zucker", as: PeopleStore.officer).isEmpty)
            #expect(try await people.desk.finder.catchUp())
            #expect(await people.desk.finder.count == 0)
        }
    }
}

@Suite("The look-up of persons weighs as a batch does")
struct PersonWeightTests {
    @Test func `each of many invented persons weighs the same in the look-up and in a batch under one model`() throws {
        let model = try PersonModel.packaged(on: Day(daysSince1970: 21_000))
        var generator = SeededGenerator(seed: 4)
        let families = ["Mensah", "Monsaw", "Hazelrigg", "Byrne"]
        let persons = (0..<120).map { _ in
            FindingTests.person(
                generator.pick(["Ama", "Amy", "William", "Bill"]), generator.pick(families),
                1980 + generator.below(4), street: "\(1 + generator.below(3)) Gantry Street")
        }
        let batch = RecordTable(fields: model.linkage.fields)
        for person in persons { batch.add(person.linkageValues[0]) }
        let weigher = PairWeigher(model.linkage, batch)
        let held = RecordTable(fields: model.linkage.fields)
        let index = PersonIndex(held, model: model.linkage)
        for person in persons { index.insert(person.linkageValues[0]) }
        var compared = 0
        for (place, person) in persons.enumerated() {
            for found in index.lookUp(person.linkageValues[0], limit: 50) {
                #expect(found.weight == weigher.weight(found.record, place))
                compared += 1
            }
        }
        #expect(compared > 1_000)
    }
}

@Suite("A shelf of persons finds by words")
struct PersonShelfTests {
    @Test func `somebody is found behind thousands who share one of her names`() throws {
        let shelf = PersonShelf(try PersonModel.packaged(on: Day(daysSince1970: 21_000)).linkage)
        for number in 0..<6_000 {
            let family = "Ab" + String((0..<4).map { "bcdfghjklm"[number / $0.power % 10] })
            shelf.put("\(number)", FindingTests.person("Sarah", family), streets: [])
        }
        shelf.put("her", FindingTests.person("Sarah", "Zelonka-Price"), streets: [])
        #expect(shelf.beginning(["sarah", "zel"]) == ["her"])
        #expect(shelf.beginning(["sara", "price"]) == ["her"])
        #expect(shelf.beginning(["sarah", "lonka"]) == ["her"])
        #expect(shelf.beginning(["sarah", "quill"]) == [])
        shelf.remove("her")
        #expect(shelf.beginning(["sarah", "zel"]) == [])
    }

    @Test func `words in plain letters are cut as all others are`() {
        var generator = SeededGenerator(seed: 8)
        let letters = Array("abcXYZ019 '-.,\t\n_/\u{0}")
        for _ in 0..<2_000 {
            let text = String((0..<generator.below(14)).map { _ in generator.pick(letters) })
            #expect(NameWords.of("\(text) é") == NameWords.of(text) + ["e"], "\(text.debugDescription)")
        }
    }
}

extension Int {
    fileprivate var power: Int { (0..<self).reduce(1) { product, _ in product * 10 } }
}

extension String {
    fileprivate subscript(place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
