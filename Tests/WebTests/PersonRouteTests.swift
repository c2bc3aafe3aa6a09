import Access
import Foundation
import HTTPTypes
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Accounts
@testable import Web

@Suite("Pages of persons")
struct PersonRouteTests {
    private static let form: Pairs = [
        "given": "Ama", "family": "Mensah", "born-day": "31", "born-month": "3", "born-year": "1987",
        "address": "4 Quay Row", "postcode": "ts1 1aa", "phones": "07700 900123", "identifiers": "PNC 1987/123456P",
        "warnings": "A dog", "narrative": "Seen on Sunday.",
    ]

    private func added(_ house: WebHouse, as person: WebPerson, _ form: Pairs = form) async throws -> String {
        let reply = try await house.post("/persons", form, as: person)
        #expect(reply.status == 303)
        return String(try #require(reply.location?.split(separator: "?").first?.split(separator: "/").last))
    }

    @Test func `an officer searches, adds, finds and changes, and each step is in the log without a name`() async throws
    {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let empty = try await house.get("/persons?name=Mensah", as: officer)
            #expect(empty.text.contains("Nobody like this") && empty.text.contains("Add a new person"))
            let id = try await added(house, as: officer)
            let found = try await house.get("/persons?name=mensah+ama", as: officer).text
            #expect(found.contains("/persons/\(id)") && found.contains("the whole name") && found.contains("TS1 1AA"))
            let page = try await house.get("/persons/\(id)", as: officer).text
            for word in ["4 Quay Row", "31 March 1987", "1987/123456P", "A dog", "Seen on Sunday."] {
                #expect(page.contains(word), "\(word)")
            }
            let change = Self.form + ["version": "1", "address": "9 Larch Close", "postcode": "TS3 3AA"]
            #expect(try await house.post("/persons/\(id)", change.last, as: officer).status == 303)
            let after = try await house.get("/persons/\(id)", as: officer).text
            #expect(after.contains("9 Larch Close") && after.contains("Address until") && after.contains("4 Quay Row"))
            let history = try await house.get("/persons/\(id)/history", as: officer).text
            #expect(history.contains("Version 2") && history.contains("9 Larch Close"))
            let log = try await house.audit().filter { $0.kind == "people.person" }
            #expect(Set(log.map(\.operation)) == [.collection, .alteration, .consultation])
            #expect(log.allSatisfy { $0.purpose == "safeguarding" })
            #expect(!log.contains { "\($0)".contains("Mensah") || "\($0)".contains("mensah") })
        }
    }

    @Test func `before a second is added who may be the same is shown, and nothing typed is lost`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let id = try await added(house, as: officer)
            let reply = try await house.post("/persons", Self.form, as: officer)
            #expect(reply.status == 409 && reply.text.contains("/persons/\(id)"))
            #expect(reply.text.contains("Is it one of these?") && reply.text.contains("Seen on Sunday."))
            let second = try await house.post("/persons", Self.form + ["none-of-these": "1"], as: officer)
            #expect(second.status == 303)
        }
    }

    @Test func `what is wrong is said beside its field, and what was typed stays`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let wrong: Pairs = [
                "given": "", "family": "", "born-day": "31", "born-month": "2", "narrative": "Keep me",
                "identifiers": "12345", "kept": "yes",
            ]
            let reply = try await house.post("/persons", wrong, as: officer)
            #expect(reply.status == 422 && reply.text.contains("Keep me"))
            for words in ["Enter a real date", "Write whose number it is", "Choose who it is kept to"] {
                #expect(reply.text.contains(words), "\(words)")
            }
            let nameless = try await house.post("/persons", ["narrative": "Keep me"], as: officer)
            #expect(nameless.text.contains("Enter a name") && nameless.text.contains("Keep me"))
        }
    }

    @Test func `another address, a UPRN and gender stand behind one line, and what ends is kept with its day`()
        async throws
    {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let form = try await house.get("/persons/new", as: officer).text
            #expect(form.contains("<details><summary>Add another address") && !form.contains("<details open"))
            let more: Pairs = [
                "gender": "non-binary", "uprn": "100 012 345", "other-kind": "work", "other-address": "The works",
                "other-postcode": "ts2 2bb", "other-from-day": "1", "other-from-month": "2", "other-from-year": "2026",
            ]
            let id = try await added(house, as: officer, Self.form + more)
            let page = try await house.get("/persons/\(id)", as: officer).text
            for word in ["Non-binary", "UPRN 100012345", "Works there", "The works", "TS2 2BB", "PNC number"] {
                #expect(page.contains(word), "\(word)")
            }
            let ending: Pairs = ["version": "1", "other-ended": "The works, TS2 2BB", "phones": "07700 900124"]
            #expect(try await house.post("/persons/\(id)", (Self.form + ending).last, as: officer).status == 303)
            let after = try await house.get("/persons/\(id)", as: officer).text
            #expect(after.contains("Works there until") && after.contains("07700 900123, until"))
            let wrong: Pairs = ["other-address": "Somewhere", "other-until-day": "31", "other-until-month": "2"]
            let reply = try await house.post("/persons", Self.form + wrong, as: officer)
            #expect(reply.status == 422 && reply.text.contains("<details open") && reply.text.contains("Somewhere"))
            #expect(reply.text.contains("Choose what this address is") && reply.text.contains("such as 31 3 2026"))
        }
    }

    @Test func `a number with a wrong check digit, or not lawful to keep, is refused beside its field`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            for (line, words) in [
                ("PNC 1987/123456X", "check letter does not fit"), ("NHS 943 476 5919", "nobody else"),
                ("ABC 1", "We do not know whose number"),
            ] {
                let reply = try await house.post("/persons", Self.form.with("identifiers", line), as: officer)
                #expect(reply.status == 422 && reply.text.contains(words) && reply.text.contains(line), "\(line)")
            }
        }
    }

    @Test func `two who write at once: the second sees what the first saved, and her own words`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let id = try await added(house, as: officer)
            let first = (Self.form + ["version": "1", "narrative": "First."]).last
            let second = (Self.form + ["version": "1", "narrative": "Second."]).last
            #expect(try await house.post("/persons/\(id)", first, as: officer).status == 303)
            let reply = try await house.post("/persons/\(id)", second, as: officer)
            #expect(reply.status == 409 && reply.text.contains("First.") && reply.text.contains("Second."))
            #expect(reply.text.contains(#"name="version" value="2""#))
        }
    }

    @Test func `a safe contact is sealed, shown with a reason once, and not without`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let id = try await added(house, as: officer)
            let place = "/persons/\(id)/sealed/safe-contact"
            let secret = "Text zqaunt after six"
            let saved = try await house.post(
                "\(place)/change", ["version": "0", "sealed-value": secret], as: officer)
            #expect(saved.status == 303)
            for path in ["/persons/\(id)", place, "\(place)/change", "/persons?name=mensah", "/persons/\(id)/history"] {
                #expect(try await !house.get(path, as: officer).text.contains("zqaunt"), "\(path)")
            }
            let without = try await house.post(place, [:], as: officer)
            #expect(without.status == 422 && !without.text.contains("zqaunt"))
            #expect(try await house.post(place, ["reason": "visit"], as: officer).text.contains(secret))
            let entry = try #require(try await house.audit().last { $0.about.hasPrefix("reveal") && $0.wasAllowed })
            #expect(entry.about == "reveal safe-contact visit" && entry.record == id)
        }
    }

    @Test func `what a partner was told she reads and prints, and of the rest there is no trace`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let partner = try await house.person([.partnerPractitioner], agency: "housing")
            let stranger = try await house.person([.partnerPractitioner], agency: "health")
            let id = try await added(house, as: officer)
            let told = try await house.post(
                "/persons/\(id)/tell",
                Pairs([
                    ("version", "1"), ("recipient", "housing"), ("fields", "identity"), ("fields", "warnings"),
                    ("basis", "crime-disorder-115"), ("words", "A visit tomorrow"),
                ]), as: officer)
            let place = String(try #require(told.location?.split(separator: "?").first))
            let page = try await house.get(place, as: partner)
            #expect(page.status == 200 && page.text.contains("Ama Mensah") && page.text.contains("A dog"))
            for word in ["Quay Row", "TS1", "07700", "123456P", "Sunday"] {
                #expect(!page.text.contains(word), "\(word)")
            }
            #expect(try await house.get("/disclosures", as: partner).text.contains(place))
            for path in [place, "\(place)/pdf", "/persons/\(id)", "/persons/\(id)/history", "/persons/\(id)/known"] {
                let (known, random) = (
                    try await house.get(path, as: stranger),
                    try await house.get(
                        path.replacing(id, with: "0199aaaa").replacing(place, with: "/disclosures/0199aaaa"),
                        as: stranger)
                )
                #expect(known.status == 404 && known.body == random.body, "\(path)")
            }
            #expect(try await house.post("\(place)/withdraw", ["reason": "Wrong family"], as: officer).status == 303)
            #expect(try await house.get(place, as: partner).status == 404)
        }
    }

    @Test func `a chronology on paper holds for an agency what it was told, and who got it is in the log`() async throws
    {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            _ = try await house.person([.partnerPractitioner], agency: "housing")
            let stranger = try await house.person([.partnerPractitioner], agency: "health")
            let id = try await added(house, as: officer)
            let paper = "/persons/\(id)/chronology/paper"
            let own = try await house.get(paper, as: officer).text
            #expect(own.contains("Quay Row") && own.contains("A dog") && own.contains("This record was opened"))
            #expect(try await house.get("/persons/\(id)/chronology", as: officer).text.contains(paper))
            let told = try await house.post(
                "/persons/\(id)/tell",
                Pairs([
                    ("version", "1"), ("recipient", "housing"), ("fields", "warnings"), ("basis", "consent"),
                    ("words", "A visit"),
                ]), as: officer)
            let place = String(try #require(told.location?.split(separator: "?").first))
            let disclosure = try #require(place.split(separator: "/").last.map(String.init))
            let theirs = try await house.get(paper + "?for=\(disclosure)", as: officer).text
            #expect(theirs.contains("A dog") && !theirs.contains("Quay Row"))
            #expect(!theirs.contains("This record was opened"))
            let keys = theirs.components(separatedBy: "name=\"leave\" value=\"").dropFirst()
                .compactMap { $0.split(separator: "\"").first.map(String.init) }
            let none = try await house.post(
                paper, Pairs([("for", disclosure)] + keys.map { ("leave", $0) }), as: officer)
            #expect(keys.count == 1 && none.status == 422 && none.text.contains("Leave fewer lines out"))
            let made = try await house.post(paper, ["for": disclosure], as: officer)
            if made.status == 200 {
                #expect(made.body.starts(with: Array("%PDF-".utf8)))
            } else {
                #expect(made.text.contains("WeasyPrint"))
            }
            let log = try await house.audit().filter { $0.about.hasPrefix("chronology by \(disclosure)") }
            #expect(log.map(\.recipient) == ["housing"] && log.first?.record == id)
            #expect(log.allSatisfy { $0.operation == .disclosure && !$0.about.contains("dog") })
            let (known, random) = (
                try await house.get(paper, as: stranger),
                try await house.get("/persons/0199aaaa/chronology/paper", as: stranger)
            )
            #expect(known.status == 404 && known.body == random.body)
            #expect(try await house.get(paper + "?for=none", as: officer).status == 404)
            #expect(try await house.post("\(place)/withdraw", ["reason": "Wrong family"], as: officer).status == 303)
            #expect(try await house.get(paper + "?for=\(disclosure)", as: officer).status == 404)
        }
    }

    @Test func `a person opens as known at a minute in London`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let id = try await added(house, as: officer)
            let then = LondonTime.stamp(house.ledger.now)
            house.clock.advance(seconds: 7200)
            let late = try await house.session(of: officer.id)
            let change = (Self.form + ["version": "1", "narrative": "Later."]).last
            _ = try await house.post("/persons/\(id)", change, as: late)
            let parts = then.prefix(10).split(separator: "-")
            let query =
                "at-day=\(parts[2])&at-month=\(parts[1])&at-year=\(parts[0])&time=\(then.dropFirst(11).prefix(5))"
            let page = try await house.get("/persons/\(id)/known?\(query)", as: late).text
            #expect(page.contains("Seen on Sunday.") && !page.contains("Later.") && page.contains("version 1"))
            let before = try await house.get(
                "/persons/\(id)/known?at-day=1&at-month=1&at-year=2020", as: late)
            #expect(before.status == 422 && before.text.contains("no record of this person yet"))
            for wrong in ["time=25:00", "time=noon", "at-day=31&at-month=2&at-year=2026"] {
                let reply = try await house.get("/persons/\(id)/known?\(wrong)&\(query)", as: late)
                #expect(reply.status == 422, "\(wrong)")
            }
        }
    }
}

extension Pairs {
    fileprivate func with(_ name: String, _ value: String) -> Pairs { (self + [name: value]).last }

    /// The last value of each name.
    fileprivate var last: Pairs {
        Pairs(Dictionary(all.map { ($0.0, $0.1) }) { $1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}
