import Foundation

/// What has been learnt of a file: how often the levels of agreement come among records of one person and among records
/// of two, how common values are, and how likely two records taken at random are one person. After Fellegi and Sunter
/// (1969, "A theory for record linkage").
public struct LinkageModel: Sendable, Codable, Equatable {
    /// Probabilities of the levels of one field, in three cases: the field it leans on is missing or there is none, is
    /// the same, is not the same.
    public struct FieldModel: Sendable, Codable, Equatable {
        /// `m[case][level - 1]`: among pairs of records of one person.
        public var m: [[Double]]
        /// `u[case][level - 1]`: among pairs of records of two persons.
        public var u: [[Double]]
        public var frequencies: TermFrequencies
    }

    public enum Case: Int, CaseIterable, Sendable {
        case alone, parentSame, parentDiffers
    }

    public let fields: [LinkageField]
    public var parts: [FieldModel]
    /// The probability that two records taken at random are of one person.
    public var prior: Double

    /// The first part of each total: log₂ of the odds before anything is compared.
    public var priorWeight: Double { log2(prior / (1 - prior)) }

    /// log₂(m/u) of a level, in bits.
    /// - Parameter level: from 1.
    public func weight(_ field: Int, _ level: Int, _ situation: Case) -> Double {
        log2(parts[field].m[situation.rawValue][level - 1] / parts[field].u[situation.rawValue][level - 1])
    }

    /// The probability that belongs to a total weight.
    public static func probability(_ weight: Double) -> Double { 1 / (1 + exp2(-weight)) }

    /// The total weight that belongs to a probability.
    public static func weight(ofProbability probability: Double) -> Double { log2(probability / (1 - probability)) }
}

/// How common the values of a field are: agreeing on a rare name says more than on a common one (Winkler 1990; Newcombe
/// 1959). Values that few records have count as equally rare, so that no weight hangs on one clerk's slip.
public struct TermFrequencies: Sendable, Codable, Equatable {
    /// The share of records, of those that have a value at all, for each value that is not rare.
    public let common: [String: Double]
    /// The share of a rare value.
    public let rare: Double

    public func share(_ value: String) -> Double { common[value] ?? rare }

    public static let none = TermFrequencies(common: [:], rare: 1)

    /// The chance that two records of two persons have the same value.
    var chance: Double {
        let (shares, squares) = common.values.sorted()
            .reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
        return squares + max(0, 1 - shares) * rare
    }
}

extension TermFrequencies {
    /// Fewer records than these make a value rare.
    private static let few = 4

    /// Counted on the values of a field.
    init(of field: Int, in table: RecordTable) {
        var counts = [UInt32](repeating: 0, count: table.pools[field].count + 1)
        for record in 0..<table.count { counts[Int(table.row(record)[field])] += 1 }
        let present = Double(max(1, table.count - Int(counts[0])))
        var common: [String: Double] = [:]
        var (values, records) = (0, 0)
        for code in 1..<max(1, counts.count) where counts[code] > 0 {
            if counts[code] < TermFrequencies.few {
                (values, records) = (values + 1, records + Int(counts[code]))
            } else {
                common[table.pools[field].text(UInt32(code))] = Double(counts[code]) / present
            }
        }
        self.common = common
        rare = values == 0 ? 1 / present : Double(records) / Double(values) / present
    }
}
