import Foundation
import TestKit
import Testing

@Suite(
    "On a cluster", .serialized, .enabled(if: Command.binary != nil, Command.missing),
    .enabled(if: PostgresCluster.programs != nil, Comment(rawValue: PostgresCluster.absence)))
struct ClusterTests {
    private let place: Place
    private let address: String

    init() async throws {
        place = try Place()
        address = try await PostgresCluster.running().newAddress()
    }

    private func run(_ arguments: [String]) async throws -> Command.Ended {
        try await Command(arguments, in: here).end()
    }

    private var here: URL { URL(filePath: place.data).deletingLastPathComponent() }

    @Test
    func `two servers start at once on an empty database, and commands work beside them`() async throws {
        async let first = RunningServer(address, in: here)
        async let second = RunningServer(address, in: here)
        let servers = try await [first, second]
        for server in servers { #expect(try await server.get("/readyz").status == 200) }
        #expect(try await run(["user", "add", "ola", "--name", "Ola Invented", "--data", address]).code == 0)
        let people = try await run(["user", "list", "--data", address])
        #expect(people.out.contains("administrator") && people.out.contains("ola"))
        for server in servers { #expect(try await server.stop().code == 0) }
        #expect(try await run(["verify", "--data", address]).out.contains("All is sound."))
    }

    @Test
    func `the sample force moves to a database and back, and nothing is lost on the way`() async throws {
        #expect(try await run(["sample", "--data", place.data]).code == 0)
        let there = try await run(["move", "--from", place.data, "--to", address])
        #expect(there.code == 0, "\(there.err)")
        #expect(there.out.contains("Both places hold the same"))
        let show = ["measure", "show", "recorded-crime", "--data"]
        let (here, beyond) = (try await run(show + [place.data]).out, try await run(show + [address]).out)
        #expect(here == beyond)
        let again = try await run(["move", "--from", place.data, "--to", address])
        #expect(again.code == 1 && again.err.contains("already holds data"))
        let back = place.data + "-back"
        let returned = try await run(["move", "--from", address, "--to", back])
        #expect(returned.code == 0, "\(returned.err)")
        #expect(try await run(["verify", "--data", back]).out.contains("All is sound."))
    }

    @Test
    func `an address with a password is refused and not repeated`() async throws {
        let refused = try await run(["verify", "--data", "postgresql://hold:canary-7@127.0.0.1/fast"])
        #expect(refused.code == 1 && refused.err.contains("PGPASSFILE"))
        #expect(!(refused.out + refused.err).contains("canary"))
    }

    @Test
    func `a database without data is said to have none, and is left without`() async throws {
        let refused = try await run(["verify", "--data", address])
        #expect(refused.code == 1 && refused.err.contains("There is no data in"))
    }
}
