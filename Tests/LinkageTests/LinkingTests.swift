import Foundation
import Kernel
import Testing

@testable import Linkage

/// A file of invented people: most have two records, the second with slips.
struct Invented {
    static let fields = LinkageField.fields(of: [
        ("given", .givenName), ("surname", .surname), ("born", .dateOfBirth), ("address", .address),
        ("postcode", .postcode),
    ])
    let table = RecordTable(fields: Invented.fields)
    private(set) var truth: [Int] = []

    /// - Parameter bend: what a bad day does to each row.
    init(
        persons: Int, seed: UInt64 = 1, bend: (inout [String], inout SeededGenerator) -> Void = { _, _ in }
    ) {
        var chance = SeededGenerator(seed: seed)
        let names = (0..<400).map { _ in Invented.word(&chance, 3) }
        for person in 0..<persons {
            let born = Day(year: 1940 + chance.below(70), month: 1 + chance.below(12), day: 1 + chance.below(28))
            var row = [
                chance.pick(names), chance.pick(names), born?.description ?? "",
                "\(1 + chance.below(90)) \(chance.pick(names)) street",
                "ts\(1 + chance.below(900)) \(chance.below(9))ab",
            ]
            bend(&row, &chance)
            table.add(row)
            truth.append(person)
            guard chance.unit() < 0.8 else { continue }
            var second = row
            second[chance.below(5)] = chance.unit() < 0.5 ? "" : row[chance.below(2)] + "x"
            bend(&second, &chance)
            table.add(second)
            truth.append(person)
        }
    }

    private static func word(_ chance: inout SeededGenerator, _ syllables: Int) -> String {
        (0..<syllables).map { _ in chance.pick(["ba", "ke", "lo", "mi", "ru", "sta", "ton", "wen", "dal", "fir"]) }
            .joined()
    }
}

@Suite("Linking a table")
struct LinkingTests {
    private func linked(_ invented: Invented) throws -> (LinkageModel, [ScoredPair], BlockingPlan) {
        let plan = BlockingPlan.chosen(for: invented.table)
        let linker = Linker.small(invented.table)
        let model = try linker.train().model
        return (model, try linker.pairs(model, from: 0), plan)
    }

    @Test func `second records are found without labels`() throws {
        let invented = Invented(persons: 2000)
        let (_, pairs, _) = try linked(invented)
        let right = Accuracy.table(of: pairs, truth: invented.truth, firstFile: nil).first { $0.threshold == 0.5 }
        #expect(try #require(right).f1 > 0.99)
    }

    @Test func `the same file gives the same answer to the last bit`() throws {
        let (one, onePairs, _) = try linked(Invented(persons: 500))
        let (other, otherPairs, _) = try linked(Invented(persons: 500))
        #expect(one == other && onePairs == otherPairs)
    }

    @Test func `a pair is looked at once, however many rules bring it`() throws {
        let table = Invented(persons: 300).table
        let plan = BlockingPlan.chosen(for: table)
        let stream = PairStream(table, plan)
        var seen: [UInt64: Int] = [:]
        for rule in plan.rules.indices {
            let (blocks, pieces) = stream.pieces(rule, 4)
            for piece in pieces {
                let count: (Int, Int) -> Void = { one, other in
                    seen[UInt64(one) << 32 | UInt64(other), default: 0] += 1
                }
                stream.forEach(rule, blocks, piece, keeping: { _ in true }, count)
            }
        }
        var expected = 0
        for one in 0..<table.count {
            for other in one + 1..<table.count where stream.holds(one, other) { expected += 1 }
        }
        #expect(seen.count == expected && seen.values.allSatisfy { $0 == 1 })
    }

    @Test func `the parts of an explanation add up to the weight, to the last bit`() throws {
        let invented = Invented(persons: 500)
        let (model, pairs, _) = try linked(invented)
        let weigher = PairWeigher(model, invented.table)
        for pair in pairs.prefix(200) {
            let explained = weigher.explanation(Int(pair.left), Int(pair.right))
            var sum = explained.parts[0].weight
            for part in explained.parts.dropFirst() {
                sum += part.weight
                sum += part.rarity
            }
            #expect(sum == weigher.weight(Int(pair.left), Int(pair.right)))
            #expect(Float(sum) == pair.weight)
        }
    }

    @Test func `one block of everybody is left out and said, not squared`() {
        let table = RecordTable(fields: LinkageField.fields(of: [("born", .dateOfBirth)]))
        for _ in 0..<5000 { table.add(["1980-01-01"]) }
        let plan = BlockingPlan.chosen(for: table)
        #expect(plan.rules.allSatisfy { $0.pairs <= BlockingPlan.Budget().atLeast })
        let one = BlockingPlan.written([[0]], for: table)
        #expect(one.rules[0].blocksLeftOut == 1 && one.rules[0].pairsLeftOut == 5000 * 4999 / 2)
    }

    @Test func `across two files only pairs across are looked at`() throws {
        let table = RecordTable(fields: Invented.fields)
        for _ in 0..<2 { table.add(["john", "smith", "1980-01-02", "1 high street", "ts1 1aa"]) }
        table.firstFile = table.count
        table.add(["john", "smith", "1980-01-02", "1 high street", "ts1 1aa"])
        let pairs = try Linker(table, plan: .chosen(for: table)).pairs(Invented.model(table), from: -100)
        #expect(pairs.map { [$0.left, $0.right] } == [[0, 2], [1, 2]])
    }
}

extension Linker {
    /// Learns from few pairs, as small files allow.
    static func small(_ table: RecordTable) -> Linker {
        var linker = Linker(table, plan: .chosen(for: table))
        linker.sample = 40_000
        return linker
    }
}

extension Invented {
    static func model(_ table: RecordTable) -> LinkageModel {
        Estimation().model(
            labelled: [(0x11111, true, 10), (0x66557, false, 1000)], fields: fields,
            frequencies: fields.map { _ in TermFrequencies(common: [:], rare: 0.001) })
    }
}
