import Kernel
import Testing

@testable import Linkage

/// What was made fast must give what the plain way gives.
@Suite("Short cuts in linking")
struct ShortCutTests {
    private static let alphabet = Array("abcnuxtmrs xyz019-'./ABZé  @")

    private func word(_ chance: inout SeededGenerator, _ longest: Int) -> String {
        String((0..<chance.below(longest + 1)).map { _ in chance.pick(Self.alphabet) })
    }

    @Test(arguments: FieldKind.allCases)
    func `a value is cleaned quickly to what it is cleaned to slowly`(kind: FieldKind) {
        var chance = SeededGenerator(seed: 5)
        let cleaning = QuickCleaning(LinkageField(name: "a", column: "a", kind: kind))
        let known = [
            "mr", "Dr", "master", "unknown", "N/A", "<na>", "missing", "00000", "999", "07700900123", "00441234567890",
            "1980-12-31", "1980-31-12", "19801231", "1849-01-01", "O'Brien", "van der Berg", "Smith-Jones",
            "12 High St.",
        ]
        for text in known + (0..<4000).map({ _ in word(&chance, 14) }) {
            let quick = Array(text.utf8).withUnsafeBufferPointer {
                $0.count == 0 ? "" : String(decoding: cleaning.cleaned($0), as: UTF8.self)
            }
            #expect(quick == Cleaning.cleaned(text, as: kind) ?? "", "\(kind.rawValue): “\(text)”")
        }
    }

    @Test func `many rows at once are numbered as they are one by one`() {
        let one = Invented(persons: 300).table
        let many = RecordTable(fields: Invented.fields)
        let batch = RecordBatch(columns: Invented.fields.count)
        for record in 0..<one.count {
            for field in Invented.fields.indices {
                var text = one.text(record, field: field)
                text.withUTF8 { batch.add($0, column: field) }
            }
        }
        many.add(batch)
        #expect(many.count == one.count)
        for record in 0..<one.count {
            #expect((0..<one.stride).allSatisfy { one.row(record)[$0] == many.row(record)[$0] })
        }
    }

    @Test func `a text is never more alike than its letters allow`() {
        var chance = SeededGenerator(seed: 6)
        for _ in 0..<20_000 {
            let (one, other) = (Array(word(&chance, 30).utf8), Array(word(&chance, 30).utf8))
            one.withUnsafeBufferPointer { one in
                other.withUnsafeBufferPointer { other in
                    let (left, right) = (TextShape(one), TextShape(other))
                    let most = left.mostAlike(right, prefix: JaroWinkler.prefix(one, other))
                    #expect(JaroWinkler.similarity(one, other) <= most)
                    #expect(!ValueComparison.sharesWord(one, other) || left.mayShareWord(right))
                }
            }
        }
    }

    @Test func `records are grouped by their keys, each group in order`() {
        let table = Invented(persons: 3000).table
        for keys in [[0], [1, 4], [0, 2, 5]] {
            var groups: [[UInt32]: [UInt32]] = [:]
            for record in 0..<table.count {
                let codes = keys.map { table.row(record)[table.fields.count + $0] }
                if !codes.contains(0) { groups[codes, default: []].append(UInt32(record)) }
            }
            let expected = Set(groups.values.filter { $0.count > 1 })
            let blocks = Blocks(of: keys, in: table)
            let found = (0..<blocks.count).map { Array(blocks.records[blocks.starts[$0]..<blocks.starts[$0 + 1]]) }
            #expect(Set(found) == expected && found.count == expected.count)
            let pairs = expected.reduce(0) { $0 + $1.count * ($1.count - 1) / 2 }
            #expect(Grouping(by: keys, in: table).pairs(firstFile: nil) == pairs)
        }
    }

    @Test(arguments: [-5.0, 0, 8])
    func `no pair is held back that weighs enough`(floor: Double) throws {
        let invented = Invented(persons: 400)
        let model = try Linker.small(invented.table).train().model
        let (table, scorer) = (invented.table, Scorer(model, invented.table))
        let comparer = PairComparer(table, nicknames: .packaged)
        let sieve = PairSieve(scorer, comparer, floor: floor)
        var (held, heavy) = (0, 0)
        for one in stride(from: 0, to: table.count, by: 3) {
            for other in one + 1..<table.count {
                let (left, right) = (table.row(one), table.row(other))
                let isEnough = scorer.total(comparer.pattern(left, right), left) >= floor
                let isLet = sieve.mayWeigh(left, right) && sieve.mayStillWeigh(left, right)
                #expect(isLet || !isEnough)
                (held, heavy) = (held + (isLet ? 0 : 1), heavy + (isEnough ? 1 : 0))
            }
        }
        #expect(heavy > 0 && held > 50 * heavy)
    }

    @Test func `one core gives what two give, to the last bit`() throws {
        func linked() throws -> (LinkageModel, [ScoredPair], [UInt32]) {
            let invented = Invented(persons: 800)
            let linker = Linker.small(invented.table)
            let model = try linker.train().model
            let pairs = try linker.pairs(model, from: 0)
            let weigher = PairWeigher(model, invented.table)
            return (model, pairs, Clusters(of: invented.table.count, pairs: pairs, weigh: weigher.weight).group)
        }
        let both = try linked()
        let alone = try Work.$isAlone.withValue(true) { try linked() }
        #expect(both.0 == alone.0 && both.1 == alone.1 && both.2 == alone.2)
    }
}
