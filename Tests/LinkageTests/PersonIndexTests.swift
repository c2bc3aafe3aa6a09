import Testing

@testable import Linkage

@Suite("Looking one person up")
struct PersonIndexTests {
    private func index(_ invented: Invented) throws -> (PersonIndex, LinkageModel) {
        let model = try Linker.small(invented.table).train().model
        return (PersonIndex(invented.table, model: model), model)
    }

    private func row(_ table: RecordTable, _ record: Int) -> [String] {
        table.fields.indices.map { table.text(record, field: $0) }
    }

    @Test func `a look-up gives the weight that the batch gives`() throws {
        let invented = Invented(persons: 400)
        let (index, model) = try index(invented)
        let pairs = try Linker.small(invented.table).pairs(model, from: 5)
        for pair in pairs.prefix(100) {
            let found = index.lookUp(row(invented.table, Int(pair.left)), limit: 10)
            let candidate = found.first { $0.record == Int(pair.right) }
            #expect(candidate.map { Float($0.weight) } == pair.weight)
        }
    }

    @Test func `what comes is found, what goes is not, and asking leaves nothing behind`() throws {
        let (index, _) = try index(Invented(persons: 200))
        let person = ["zebulon", "quackenbush", "1971-02-03", "7 nowhere lane", "zz9 9zz"]
        #expect(index.lookUp(person).allSatisfy { $0.weight < 0 })
        let (count, values) = (index.count, index.table.pools[0].count)
        _ = index.lookUp(["never", "heard", "of", "it", "x1"])
        #expect(index.count == count && index.table.pools[0].count == values)
        let record = index.insert(person)
        #expect(index.lookUp(["zebulom", "quackenbush", "1971-02-03", "", "zz9 9zy"]).first?.record == record)
        let explained = index.explain(person, record)
        #expect(explained.total == index.lookUp(person).first?.weight)
        index.remove(record)
        #expect(index.lookUp(person).allSatisfy { $0.record != record })
    }

    @Test func `few records are compared in full, and slips in two fields do not hide the person`() throws {
        let invented = Invented(persons: 3000)
        let (index, _) = try index(invented)
        var found = 0
        for record in stride(from: 0, to: invented.table.count, by: 20) {
            var asked = row(invented.table, record)
            asked[0] = String(asked[0].dropLast()) + "q"
            asked[1] = String(asked[1].prefix(2)) + String(asked[1].dropFirst(3))
            let persons = index.lookUp(asked).map { invented.truth[$0.record] }
            if persons.contains(invented.truth[record]) { found += 1 }
        }
        let looked = (invented.table.count + 19) / 20
        #expect(Double(found) >= 0.98 * Double(looked))
        #expect(index.fullComparisons <= looked * 2 * index.compared)
    }

    @Test func `a weak link does not chain two groups into one`() {
        let strong: Set<[Int]> = [[0, 1], [2, 3], [1, 2]]
        let pairs = [(0, 1, 20.0), (2, 3, 18.0), (1, 2, 3.0)].map {
            ScoredPair(left: UInt32($0.0), right: UInt32($0.1), weight: Float($0.2))
        }
        let clusters = Clusters(of: 4, pairs: pairs) { one, other in
            strong.contains([min(one, other), max(one, other)]) ? 3 : -9
        }
        #expect(clusters.group == [0, 0, 2, 2] && clusters.count == 2)
        #expect(clusters.weakLinks.map(\.pair) == [pairs[2]])
    }
}
