import Foundation
import Testing

@Suite("How the command is used", .enabled(if: Command.binary != nil, Command.missing))
struct UsageTests {
    static let commands = [
        "serve", "sample", "import", "inspection", "measure", "user", "key", "backup", "restore", "verify", "proof",
        "head", "export", "retention", "erasure", "move", "link", "analyse", "instrument",
        "assessments", "version",
    ]
    static let subcommands = [
        "import police-uk", "import areas", "import tables", "inspection import", "inspection list", "measure list",
        "measure show", "measure rebase", "measure reconcile", "user list", "user add", "user link", "user disable",
        "proof inclusion", "proof consistency", "head show", "head sign", "head log-key", "head key", "head trust",
        "head distrust", "head witnesses", "head countersign", "export measure", "export rejects", "key status",
        "key rotate", "retention due", "retention sweep", "erasure prove", "instrument list", "instrument check",
        "instrument preview", "import assessments", "assessments judge", "sample assessments", "analyse logistic",
        "analyse survival", "analyse its", "analyse did",
    ]

    @Test
    func `the help names every command and shows where to start`() async throws {
        let help = try await Command.run("--help")
        #expect(help.code == 0 && help.err.isEmpty)
        let section = try #require(help.out.components(separatedBy: "SUBCOMMANDS:").last)
        let named = section.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
            .filter { $0 != "See" }
        #expect(named == Self.commands)
        #expect(help.out.contains("Start here:") && help.out.contains("Exit codes: 0 done, 1 refused or failed"))
    }

    @Test(arguments: commands + subcommands)
    func `every command explains itself in a sentence`(_ command: String) async throws {
        let help = try await Command(command.split(separator: " ").map(String.init) + ["--help"]).end()
        #expect(help.code == 0 && help.err.isEmpty)
        let overview = try #require(help.out.components(separatedBy: "\n\n").first)
        #expect(overview.hasPrefix("OVERVIEW: ") && overview.hasSuffix("."))
        #expect(help.out.contains("USAGE: holdfast \(command)"))
    }

    @Test(arguments: [
        "nonsense", "measure show", "measure show recorded-crime --by nothing",
        "measure show recorded-crime --from March",
        "import police-uk", "inspection import", "user add ola --name Ola --role monarch", "serve --port 99999",
        "serve --port many", "serve --host 0.0.0.0", "serve --address http://holdfast.example", "verify --loud",
        "serve --address https://holdfast.example/", "measure show recorded-crime --only district",
        "export rejects one", "proof inclusion", "proof consistency --from x", "head trust --agency police",
        "head countersign head.txt --key k --log-key l",
        "backup --to x.age", "backup --to x.age --recipient me", "restore x.age --identity id",
        "restore x.age --identity id --rehearse --to y",
    ])
    func `wrong usage ends with 2, says so on standard error alone and makes nothing`(_ line: String) async throws {
        let place = try Place()
        let ended = try await Command(line.split(separator: " ").map(String.init), in: place.folder).end()
        #expect(ended.code == 2)
        #expect(ended.out.isEmpty && ended.err.contains("Usage: holdfast"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).isEmpty)
    }

    @Test(arguments: [
        "measure show no-such-measure", "import police-uk absent.csv", "import police-uk .",
        "import tables absent.csv", "import assessments absent.csv --agency police",
        "import areas absent.geojson", "inspection import absent.txt", "user link nobody",
        "user disable nobody --reason left", "measure rebase no-such-measure --from 2024-04 --reason moved",
    ])
    func `what cannot be done ends with 1 and a sentence on standard error alone`(_ line: String) async throws {
        let ended = try await Place().run(line)
        #expect(ended.code == 1)
        #expect(ended.out.isEmpty && ended.err.contains("."))
        for word in ["Error(", "Swift", "sqlite", "Optional", "Page not found"] {
            #expect(!ended.err.contains(word), "internal: \(ended.err)")
        }
    }

    @Test(arguments: [
        "verify", "export rejects 1", "export measure recorded-crime", "proof inclusion --entry 1", "head show",
        "head sign", "key status", "key rotate",
        "backup --to x.age --recipient age1x",
    ])
    func `a folder without data is said and not made`(_ line: String) async throws {
        let place = try Place()
        let ended = try await place.run(line)
        #expect(ended.code == 1)
        #expect(ended.out.isEmpty && ended.err.contains("There is no data in"))
        #expect(!FileManager.default.fileExists(atPath: place.data))
    }

    @Test
    func `an import that is not there is named`() async throws {
        let place = try Place()
        _ = try await place.run("measure list")
        let ended = try await place.run("export rejects 99")
        #expect(ended.code == 1 && ended.out.isEmpty)
        #expect(ended.err.contains("There is no import 99."))
    }

    @Test
    func `the version is a line, and a value for programs`() async throws {
        let (line, json) = (try await Command.run("version"), try await Command.run("version", "--json"))
        let version = try #require(try JSONValue(json.out)["version"]?.text)
        #expect(line.out == "holdfast \(version)\n" && line.code == 0 && line.err.isEmpty)
        #expect(version.split(separator: ".").count == 3)
    }

    @Test
    func `a reader that leaves early is no crash`() async throws {
        let binary = try #require(Command.binary)
        let place = try Place()
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        let script =
            "'\(binary)' measure list --json --data '\(place.data)' 2>'\(place.folder.path)/err' | true;"
            + " '\(binary)' measure list --json --data '\(place.data)' >/dev/full 2>'\(place.folder.path)/full'; exit $?"
        shell.arguments = ["-c", script]
        try shell.run()
        while shell.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try String(contentsOfFile: "\(place.folder.path)/err", encoding: .utf8).isEmpty)
        #expect(shell.terminationStatus == 1, "a full disk under the results is a failure")
        #expect(
            try String(contentsOfFile: "\(place.folder.path)/full", encoding: .utf8).contains("could not be written"))
    }
}

extension Place {
    func run(_ line: String) async throws -> Command.Ended {
        try await Command(line.split(separator: " ").map(String.init) + ["--data", data], in: folder).end()
    }
}
