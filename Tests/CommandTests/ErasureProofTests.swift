import Foundation
import Testing

@Suite("Erasure and retention by command", .enabled(if: Command.binary != nil, Command.missing))
struct ErasureProofTests {
    @Test func `the test of erasure finds its record before and nothing after, with a server and without`() async throws
    {
        let place = try Place()
        let server = try await RunningServer(place.data)
        for _ in 0..<2 {
            let proof = try await place.json("erasure", "prove")
            #expect(proof.names == ["record", "wasFoundBefore", "files", "bytes", "left", "rows"])
            #expect(proof["wasFoundBefore"] == .bool(true) && proof["left"] == .list([]) && proof["rows"] == .number(0))
            if server.command.isRunning { #expect(try await server.stop().code == 0) }
        }
        let swept = try await place.json("retention", "sweep")
        #expect(swept.names == ["expired", "held", "finished", "tidied"])
        #expect(try await place.json("retention", "due") == .list([]))
        #expect(try await place.run(["verify"]).code == 0)
    }

    @Test func `a mistake in the rules stops the start with its line`() async throws {
        let place = try Place()
        let rules = try place.write("groups:\n  - {id: a, title: A, from: yesterday}\n", to: "own.yaml")
        let ended = try await place.run(["serve", "--port", "0", "--retention", rules])
        #expect(ended.code == 1 && ended.err.contains("own.yaml, line 2: “from” is not a day"))
    }
}
