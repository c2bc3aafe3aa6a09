import Kernel
import Samples
import Testing

@Suite struct StreetGeneratorTests {
    private func bytes(_ generator: StreetGenerator) -> [UInt8] {
        var all: [UInt8] = []
        generator.write { all += $0 }
        return all
    }

    @Test("It writes exactly as many rows as asked, of twelve fields, in the order of the months")
    func shape() throws {
        let span = try #require(Month("2023-01"))...(try #require(Month("2023-04")))
        let text = String(decoding: bytes(StreetGenerator(rows: 10_000, seed: 3, months: span)), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 10_001)
        #expect(text.hasSuffix("\n"))
        let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.allSatisfy { $0.count == 12 && $0[0].isEmpty == ($0[9] == "Anti-social behaviour") })
        #expect(rows.map { $0[1] } == rows.map { $0[1] }.sorted())
        let counts = Dictionary(grouping: rows) { $0[1] }.mapValues(\.count)
        #expect(counts == ["2023-01": 2500, "2023-02": 2500, "2023-03": 2500, "2023-04": 2500])
        let ids = rows.map { $0[0] }.filter { !$0.isEmpty }
        #expect(Set(ids).count == ids.count)
    }

    @Test("The same seed gives the same bytes, another seed others, and no rows give the header alone")
    func reproducible() {
        let first = bytes(StreetGenerator(rows: 5_000, seed: 3))
        #expect(first == bytes(StreetGenerator(rows: 5_000, seed: 3)))
        #expect(first != bytes(StreetGenerator(rows: 5_000, seed: 4)))
        #expect(bytes(StreetGenerator(rows: 0, seed: 3)).filter { $0 == 0x0A }.count == 1)
    }

    @Test("The file comes in pieces of about a megabyte and stops when the sink fails")
    func pieces() {
        struct Full: Error {}
        var sizes: [Int] = []
        StreetGenerator(rows: 20_000, seed: 3).write { sizes.append($0.count) }
        #expect(sizes.count > 2 && sizes.dropLast().allSatisfy { (1 << 20..<(1 << 20) + 1024).contains($0) })
        #expect(throws: Full.self) { try StreetGenerator(rows: 20_000, seed: 3).write { _ in throw Full() } }
    }
}
