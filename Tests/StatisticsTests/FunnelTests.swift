import Testing

@testable import Statistics

@Suite("Units held against the whole")
struct FunnelTests {
    @Test func `a unit far above the others is beyond, and those that vary by chance are not`() throws {
        let events = [10, 12, 9, 11, 10, 8, 13, 10, 11, 60]
        let funnel = Funnel(try events.map { try Proportion(events: $0, of: 100) })
        #expect(funnel.units.map(\.isBeyond) == [Bool](repeating: false, count: 9) + [true])
        #expect(funnel.units.last?.isAbove == true)
        #expect(funnel.whole == 154.0 / 1000)
    }

    @Test func `two of fourteen that stand out do not hide one another`() throws {
        let counts = [
            (250, 1607), (324, 2136), (335, 2216), (302, 2004), (302, 2019), (282, 1899), (274, 1892), (266, 1875),
            (287, 2109), (214, 1596), (255, 1954), (205, 1833), (65, 1416), (51, 1255),
        ]
        let funnel = Funnel(try counts.map { try Proportion(events: $0.0, of: $0.1) })
        #expect(funnel.units.map(\.isBeyond) == [Bool](repeating: false, count: 12) + [true, true])
        // Worked out apart from this, in Python.
        #expect(abs(funnel.dispersion - 6.894_502_86) < 1e-6)
        #expect(abs((funnel.units.last?.z ?? 0) + 4.88) < 0.01)
    }

    @Test
    func `by hand: 30 of 100 against 20% of the whole is 2.32 standard errors above on the scale of the arc sine`()
        throws
    {
        let funnel = Funnel([try Proportion(events: 30, of: 100), try Proportion(events: 10, of: 100)])
        #expect(funnel.dispersion == 1)
        let z = try #require(funnel.units[0].z)
        // 20 × (asin √0.3 − asin √0.2)
        #expect(abs(z - 2.319_867) < 1e-4)
        let limits = try #require(funnel.limits(total: 100, z: 1.96))
        // sin² (asin √0.2 ∓ 0.098)
        #expect(abs(limits.low - 0.127_6) < 1e-3 && abs(limits.high - 0.284_0) < 1e-3)
    }

    @Test func `where all units differ widely, wide limits hold them`() throws {
        let funnel = Funnel(
            try [100, 300, 500, 700, 900, 200, 800, 400, 600, 500].map {
                try Proportion(events: $0, of: 1000)
            })
        #expect(funnel.dispersion > 50 && funnel.units.allSatisfy { !$0.isBeyond })
    }

    @Test func `no occasion, no event and nothing but events have no place in it`() throws {
        #expect(Funnel([]).whole == nil)
        let none = Funnel([try Proportion(events: 0, of: 0), try Proportion(events: 0, of: 9)])
        #expect(none.units.allSatisfy { $0.z == nil && !$0.isBeyond })
        #expect(Funnel([try Proportion(events: 9, of: 9)]).units[0].z == nil)
        #expect(Funnel([]).limits(total: 5, z: 2) == nil)
    }
}
