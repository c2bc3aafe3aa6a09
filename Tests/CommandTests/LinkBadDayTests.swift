import Foundation
import Testing

@Suite("Linking tables on bad days", .enabled(if: Command.binary != nil, Command.missing))
struct LinkBadDayTests {
    private static let syllables = ["ba", "ke", "lo", "mi", "ru", "sta", "ton", "wen", "dal", "fir", "gor", "hul"]

    /// A number below `bound` that looks drawn; the same for the same place and person.
    private static func drawn(_ place: UInt64, _ person: Int, below bound: UInt64) -> Int {
        var mixed = (UInt64(person) &* 16 &+ place) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % bound)
    }

    private static func word(_ place: UInt64, _ person: Int) -> String {
        (0..<3).map { syllables[drawn(place * 3 + $0, person, below: 12)] }.joined()
    }

    /// Two records of each person, the second with a slip in the surname.
    private static func people(_ persons: Int, bend: (inout [String], Int) -> Void = { _, _ in }) -> String {
        var lines = ["id,given_name,surname,dob,postcode,person,known\n"]
        for row in 0..<persons * 2 {
            let person = row / 2
            let born = [60, 3, 18 as UInt64].enumerated().map { drawn(12 + UInt64($0), person, below: $1) }
            var fields = [
                "r\(row)", word(0, person), word(1, person) + (row % 2 == 0 ? "" : "x"),
                "19\(40 + born[0] % 60)-\(10 + born[1])-\(10 + born[2])", "ts\(1 + person % 80) \(person % 9)ab",
                "p\(person)", person % 2 == 0 ? "p\(person)" : "",
            ]
            bend(&fields, row)
            lines.append(fields.joined(separator: ",") + "\n")
        }
        return lines.joined()
    }

    private func link(_ place: Place, _ text: String, _ more: [String] = []) async throws -> Command.Ended {
        let file = try place.write(text, to: "people.csv")
        let columns = try place.write("columns: {person: ignored, known: ignored}\n", to: "columns.yaml")
        let settings = more.contains("--settings") ? [] : ["--settings", columns]
        return try await Command(
            ["link", file, "--id", "id", "--truth", "person", "--json"] + settings + more, in: place.folder
        ).end()
    }

    private func f1(_ ended: Command.Ended) throws -> Double {
        try #require(ended.code == 0, "\(ended.err)")
        return try #require(try JSONValue(ended.out)["clusterAccuracy"]?["f1"]?.number)
    }

    @Test func `labels on half of the rows are learnt from, and said`() async throws {
        let ended = try await link(try Place(), Self.people(300), ["--labels", "known"])
        #expect(try f1(ended) > 0.98)
        let answer = try JSONValue(ended.out)
        #expect(answer["learntFrom"]?.text == "labels in known")
        let none = try await link(try Place(), Self.people(20) { row, _ in row[6] = "all" }, ["--labels", "known"])
        #expect(none.code == 1 && none.err.contains("nothing can be learnt"))
    }

    @Test func `a file of postcodes is used, and one that is none is refused`() async throws {
        let place = try Place()
        let places = "postcode,lat,lon\n" + (1...80).map { "ts\($0) 1ab,54.\(100 + $0),-1.2\n" }.joined()
        _ = try place.write(places, to: "places.csv")
        let settings = try place.write(
            "columns: {person: ignored, known: ignored}\npostcodes: places.csv\n", to: "settings.yaml")
        let ended = try await link(place, Self.people(100), ["--settings", settings])
        #expect(try f1(ended) > 0.98)
        #expect(ended.out.contains("where 80 postcodes lie"))
        _ = try place.write("a,b\n1,2\n", to: "places.csv")
        let refused = try await link(place, Self.people(100), ["--settings", settings])
        #expect(refused.code == 1 && refused.err.contains("does not say where postcodes lie"))
    }

    @Test func `four dates of birth in ten are missing`() async throws {
        let ended = try await link(try Place(), Self.people(300) { row, number in if number % 5 < 2 { row[3] = "" } })
        #expect(try f1(ended) > 0.95)
    }

    @Test func `everybody was born on 1 January`() async throws {
        let ended = try await link(
            try Place(), Self.people(300) { row, _ in row[3] = String(row[3].prefix(4)) + "-01-01" })
        #expect(try f1(ended) > 0.95)
    }

    @Test func `a hostel of 900 rows under one postcode is not one person`() async throws {
        let ended = try await link(
            try Place(), Self.people(600) { row, number in if number < 900 { row[4] = "ts1 1aa" } })
        #expect(try f1(ended) > 0.95)
    }

    @Test func `rows of a second file are looked up among those of the first`() async throws {
        let place = try Place()
        let all = Self.people(200).split(separator: "\n")
        let asked = try place.write(
            ([all[0]] + stride(from: 2, to: 402, by: 40).map { all[$0] }).joined(separator: "\n") + "\n",
            to: "asked.csv")
        let kept = ([all[0]] + stride(from: 1, to: 400, by: 2).map { all[$0] }).joined(separator: "\n") + "\n"
        let ended = try await link(place, kept, ["--look-up", asked, "--found", "found.csv"])
        try #require(ended.code == 0, "\(ended.err)")
        #expect(try JSONValue(ended.out)["lookUps"]?.number == 10)
        let found = try String(contentsOf: place.folder.appending(path: "found.csv"), encoding: .utf8)
        let lines = found.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(lines[0] == ["id", "candidate", "weight", "probability"])
        #expect(
            lines.contains { $0[0] == "r1" && $0[1] == "r0" } && lines.contains { $0[0] == "r41" && $0[1] == "r40" })
    }
}
