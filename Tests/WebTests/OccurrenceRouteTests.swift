import Access
import Conduct
import Foundation
import HTTPTypes
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Accounts
@testable import Web

@Suite("Pages of occurrences, places, links and chronologies")
struct OccurrenceRouteTests {
    private static let occurrence: Pairs = [
        "what": "domestic-abuse", "from-day": "3", "from-month": "3", "from-year": "2026", "reference": "CR/1042/26",
        "summary": "A neighbour called zqsummary.",
    ]
    private static let place: Pairs = ["what": "dwelling", "lines": "9 Larch Close", "postcode": "ts3 3aa"]

    private func id(_ reply: Reply) throws -> String {
        #expect(reply.status == 303)
        return String(try #require(reply.location?.split(separator: "?").first?.split(separator: "/").last))
    }

    private func person(_ house: WebHouse, _ given: String, as officer: WebPerson) async throws -> String {
        let form: Pairs = ["given": given, "family": "Mensah", "none-of-these": "1", "warnings": "A dog"]
        return try id(try await house.post("/persons", form, as: officer))
    }

    /// A person named as a victim in an occurrence at a place.
    private func scene(
        _ house: WebHouse, _ officer: WebPerson
    ) async throws -> (person: String, occurrence: String, place: String) {
        let person = try await person(house, "Ama", as: officer)
        let place = try id(try await house.post("/places", Self.place, as: officer))
        let occurrence = try id(
            try await house.post("/occurrences", Self.occurrence + ["place": "TS3 3AA"], as: officer))
        let named = try await house.post(
            "/occurrences/\(occurrence)/parts", ["version": "1", "person": person, "capacity": "victim"], as: officer)
        #expect(named.status == 303)
        return (person, occurrence, place)
    }

    @Test func `an officer adds an occurrence at a place that is held, names a victim, and sees it in the chronology`()
        async throws
    {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let scene = try await scene(house, officer)
            let page = try await house.get("/occurrences/\(scene.occurrence)", as: officer).text
            for word in ["Domestic abuse", "CR/1042/26", "zqsummary", "9 Larch Close", "Victims", "Ama Mensah"] {
                #expect(page.contains(word), "\(word)")
            }
            #expect(!page.contains("<h3>Suspects"))
            for words in ["cr1042%2F26", "zqsummary", "TS3+3AA"] {
                let found = try await house.get("/occurrences?words=\(words)", as: officer).text
                #expect(found.contains("/occurrences/\(scene.occurrence)"), "\(words)")
            }
            let told = try await house.get("/persons/\(scene.person)/chronology", as: officer).text
            for word in [
                "3 March 2026", "Domestic abuse (CR/1042/26)", "Victim", "Warning: A dog", "Anytown Police, since",
            ] {
                #expect(told.contains(word), "\(word)")
            }
            #expect(!told.contains("zqsummary"))
            let victims = try await house.get("/persons/\(scene.person)/chronology?capacity=victim", as: officer).text
            #expect(victims.contains("Domestic abuse") && !victims.contains("A dog"))
            let before = try await house.get(
                "/persons/\(scene.person)/chronology?at-day=1&at-month=1&at-year=2020", as: officer
            ).text
            #expect(before.contains("Nothing here.") && !before.contains("Domestic"))
            let wrong = try await house.get(
                "/persons/\(scene.person)/chronology?at-day=31&at-month=2&at-year=2026", as: officer)
            #expect(wrong.status == 422 && wrong.text.contains("Enter a real date"))
        }
    }

    @Test func `ending a part, changing and looking back each leave their trace`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let scene = try await scene(house, officer)
            let place = "/occurrences/\(scene.occurrence)"
            let end: Pairs = ["version": "2", "person": scene.person, "capacity": "victim"]
            #expect(try await house.post("\(place)/parts/end", end, as: officer).status == 303)
            #expect(try await house.post("\(place)/parts/end", end, as: officer).status == 404)
            let change = Self.occurrence + ["version": "3", "reference": "CR/7", "place": scene.place]
            let last = Pairs(Dictionary(change.all.map { ($0.0, $0.1) }) { $1 }.map { ($0.key, $0.value) })
            #expect(try await house.post(place, last, as: officer).status == 303)
            let late = try await house.post(place, last, as: officer)
            #expect(late.status == 409 && late.text.contains("zqsummary") && late.text.contains("What they saved"))
            let history = try await house.get("\(place)/history", as: officer).text
            #expect(history.contains("Version 4") && history.contains("CR/7") && history.contains("Victim: nothing"))
            let log = try await house.audit().filter { $0.kind == "people.occurrence" }
            #expect(log.filter { $0.operation == .alteration && $0.wasAllowed }.count == 3)
            #expect(!log.contains { "\($0)".contains("Mensah") || "\($0)".contains("CR") })
        }
    }

    @Test func `what is wrong is said beside its field, and what was typed stays`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let wrong: Pairs = ["what": "", "from-day": "31", "from-month": "2", "summary": "Keep me", "place": ""]
            let reply = try await house.post("/occurrences", wrong, as: officer)
            #expect(reply.status == 422 && reply.text.contains("Keep me") && reply.text.contains("real date"))
            let nowhere = try await house.post("/occurrences", Self.occurrence + ["place": "Nowhere"], as: officer)
            #expect(
                nowhere.status == 422 && nowhere.text.contains("No such place") && nowhere.text.contains("zqsummary"))
            let nameless = try await house.post("/places", ["what": "none", "access": "Keep me"], as: officer)
            #expect(nameless.status == 422 && nameless.text.contains("Enter a name or an address"))
            #expect(nameless.text.contains("Keep me") && nameless.text.contains("Choose what it is"))
            _ = try id(try await house.post("/places", Self.place, as: officer))
            let again = try await house.post("/places", Self.place, as: officer)
            #expect(again.status == 409 && again.text.contains("Is it one of these?"))
            #expect(try await house.post("/places", Self.place + ["none-of-these": "1"], as: officer).status == 303)
            let which = try await house.post("/occurrences", Self.occurrence + ["place": "Larch"], as: officer)
            #expect(which.status == 409 && which.text.contains("None of these") && which.text.contains("zqsummary"))
        }
    }

    @Test func `a link is found by typing, added, shown at both ends and ended`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let scene = try await scene(house, officer)
            let kofi = try await person(house, "Kofi", as: officer)
            let links = "/persons/\(scene.person)/links"
            let found = try await house.post(links, ["relation": "person:parent", "to": "kofi"], as: officer)
            #expect(
                found.status == 200 && found.text.contains(kofi) && !found.text.contains(#"value="\#(scene.person)""#))
            let added = try await house.post(links, ["relation": "person:parent", "end": kofi], as: officer)
            #expect(added.status == 303)
            let lives: Pairs = [
                "relation": "place:lives", "end": scene.place, "link-from-day": "1", "link-from-month": "2",
                "link-from-year": "2026",
            ]
            #expect(try await house.post(links, lives, as: officer).status == 303)
            let page = try await house.get(links, as: officer).text
            for word in [
                "Parent of", "Kofi Mensah", "Lives at", "9 Larch Close", "From 1 February 2026", "Domestic abuse",
            ] {
                #expect(page.contains(word), "\(word)")
            }
            #expect(try await house.get("/persons/\(kofi)/links", as: officer).text.contains("Child of"))
            #expect(try await house.get("/places/\(scene.place)", as: officer).text.contains("Ama Mensah"))
            let told = try await house.get("/persons/\(scene.person)/chronology", as: officer).text
            #expect(told.contains("Lives at – 9 Larch Close") && told.contains("Parent of – Kofi Mensah"))
            let link = try #require(page.firstMatch(between: #"name="link" value=""#, and: #"""#))
            #expect(try await house.post("\(links)/end", ["link": link], as: officer).status == 303)
            #expect(try await house.get(links, as: officer).text.contains("until "))
            let wrong = try await house.post(links, ["relation": "", "to": "Keep me"], as: officer)
            #expect(
                wrong.status == 422 && wrong.text.contains("Choose how they are linked")
                    && wrong.text.contains("Keep me"))
        }
    }

    @Test func `a party sees none of an occurrence that names her, and another agency none at all`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let party = try await house.person([.responseOfficer])
            let stranger = try await house.person([.partnerPractitioner], agency: "housing")
            let scene = try await scene(house, officer)
            let born: Pairs = [
                "version": "1", "given": "Ama", "family": "Mensah", "born-day": "31", "born-month": "3",
                "born-year": "1987",
            ]
            #expect(try await house.post("/persons/\(scene.person)", born, as: officer).status == 303)
            try await house.site.interests.say(
                .init(
                    closeness: .partner,
                    identity: PartyIdentity(given: "Ama", family: "Mensah", born: Day(year: 1987, month: 3, day: 31))),
                as: party.actor.working(on: .interest))
            for reader in [party, stranger] {
                for path in [
                    "/occurrences/\(scene.occurrence)", "/occurrences/\(scene.occurrence)/history",
                    "/persons/\(scene.person)/chronology", "/persons/\(scene.person)/links",
                ] {
                    let (known, random) = (
                        try await house.get(path, as: reader),
                        try await house.get(
                            path.replacing(scene.occurrence, with: "0199aaaa").replacing(
                                scene.person, with: "0199aaaa"),
                            as: reader)
                    )
                    #expect(known.status == 404 && known.body == random.body, "\(path)")
                }
                for path in ["/occurrences", "/occurrences?words=zqsummary", "/occurrences?words=CR1042/26"] {
                    #expect(try await !house.get(path, as: reader).text.contains(scene.occurrence), "\(path)")
                }
            }
        }
    }

    @Test func `a refuge is in no page of a colleague, and is told as secret to whoever knows of it`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let colleague = try await house.person([.responseOfficer])
            let scene = try await scene(house, officer)
            let refuge = try id(
                try await house.post(
                    "/places", ["what": "hostel", "name": "Zqharbour", "postcode": "ZZ9 9ZZ", "refuge": "yes"],
                    as: officer))
            let lives: Pairs = ["relation": "place:stays", "end": refuge]
            #expect(try await house.post("/persons/\(scene.person)/links", lives, as: officer).status == 303)
            #expect(try await house.get("/places/\(refuge)", as: officer).text.contains("This is a refuge"))
            for path in [
                "/places/\(refuge)", "/places?words=zqharbour", "/places?words=ZZ9+9ZZ",
                "/persons/\(scene.person)/links",
                "/persons/\(scene.person)/chronology", "/persons/\(scene.person)", "/occurrences?words=ZZ9+9ZZ",
            ] {
                let page = try await house.get(path, as: colleague).text
                #expect(!page.contains("Zqharbour") && !page.contains(refuge), "\(path)")
            }
            let own = try await house.get("/persons/\(scene.person)/chronology", as: officer).text
            #expect(own.contains("Zqharbour"))
        }
    }
}

extension String {
    fileprivate func firstMatch(between start: String, and end: String) -> String? {
        guard let from = range(of: start)?.upperBound, let to = self[from...].range(of: end)?.lowerBound else {
            return nil
        }
        return String(self[from..<to])
    }
}
