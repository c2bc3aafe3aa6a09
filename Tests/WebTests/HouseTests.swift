import Access
import Testing

@Suite struct HouseTests {
    @Test func theHouseAnswersSomebodySignedInAndNobodyElse() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            #expect(try await house.get("/", as: person).status == 200)
            #expect(try await house.get("/").location == "/sign-in")
            #expect(try await house.post("/sign-out", as: person).status == 303)
        }
    }
}
