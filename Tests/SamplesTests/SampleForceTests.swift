import Access
import Geography
import Kernel
import Samples
import Testing

/// FNV-1a, 64 bits (Fowler, Noll and Vo): enough to notice a changed byte.
private func digest(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

private func rows(_ file: SampleFile) -> [[Substring]] {
    String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
    }
}

@Suite struct SampleForceTests {
    private static let force = SampleForce(seed: 1, rowsPerMonth: 1_500)
    private static let files = force.files
    private static let street = files.filter { $0.name.hasSuffix("-street.csv") }.flatMap(rows)

    private func files(_ kind: String) -> [SampleFile] { Self.files.filter { $0.name.hasSuffix("-\(kind).csv") } }

    @Test("The same seed gives the same bytes today as when this test was written; another seed gives others")
    func reproducible() {
        let small = SampleForce(seed: 7, rowsPerMonth: 200)
        let month = SampleForce.months.lowerBound
        #expect(small.files(of: month) == SampleForce(seed: 7, rowsPerMonth: 200).files(of: month))
        #expect(small.files(of: month) != SampleForce(seed: 8, rowsPerMonth: 200).files(of: month))
        #expect(
            small.files(of: month).map { digest($0.bytes) } == [
                0xA9AC_2D80_D774_B172, 0x4472_5F43_3DFA_7F26, 0x0377_C79D_5346_7FDC,
            ])
        #expect(digest(small.populations.bytes) == 0xCF6E_86EC_7065_7CFA)
        #expect(digest(small.users.flatMap { Array($0.email.utf8) }) == 0x646B_86D6_6FE1_5934)
    }

    @Test("One month by itself has the same files as that month in the whole")
    func monthAlone() {
        let month = Month(index: 2024 * 12 + 5)
        #expect(Self.force.files(of: month) == Self.files.filter { $0.name.hasPrefix("\(month)") })
    }

    @Test("Twenty-three months are published, three files each, and one month is missing")
    func months() {
        #expect(Self.force.publishedMonths.count == 23)
        #expect(Self.files.count == 69)
        #expect(!Self.files.contains { $0.name.hasPrefix(SampleForce.missingMonth.description) })
    }

    @Test("Street rows have twelve fields, about as many a month as asked, and only anti-social behaviour has no id")
    func street() {
        var seen: Set<Substring> = []
        for file in files("street") {
            let rows = rows(file)
            #expect((1_250...1_750).contains(rows.count), "\(file.name): \(rows.count)")
            for row in rows {
                guard row.count == 12 else { return #expect(Bool(false), "\(row)") }
                let isAntiSocial = row[9] == "Anti-social behaviour"
                #expect(row[0].isEmpty == isAntiSocial && row[10].isEmpty == isAntiSocial)
                #expect(file.name.hasPrefix(row[1]))
                if !isAntiSocial {
                    #expect(row[0].utf8.count == 64)
                    #expect(seen.insert(row[0]).inserted)
                }
            }
        }
    }

    @Test("Outcomes of the first month already belong to earlier crimes, and a few rows stand twice")
    func outcomes() throws {
        let street = Set(try rows(#require(files("street").first)).map { $0[0] })
        let first = try rows(#require(files("outcomes").first))
        #expect(first.allSatisfy { $0.count == 10 })
        let own = first.filter { street.contains($0[0]) }.count
        #expect(own > first.count / 4 && own < first.count * 3 / 4)
        #expect(Set(first.map { $0.joined() }).count < first.count)
    }

    @Test("The planted change is in the outcomes: 70% before the stated month and 56% from it on")
    func planted() {
        let change = Self.force.change
        var type: [Substring: Substring] = [:]
        for row in Self.street where !row[0].isEmpty { type[row[0]] = row[9] }
        var (before, after) = ((hit: 0, all: 0), (hit: 0, all: 0))
        for row in files("outcomes").flatMap(rows) where type[row[0]].map(String.init) == change.crimeType {
            let hit = row[9] == change.outcome ? 1 : 0
            if row[1] < change.from.description {
                before = (before.hit + hit, before.all + 1)
            } else {
                after = (after.hit + hit, after.all + 1)
            }
        }
        let shares = (Double(before.hit) / Double(before.all), Double(after.hit) / Double(after.all))
        #expect(before.all > 3_000 && after.all > 3_000)
        #expect(abs(shares.0 - change.before) < 0.02, "\(shares.0)")
        #expect(abs(shares.1 - change.after) < 0.02, "\(shares.1)")
    }

    @Test("Anti-social behaviour follows the seasons and the districts differ per head")
    func patterns() {
        let antiSocial = Self.street.filter { $0[9] == "Anti-social behaviour" }
        let july = antiSocial.filter { $0[1] == "2024-07" }.count
        let january = antiSocial.filter { $0[1] == "2024-01" }.count
        #expect(Double(july) > 1.3 * Double(january))
        var rates: [String: Double] = [:]
        for district in Self.force.areas where district.kind == .district {
            let count = Self.street.filter { $0[8].hasPrefix(district.name) }.count
            rates[district.name] = Double(count) / Double(district.population)
        }
        #expect((rates["Merrowport"] ?? 0) > 1.4 * (rates["Tarnwold"] ?? 1))
    }

    @Test("Searches bear the stamp of local midnight, the evening before in summer")
    func searches() throws {
        let summer = try rows(#require(files("stop-and-search").first { $0.name.hasPrefix("2024-07") }))
        let winter = try rows(#require(files("stop-and-search").first { $0.name.hasPrefix("2024-01") }))
        #expect(summer.allSatisfy { $0.count == 15 && $0[1].hasSuffix("T23:00:00+00:00") })
        #expect(winter.allSatisfy { $0.count == 15 && $0[1].hasSuffix("T00:00:00+00:00") })
        for row in summer {
            let moment = try #require(Moment(iso8601: String(row[1])))
            #expect(LondonTime.day(of: moment).monthOfYear.description == "2024-07")
        }
    }
}

@Suite struct SampleAreaTests {
    private let force = SampleForce(seed: 1, rowsPerMonth: 100)

    @Test("Areas add up: 132 LSOAs in 22 wards in four districts in one force, with codes that nobody has given out")
    func addUp() {
        let areas = force.areas
        let counts = Dictionary(grouping: areas, by: \.kind).mapValues(\.count)
        #expect(counts == [.lsoa: 132, .ward: 22, .district: 4, .force: 1])
        #expect(Set(areas.map(\.code)).count == areas.count)
        for kind in [SampleArea.Kind.lsoa, .ward, .district, .force] {
            let people = areas.filter { $0.kind == kind }.reduce(0) { $0 + $1.population }
            #expect(people == areas.last?.population)
        }
        #expect(areas.filter { $0.kind == .lsoa }.allSatisfy { $0.code.hasPrefix("E0190") && $0.code.count == 9 })
    }

    @Test("The boundaries are read as real ones are, and give each LSOA the ward and district of the sample")
    func boundaries() throws {
        let sets = try force.boundaries.map { try BoundarySet(geoJSON: $0.bytes) }
        #expect(sets.allSatisfy { $0.repaired.isEmpty && $0.refused.isEmpty })
        let rows = try AreaLookup(sets.flatMap(\.areas)).rows
        let expected = Dictionary(uniqueKeysWithValues: force.areas.map { ($0.code, $0) })
        #expect(rows.count == force.areas.count)
        for row in rows {
            let area = try #require(expected[row.code])
            #expect(row.name == area.name && row.kind.rawValue == area.kind.rawValue && row.vintage == area.vintage)
            #expect(row.ward == area.ward && row.district == area.district && row.force == area.force)
        }
    }

    @Test("Every map point of a street row lies in the LSOA that the row names")
    func points() throws {
        let lsoas = try AreaIndex(BoundarySet(geoJSON: force.boundaries[0].bytes).areas)
        for row in rows(force.files(of: SampleForce.months.lowerBound)[0]) {
            let position = try Position(
                longitude: #require(Double(row[4])), latitude: #require(Double(row[5])))
            #expect(lsoas.area(holding: position)?.code == String(row[7]))
        }
    }
}

@Suite struct SamplePeopleTests {
    private let force = SampleForce(seed: 1, rowsPerMonth: 100)

    @Test("Every kind of agency is there, each council twice, and every person belongs to a team of her own agency")
    func organisation() {
        let kinds = Dictionary(grouping: force.agencies, by: \.kind).mapValues(\.count)
        #expect(kinds[.childrensServices] == 4 && kinds[.adultsServices] == 4)
        #expect(SampleAgency.Kind.allCases.allSatisfy { kinds[$0] != nil })
        let teamAgency = Dictionary(uniqueKeysWithValues: force.teams.map { ($0.key, $0.agency) })
        for user in force.users {
            #expect(!user.teams.isEmpty && user.teams.allSatisfy { teamAgency[$0] == user.agency })
        }
    }

    @Test("Every role is held by somebody, no name is given twice, and no address can be written to")
    func people() {
        #expect(Set(force.users.flatMap(\.roles)) == Set(Role.allCases))
        #expect(Set(force.users.map(\.key)).count == force.users.count)
        #expect(force.users.allSatisfy { $0.email.hasSuffix(".fellbrook.example") })
        #expect(force.users.allSatisfy { Identifier<SampleUser>($0.key) != nil })
        #expect(force.agencies.allSatisfy { Identifier<SampleAgency>($0.key) != nil })
    }

    @Test("The sample says that it is invented")
    func marked() {
        #expect(SampleForce.notice.contains("invented"))
    }
}
