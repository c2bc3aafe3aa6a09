/// Which pairs are looked at: those that share all keys of at least one rule. A pair that several rules bring is counted
/// once, exactly: a later rule leaves it to the first.
public struct BlockingPlan: Sendable {
    public struct Rule: Sendable, Equatable {
        /// Places in the table's list of keys.
        let keys: [Int]
        /// As a report names it.
        public let name: String
        /// Pairs it brings, also those that another rule brings.
        public internal(set) var pairs: Int
        /// Blocks with so many records or more are left out; nil when none is.
        public internal(set) var leftOutFrom: Int?
        public internal(set) var blocksLeftOut = 0
        public internal(set) var pairsLeftOut = 0
    }

    public internal(set) var rules: [Rule] = []
    /// For each record one bit a rule: its block is left out there.
    var leftOut: [UInt64] = []

    /// How many pairs each rule may bring: for small files many, then so many for each record, so that the work grows
    /// with the file and not with its square.
    public struct Budget: Sendable {
        public var atLeast = 1_500_000
        public var perRecord = 6

        public init() {}

        func pairs(_ records: Int) -> Int { max(atLeast, perRecord * records) }
    }

    static let maximumRules = 60

    /// Chooses rules for what the table holds: each key alone where that is affordable, else two keys, else three; and
    /// where even that is too much, without the largest blocks.
    public static func chosen(for table: RecordTable, budget: Budget = Budget()) -> BlockingPlan {
        let limit = budget.pairs(table.count)
        let sharp = table.keys.indices.filter { table.keys[$0].isSharp && !isSpelling($0, in: table) }
        let alone = counted(sharp.map { [$0] }, in: table)
        var chosen = alone.filter { $0.pairs <= limit }
        let rest = zip(sharp, alone).filter { $0.1.pairs > limit }.map(\.0)
        var couples: [[Int]] = []
        for (place, one) in rest.enumerated() {
            for other in rest[(place + 1)...] where table.keys[one].field != table.keys[other].field {
                couples.append([one, other])
            }
        }
        for rule in counted(couples, in: table) {
            chosen.append(rule.pairs <= limit ? rule : tightened(rule, in: table, limit))
        }
        return BlockingPlan(
            chosen.filter { $0.pairs > 0 }.sorted { ($0.pairs, $0.name) < ($1.pairs, $1.name) }, table, limit)
    }

    /// The rules that somebody wrote, each a list of names of keys.
    public static func written(_ rules: [[Int]], for table: RecordTable, budget: Budget = Budget()) -> BlockingPlan {
        BlockingPlan(counted(rules, in: table), table, budget.pairs(table.count))
    }

    private init(_ rules: [Rule], _ table: RecordTable, _ limit: Int) {
        self.rules = Array(rules.prefix(BlockingPlan.maximumRules))
        for place in self.rules.indices where self.rules[place].pairs > limit { leaveOut(place, table, limit) }
    }

    /// An exact name only makes a rule smaller that already asks for its sound.
    private static func isSpelling(_ key: Int, in table: RecordTable) -> Bool {
        table.keys[key].grain == .same && table.fields[table.keys[key].field].kind.isName
    }

    /// The rule with a third key, the one that leaves most pairs within the limit; as it was when there is none.
    private static func tightened(_ rule: Rule, in table: RecordTable, _ limit: Int) -> Rule {
        let others = table.keys.indices.filter { !rule.keys.contains($0) }.map { rule.keys + [$0] }
        let tries = counted(others, in: table)
        return tries.filter { $0.pairs <= limit }.max { $0.pairs < $1.pairs } ?? tries.min { $0.pairs < $1.pairs }
            ?? rule
    }

    static func counted(_ rules: [[Int]], in table: RecordTable) -> [Rule] {
        let firstFile = table.firstFileOrNil
        return Work.spread(rules.count) { place in
            let pairs = Grouping(by: rules[place], in: table).pairs(firstFile: firstFile)
            let name = rules[place].map { table.keys[$0].name(in: table.fields) }.joined(separator: " and ")
            return Rule(keys: rules[place], name: name, pairs: pairs)
        }
    }

    /// Leaves the largest blocks of a rule out until it keeps to the limit.
    private mutating func leaveOut(_ place: Int, _ table: RecordTable, _ limit: Int) {
        if leftOut.isEmpty { leftOut = Array(repeating: 0, count: table.count) }
        let blocks = Blocks(of: rules[place].keys, in: table)
        let firstFile = table.firstFileOrNil
        let bySize = (0..<blocks.count).sorted { (blocks.size($0), $0) > (blocks.size($1), $1) }
        var smallest = Int.max
        for block in bySize where rules[place].pairs > limit || blocks.size(block) == smallest {
            smallest = blocks.size(block)
            let pairs = blocks.pairs(block, firstFile: firstFile)
            rules[place].pairs -= pairs
            rules[place].pairsLeftOut += pairs
            rules[place].blocksLeftOut += 1
            for index in blocks.starts[block]..<blocks.starts[block + 1] {
                leftOut[Int(blocks.records[index])] |= 1 << UInt64(place)
            }
        }
        rules[place].leftOutFrom = smallest
    }
}
