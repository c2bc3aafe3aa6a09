import Foundation
import Testing

@Suite("Serving", .serialized, .enabled(if: Command.binary != nil, Command.missing))
struct ServeTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test
    func `a new store prints one address and one sign-in link, a new one until somebody has used it`() async throws {
        var server = try await RunningServer(place.data)
        #expect(server.lines.count == 2)
        #expect(server.lines[0].hasPrefix("Holdfast is listening on http://127.0.0.1:"))
        #expect(server.lines[1].contains("\(server.origin)/link/"))
        #expect(try await server.get("/healthz").status == 200)
        #expect(try await server.get("/readyz").status == 200)
        let first = try await server.stop()
        #expect(first.code == 0)
        let link = server.lines[1].split(separator: "/").last
        server = try await RunningServer(place.data)
        #expect(try await server.get("/healthz").status == 200)
        #expect(server.lines[1].split(separator: "/").last != link)
        #expect(try await server.stop().out.split(separator: "\n").count == 2)
    }

    @Test
    func `a second server on the same data is refused with a sentence`() async throws {
        let server = try await RunningServer(place.data)
        let second = try await place.run(["serve", "--port", "0"])
        #expect(second.code == 1 && second.out.isEmpty)
        #expect(second.err.contains("The data is open in another process"))
        #expect(try await server.get("/readyz").status == 200)
        #expect(try await server.stop().code == 0)
    }

    @Test
    func `a port that is taken is refused and leaves the data free`() async throws {
        let server = try await RunningServer(place.data)
        let port = try #require(server.origin.split(separator: ":").last.map(String.init))
        let other = try Place()
        let refused = try await other.run(["serve", "--port", port])
        #expect(refused.code == 1 && refused.out.isEmpty && !refused.err.isEmpty)
        #expect(refused.err.contains("port \(port)") && !refused.err.contains("errno"), "internal: \(refused.err)")
        #expect(try await other.run(["measure", "list"]).code == 0)
    }

    @Test
    func `a polite stop ends soon and keeps what was saved`() async throws {
        let server = try await RunningServer(place.data)
        #expect(try await place.run(["user", "add", "ola", "--name", "Ola Invented"]).code == 0)
        let began = ContinuousClock.now
        #expect(try await server.stop().code == 0)
        #expect(ContinuousClock.now - began < .seconds(10))
        let people = try await place.json("user", "list").list.compactMap { $0["signInName"]?.text }
        #expect(people.contains("ola"))
        #expect(try await place.json("verify")["sound"] == .bool(true))
        let left = try FileManager.default.contentsOfDirectory(atPath: place.data)
        #expect(!left.contains("holdfast.sock") && left.contains("holdfast.sqlite"))
    }
}

@Suite("The doorbell", .serialized, .enabled(if: Command.binary != nil, Command.missing))
struct DoorbellTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test
    func `commands work while a server runs, with paths of the one who types`() async throws {
        let server = try await RunningServer(place.data)
        _ = try place.write(Invented.street("2024-03", rows: 40), to: "files/2024-03-northshire-street.csv")
        _ = try place.write(Invented.report, to: "files/report.txt")
        let there = place.folder.appending(path: "files")
        let imported = try await Command(
            ["import", "police-uk", "2024-03-northshire-street.csv", "--json", "--data", "../data"], in: there
        ).end()
        #expect(imported.code == 0, "\(imported.err)")
        #expect(try JSONValue(imported.out)["totals"]?["accepted"] == .number(40))
        let report = try await Command(
            ["inspection", "import", "report.txt", "--json"], in: there, environment: ["HOLDFAST_DATA": place.data]
        ).end()
        #expect(report.code == 0, "\(report.err)")
        #expect(try JSONValue(report.out)["force"] != nil)
        let measure = try await place.json("measure", "show", "recorded-crime")
        #expect(measure["points"]?.list.first?["numerator"] == .number(40))
        #expect(try await server.get("/healthz").status == 200)
    }

    @Test
    func `refusals and wrong usage keep their codes through the door`() async throws {
        let server = try await RunningServer(place.data)
        let absent = try await place.run(["import", "police-uk", "absent.csv"])
        #expect(absent.code == 1 && absent.out.isEmpty && absent.err.contains("absent.csv"))
        #expect(try await place.run(["measure", "show", "no-such"]).code == 1)
        #expect(try await place.run(["measure", "show"]).code == 2)
        #expect(try await server.stop().code == 0)
    }

    @Test
    func `only the owner can reach the door, and a stale one is no obstacle`() async throws {
        var server = try await RunningServer(place.data)
        let door = place.data + "/holdfast.sock"
        let mode = try FileManager.default.attributesOfItem(atPath: door)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let folder = try FileManager.default.attributesOfItem(atPath: place.data)[.posixPermissions] as? Int
        #expect(folder == 0o700)
        server.command.signal(SIGKILL)
        _ = try await server.command.end()
        #expect(FileManager.default.fileExists(atPath: door), "a sudden end leaves it")
        #expect(try await place.run(["measure", "list"]).code == 0, "a command alone is not misled")
        server = try await RunningServer(place.data, isNew: false)
        #expect(try await place.run(["measure", "list"]).code == 0)
        #expect(try await server.stop().code == 0)
    }

    @Test
    func `two commands at once wait for each other`() async throws {
        _ = try await place.run(["measure", "list"])
        async let first = place.run(["measure", "list"])
        async let second = place.run(["user", "list"])
        async let third = place.run(["verify"])
        #expect(try await [first.code, second.code, third.code] == [0, 0, 0])
    }

    @Test
    func `a caller who leaves stops her import, and the server keeps its head`() async throws {
        let server = try await RunningServer(place.data)
        let file = try place.write(Invented.street("2024-03", rows: 30_000), to: "2024-03-northshire-street.csv")
        let caller = try Command(["import", "police-uk", file, "--data", place.data])
        try await caller.says("Checking")
        caller.signal(SIGINT)
        _ = try await caller.end()
        let again = try await place.json("import", "police-uk", file)
        let (accepted, duplicate) = (again["totals"]?["accepted"]?.number, again["totals"]?["duplicate"]?.number)
        #expect(accepted == 30_000 || duplicate == 30_000, "half there: \(again)")
        #expect(try await server.stop().code == 0)
        #expect(try await place.json("verify")["sound"] == .bool(true))
    }

    @Test
    func `a polite stop in the middle of an import leaves nothing half there`() async throws {
        let server = try await RunningServer(place.data)
        let file = try place.write(Invented.street("2024-03", rows: 30_000), to: "2024-03-northshire-street.csv")
        let caller = try Command(["import", "police-uk", file, "--data", place.data])
        try await caller.says("Checking")
        let stopped = try await server.stop()
        #expect(stopped.code == 0, "\(stopped.err)")
        let told = try await caller.end()
        #expect(told.code == 0 || !told.err.isEmpty)
        let again = try await place.json("import", "police-uk", file)
        let (accepted, duplicate) = (again["totals"]?["accepted"]?.number, again["totals"]?["duplicate"]?.number)
        #expect(told.code == 0 ? duplicate == 30_000 : (accepted == 30_000 || duplicate == 30_000))
        #expect(try await place.json("verify")["sound"] == .bool(true))
    }
}
