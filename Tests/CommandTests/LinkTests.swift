import Foundation
import Testing

@Suite("Linking tables from the command line", .enabled(if: Command.binary != nil, Command.missing))
struct LinkTests {
    /// Twenty invented persons with two records each; the second has a slip in the surname.
    private static func people(_ mark: String = ",") -> String {
        let given = ["ada", "bruno", "clara", "dmitri", "esther", "femi", "gwen", "hassan", "ines", "jakub"]
        let surnames = ["abernathy", "brocklebank", "cholmondeley", "dunwoody", "entwistle"]
        let rows = (0..<40).map { row -> [String] in
            let person = row / 2
            let surname = surnames[person % 5] + (row % 2 == 0 ? "" : "x")
            return [
                "r\(row)", given[person % 10], surname, "19\(40 + person * 2)-0\(1 + person % 9)-1\(person % 10)",
                "ts\(person) 1ab", "p\(person)",
            ]
        }
        return ([["id", "given_name", "surname", "dob", "postcode", "person"]] + rows)
            .map { $0.joined(separator: mark) + "\n" }.joined()
    }

    private func link(_ place: Place, _ text: String, _ more: [String]) async throws -> Command.Ended {
        let file = try place.write(text, to: "people.csv")
        return try await Command(["link", file] + more, in: place.folder).end()
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `pairs and groups are written whatever parts the columns`(mark: String) async throws {
        let place = try Place()
        let ended = try await link(
            place, Self.people(mark),
            [
                "--id", "id", "--truth", "person", "--pairs", "pairs.csv", "--clusters", "clusters.csv", "--report",
                "report.html", "--json",
            ])
        try #require(ended.code == 0, "\(ended.err)")
        let answer = try JSONValue(ended.out)
        #expect(answer["pairs"]?.number == 20 && answer["clusters"]?.number == 20)
        #expect(answer["clusterAccuracy"]?["f1"]?.number == 1)
        let pairs = try String(contentsOf: place.folder.appending(path: "pairs.csv"), encoding: .utf8)
        #expect(pairs.hasPrefix("id_l,id_r,weight,probability\nr0,r1,"))
        let groups = try String(contentsOf: place.folder.appending(path: "clusters.csv"), encoding: .utf8)
        #expect(groups.hasPrefix("id,cluster\nr0,1\nr1,1\nr2,3\n"))
        let report = try String(contentsOf: place.folder.appending(path: "report.html"), encoding: .utf8)
        for part in ["Weights", "Pairs by their weight", "Which pairs were looked at"] {
            #expect(report.contains(part))
        }
    }

    @Test func `an id that comes twice is refused with its line`() async throws {
        let ended = try await link(try Place(), Self.people() + "r3,a,b,,,p\n", ["--id", "id"])
        #expect(ended.code == 1 && ended.err.contains("Line 42") && ended.err.contains("r3 was used before"))
    }

    @Test func `a column that is not there, and a table that is none, are said`() async throws {
        let absent = try await link(try Place(), Self.people(), ["--id", "number"])
        #expect(absent.code == 1 && absent.err.contains("no column number") && absent.err.contains("given_name"))
        let none = try await link(try Place(), Self.people("~"), ["--id", "id"])
        #expect(none.code == 1 && none.err.contains("read as one column"))
    }

    @Test func `settings are held to what there is`() async throws {
        let place = try Place()
        let settings = try place.write("columns: {dob: birthday}\n", to: "settings.yaml")
        let ended = try await link(place, Self.people(), ["--id", "id", "--settings", settings])
        #expect(ended.code == 1 && ended.err.contains("birthday") && ended.err.contains("date of birth"))
        let unknown = try place.write("treshold: 0.5\n", to: "settings.yaml")
        let other = try await link(place, Self.people(), ["--id", "id", "--settings", unknown])
        #expect(other.code == 1 && other.err.contains("treshold"))
    }
}
