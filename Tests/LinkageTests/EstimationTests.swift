import Foundation
import Kernel
import Testing

@testable import Linkage

@Suite("Weights are learnt")
struct EstimationTests {
    private let fields = LinkageField.fields(of: [
        ("given", .givenName), ("surname", .surname), ("born", .dateOfBirth), ("sex", .category),
        ("number", .identifier),
    ])
    private let same = [0.9, 0.92, 0.88, 0.97, 0.85]
    private let chance = [0.01, 0.004, 0.0005, 0.5, 0.00001]

    /// Pairs whose levels are drawn independently from known probabilities: the same, or different.
    private func patterns(matches: Int, others: Int) -> [(pattern: PairComparer.Pattern, isMatch: Bool, weight: Double)]
    {
        var random = SeededGenerator(seed: 7)
        return (0..<matches + others).map { pair in
            var pattern: PairComparer.Pattern = 0
            for field in fields.indices {
                let isSame = random.unit() < (pair < matches ? same[field] : chance[field])
                pattern |= PairComparer.Pattern(isSame ? 1 : fields[field].kind.levels.count) << UInt64(field * 4)
            }
            return (pattern, pair < matches, 1)
        }
    }

    private func check(_ model: LinkageModel, matches: Double, pairs: Double, tolerance: Double) {
        for field in fields.indices {
            #expect(abs(model.parts[field].m[0][0] - same[field]) < tolerance)
            #expect(abs(model.parts[field].u[0][0] - chance[field]) < 0.002)
        }
        #expect(abs(model.prior * pairs / matches - 1) < 0.03)
    }

    @Test func `without labels the probabilities that made the pairs come back`() {
        var table = Patterns()
        for row in patterns(matches: 5000, others: 400_000) { table.add([row.pattern: 1], each: 1) }
        let frequencies = fields.map { _ in TermFrequencies.none }
        let model = Estimation().model(of: table, fields: fields, frequencies: frequencies, records: 20_000)
        check(model, matches: 5000, pairs: 405_000, tolerance: 0.02)
    }

    @Test func `with labels too`() {
        let model = Estimation().model(
            labelled: patterns(matches: 5000, others: 400_000), fields: fields,
            frequencies: fields.map { _ in TermFrequencies.none })
        check(model, matches: 5000, pairs: 405_000, tolerance: 0.02)
    }

    @Test func `agreeing on a rare name says more than on a common one`() {
        let table = RecordTable(fields: fields)
        for number in 0..<200 { table.add([number < 150 ? "john" : "name\(number)", "", "", "", ""]) }
        let frequencies = TermFrequencies(of: 0, in: table)
        #expect(frequencies.share("john") == 0.75 && frequencies.share("name160") == 1.0 / 200)
    }
}
