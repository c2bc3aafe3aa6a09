import Kernel
import Testing

@testable import Web

@Suite("Days as people type them")
struct InspectionTypedDayTests {
    @Test(
        "words, numbers and ISO are the same day",
        arguments: ["9 November 2026", "9 nov 2026", "9 11 2026", "9/11/2026", "2026-11-09"])
    func same(_ text: String) { #expect(TypedDay.read(text) == Day(year: 2026, month: 11, day: 9)) }

    @Test(
        "what is no day is no day",
        arguments: ["", "31 February 2026", "9 Novemberish 2026", "soon", "9 2026", "0 0 0", "9 13 2026"])
    func none(_ text: String) { #expect(TypedDay.read(text) == nil) }

    @Test("the end of a day is that of London, in summer and in winter")
    func end() throws {
        let winter = try #require(Day(year: 2026, month: 1, day: 10))
        let summer = try #require(Day(year: 2026, month: 7, day: 10))
        #expect(TypedDay.end(of: winter).description == "2026-01-10T23:59:59.999Z")
        #expect(TypedDay.end(of: summer).description == "2026-07-10T22:59:59.999Z")
    }

    @Test("a due date says how late it is, unless it is closed")
    func due() throws {
        let today = try #require(Day(year: 2026, month: 5, day: 3))
        #expect(TypedDay.dueWords(nil, today: today, isClosed: false) == "No date yet")
        #expect(TypedDay.dueWords(today, today: today, isClosed: false) == "Due today")
        #expect(
            TypedDay.dueWords(today.adding(days: -2), today: today, isClosed: false) == "2 days late, due 1 May 2026")
        #expect(TypedDay.dueWords(today.adding(days: -2), today: today, isClosed: true) == "Due 1 May 2026")
    }
}
