import Access
import Foundation
import HTTPTypes
import Kernel
import Testing

@testable import Accounts
@testable import Web

@Suite struct FormTests {
    @Test func aFormWithoutItsTokenOrWithAnothersIsRefusedAndChangesNothing() async throws {
        try await WebHouse.open { house in
            let (person, other) = (try await house.person([.administrator]), try await house.person([.analyst]))
            let tokens: [SentToken] = [.none, .text(""), .text("wrong"), .text(other.visitor.formToken)]
            for token in tokens {
                let reply = try await house.post(
                    "/accounts/\(other.id)/leaving", ["version": "1", "reason": "Gone"], as: person, token: token)
                #expect(reply.status == 403)
                #expect(try await house.post("/sign-out", as: person, token: token).status == 403)
            }
            #expect(try await house.get("/", as: other).status == 200)
            #expect(try await house.get("/", as: person).status == 200)
        }
    }

    @Test func callingItAFormWithFilesDoesNotSpareItsToken() async throws {
        try await WebHouse.open { house in
            let (person, other) = (try await house.person([.administrator]), try await house.person([.analyst]))
            for type in ["multipart/form-data", "multipart/form-data; boundary=x"] {
                let body = Array("version=1&reason=Gone".utf8)
                let reply = try await house.post(
                    "/accounts/\(other.id)/leaving", bytes: body, as: person, headers: ["Content-Type": type])
                #expect(reply.status == 403)
                let out = try await house.post("/sign-out", bytes: [], as: person, headers: ["Content-Type": type])
                #expect(out.status == 403)
            }
            #expect(try await house.get("/", as: other).status == 200)
        }
    }

    @Test func aFormFromAnotherSiteIsRefused() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let foreign: [Pairs] = [
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"],
                ["Origin": "https://evil.example"], ["Origin": "null"], ["Origin": "http://holdfast.test.evil.example"],
            ]
            for headers in foreign {
                #expect(try await house.post("/sign-out", as: person, headers: headers).status == 403)
                #expect(try await house.post("/sign-in", ["user": "a"], headers: headers).status == 403)
            }
            let own: Pairs = ["Origin": "http://holdfast.test", "Sec-Fetch-Site": "same-origin"]
            #expect(try await house.post("/sign-out", as: person, headers: own).status == 303)
        }
    }

    @Test func aBodyThatIsTooLargeOrNotWholeIsRefused() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let large = [UInt8](repeating: 0x61, count: Body.formLimit + 1)
            #expect(try await house.post("/sign-out", bytes: large, as: person).status == 413)
            let pieces = try await house.send(
                .post, "/sign-out", as: person, body: Reply.body(large, pieceSize: 65_536))
            #expect(pieces.status == 413)
            let token = "form-token=\(person.visitor.formToken)"
            let half = try await house.post(
                "/sign-out", bytes: Array(token.utf8), as: person,
                headers: ["Content-Length": "\(token.utf8.count + 9)"])
            #expect(half.status == 422)
            #expect(try await house.get("/", as: person).status == 200)
        }
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%00", "a=%FF", "%C0%80=a"])
    func aFormThatCannotBeReadIsRefused(_ text: String) {
        #expect(throws: Problem.self) { try FormValues(urlEncoded: Array(text.utf8)) }
    }

    @Test func aFormOfAThousandFieldsIsReadAndOneMoreIsNot() throws {
        let thousand = Array(repeating: "a=1", count: 1000).joined(separator: "&")
        #expect(try FormValues(urlEncoded: Array(thousand.utf8)).fields.count == 1000)
        #expect(throws: Problem.self) { try FormValues(urlEncoded: Array((thousand + "&a=1").utf8)) }
    }

    @Test func twiceTheFormTakesAboutTwiceTheTime() throws {
        let clock = ContinuousClock()
        func time(_ count: Int) throws -> Duration {
            let bytes = Array(("a=" + String(repeating: "%41", count: count)).utf8)
            return try (0..<3).map { _ in try clock.measure { _ = try FormValues(urlEncoded: bytes) } }.min() ?? .zero
        }
        #expect(try time(400_000) < time(50_000) * 40)
    }

    @Test func aNoticeSaysOnlyWhatTheHouseKnows() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let evil = try await house.get("/?done=%3Cb%3EPay%20now%0d%0aSet-Cookie:%20a=b", as: person)
            #expect(!evil.text.contains("Pay now") && evil.cookies.isEmpty)
            #expect(try await house.get("/?done=saved", as: person).text.contains("Your changes are saved"))
        }
    }

    @Test func theNameOfADownloadCannotBreakItsHeader() {
        let answer = Answer.download([], name: "a\r\nX: 1\"; b/../c.csv", contentType: "text/csv")
        let value = answer.headers.first?.1 ?? ""
        #expect(value == "attachment; filename=\"aX1b..c.csv\"")
    }
}
