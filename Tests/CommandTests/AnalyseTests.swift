import Foundation
import Testing

@Suite("Analyses of a table from the command line", .enabled(if: Command.binary != nil, Command.missing))
struct AnalyseTests {
    /// Invented rows: withdrawal is likelier where contact was late; two areas; one row in twenty lacks its age.
    private static let rows: String = {
        let lines = (0..<400).map { row in
            let isLate = row % 3 == 0
            let isWithdrawn = (row * 7 + (isLate ? 5 : 0)) % 10 > (isLate ? 3 : 6)
            let age = row % 20 == 0 ? "" : "\(20 + (row * 13) % 50)"
            return "\(isWithdrawn ? "yes" : "no"),\(isLate ? 1 : 0),\(age),\(row % 2 == 0 ? "north" : "south"),"
                + "o\(row % 25),\(1 + (row * 11) % 90),\(row % 4 == 0 ? 0 : 1)\n"
        }
        return "withdrawn,late,age,area,officer,days,ended\n" + lines.joined()
    }()

    private func analyse(_ text: String, _ arguments: [String]) async throws -> (Command.Ended, Place) {
        let place = try Place()
        let file = try place.write(text, to: "rows.csv")
        return (
            try await Command(["analyse", arguments[0], file] + arguments.dropFirst(), in: place.folder).end(), place
        )
    }

    @Test func `a logistic answer has its contract, its doubts and a page`() async throws {
        let (ended, place) = try await analyse(
            Self.rows,
            [
                "logistic", "--outcome", "withdrawn", "--predictors", "late,age,area", "--cluster", "officer",
                "--report",
                "report.html", "--json",
            ])
        try #require(ended.code == 0, "\(ended.err)")
        let answer = try JSONValue(ended.out)
        #expect(answer["n"]?.number == 380)
        let coefficients = try #require(answer["coefficients"]?.list)
        #expect(coefficients.compactMap { $0["name"]?.text } == ["Intercept", "late", "age", "area[T.south]"])
        for name in ["estimate", "standardError", "z", "p", "low", "high"] {
            #expect(coefficients.allSatisfy { $0[name]?.number != nil })
        }
        let late = try #require(coefficients.dropFirst().first?["estimate"]?.number)
        #expect(late > 0)
        #expect(answer["logLikelihood"]?.number ?? 0 < 0)
        #expect(ended.err.contains("20 of 400"))
        let report = try String(contentsOf: place.folder.appending(path: "report.html"), encoding: .utf8)
        #expect(report.contains("What this cannot show") && report.contains("Odds ratios") && report.contains("<svg"))
    }

    @Test func `words of the table are written into the page as words`() async throws {
        let text = Self.rows.replacingOccurrences(of: "north", with: "<script>alert(1)</script>")
        let (ended, place) = try await analyse(
            text,
            [
                "logistic", "--outcome", "withdrawn", "--predictors", "area", "--first", "area=south", "--report",
                "report.html",
            ])
        try #require(ended.code == 0, "\(ended.err)")
        let report = try String(contentsOf: place.folder.appending(path: "report.html"), encoding: .utf8)
        #expect(!report.contains("<script>") && report.contains("&lt;script&gt;"))
    }

    @Test func `an outcome that a predictor foretells perfectly has no estimate, and that is said`() async throws {
        let text = "y,x\n" + (0..<60).map { "\($0 < 30 ? 0 : 1),\($0)\n" }.joined()
        let (ended, _) = try await analyse(text, ["logistic", "--outcome", "y", "--predictors", "x", "--json"])
        #expect(ended.code == 0)
        let answer = try JSONValue(ended.out)
        #expect(answer["separation"]?["detected"]?.isTrue == true && answer["separation"]?["complete"]?.isTrue == true)
        #expect(answer["coefficients"]?.list.allSatisfy { $0["estimate"]?.number == nil } == true)
        #expect(ended.err.contains("part the outcome perfectly"))
    }

    @Test func `curves by group are told with their test`() async throws {
        let (ended, _) = try await analyse(
            Self.rows, ["survival", "--time", "days", "--event", "ended", "--group", "area", "--json"])
        try #require(ended.code == 0, "\(ended.err)")
        let answer = try JSONValue(ended.out)
        let curves = try #require(answer["curves"]?.list)
        #expect(curves.compactMap { $0["group"]?.text } == ["north", "south"])
        for curve in curves {
            let counts = ["times", "survival", "low", "high", "atRisk"].map { curve[$0]?.list.count ?? -1 }
            #expect(Set(counts).count == 1 && counts[0] > 10)
        }
        #expect(answer["logRank"]?["statistic"]?.number != nil && answer["logRank"]?["p"]?.number != nil)
    }

    @Test func `a series and a difference are told in the same form`() async throws {
        let months = (0..<36).map {
            "20\(21 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1),\(50 + ($0 * 7) % 5 + ($0 >= 18 ? 9 : 0))\n"
        }
        let (series, _) = try await analyse(
            "month,arrests\n" + months.joined(),
            ["its", "--outcome", "arrests", "--time", "month", "--break", "2022-07", "--lags", "2", "--json"])
        try #require(series.code == 0, "\(series.err)")
        let level = try JSONValue(series.out)["coefficients"]?.list.first { $0["name"]?.text == "level" }
        #expect(abs((level?["estimate"]?.number ?? 0) - 9) < 2)
        let (difference, _) = try await analyse(
            Self.rows,
            ["did", "--outcome", "days", "--treated", "late", "--post", "ended", "--cluster", "officer", "--json"])
        try #require(difference.code == 0, "\(difference.err)")
        #expect(try JSONValue(difference.out)["coefficients"]?.list.count == 4)
    }

    @Test(arguments: [
        (["logistic", "--outcome", "late", "--predictors", "nobody"], "There is no column nobody"),
        (["logistic", "--outcome", "days", "--predictors", "age"], "0 or 1 was expected"),
        (["survival", "--time", "area", "--event", "ended"], "a number was expected"),
        (["its", "--outcome", "days", "--time", "age", "--break", "30"], "two rows"),
        (["did", "--outcome", "days", "--treated", "area", "--post", "late"], "0 or 1 was expected"),
    ])
    func `what cannot be analysed is refused in words`(arguments: [String], words: String) async throws {
        let (ended, _) = try await analyse(Self.rows, arguments)
        #expect(ended.code == 1 && ended.out.isEmpty)
        let isSaid = ended.err.lowercased().contains(words.lowercased())
        #expect(isSaid, "\(ended.err)")
    }

    @Test func `settings in a file do what flags do, and a word that is no setting is refused`() async throws {
        let place = try Place()
        let file = try place.write(Self.rows, to: "rows.csv")
        _ = try place.write("outcome: withdrawn\npredictors: [late, area]\n", to: "settings.yaml")
        let ended = try await Command(
            ["analyse", "logistic", file, "--settings", "settings.yaml", "--json"], in: place.folder
        )
        .end()
        #expect(try JSONValue(ended.out)["coefficients"]?.list.count == 3)
        _ = try place.write("outcom: withdrawn\n", to: "settings.yaml")
        let other = try await Command(["analyse", "logistic", file, "--settings", "settings.yaml"], in: place.folder)
            .end()
        #expect(other.code == 1 && other.err.contains("no setting named outcom"))
    }
}
