/// Patterns as a table of numbers for the rounds of the estimation: for each pattern its weight and, for each field, the
/// place of its level in a list of all levels in all cases.
struct PatternTable {
    /// Places of one field: three cases of sixteen levels. Level 0, a missing value, has a place that is never weighed.
    static let width = 48

    let fields: Int
    let pairs: Double
    private let weights: [Double]
    private let places: [UInt16]
    /// Whether a pattern may be that of one person while a model is learnt; see `FieldKind.isPersonal`.
    private let mayMatch: [Bool]

    init(_ rows: [(pattern: PairComparer.Pattern, weight: Double)], _ fields: [LinkageField]) {
        let parents = fields.map(Parents.init)
        self.fields = fields.count
        weights = rows.map(\.weight)
        mayMatch = rows.map { PatternTable.mayMatch($0.pattern, fields) }
        pairs = weights.reduce(0, +)
        var places: [UInt16] = []
        places.reserveCapacity(rows.count * fields.count)
        for row in rows {
            for field in fields.indices {
                let level = Int(row.pattern >> UInt64(field * 4)) & 15
                places.append(UInt16(PatternTable.place(field, parents[field].situation(row.pattern), level)))
            }
        }
        self.places = places
    }

    /// Two agreeing personal fields, where the file has three or more of them; else one.
    private static func mayMatch(_ pattern: PairComparer.Pattern, _ fields: [LinkageField]) -> Bool {
        let personal = fields.indices.filter { fields[$0].kind.isPersonal }
        let agreeing = personal.count { field in
            let level = Int(pattern >> UInt64(field * 4)) & 15
            return level > 0 && level < fields[field].kind.firstDifferent
        }
        return agreeing >= min(2, (personal.count + 1) / 2)
    }

    @inline(__always)
    static func place(_ field: Int, _ situation: Int, _ level: Int) -> Int { (field * 3 + situation) * 16 + level }

    /// Weights of a model by place.
    static func weights(of model: LinkageModel) -> [Double] {
        var weights = [Double](repeating: 0, count: model.fields.count * width)
        for field in model.fields.indices {
            for situation in LinkageModel.Case.allCases {
                for level in 1...model.fields[field].kind.levels.count {
                    weights[place(field, situation.rawValue, level)] = model.weight(field, level, situation)
                }
            }
        }
        return weights
    }

    /// Expected numbers of pairs by place.
    struct Sums {
        var match: [Double]
        var other: [Double]
        var matches = 0.0
    }

    /// - Parameter model: nil puts every pair down as no match.
    func sums(under model: LinkageModel?) -> Sums {
        var sums = Sums(
            match: Array(repeating: 0, count: fields * PatternTable.width),
            other: Array(repeating: 0, count: fields * PatternTable.width))
        let weights = model.map(PatternTable.weights) ?? []
        for row in self.weights.indices {
            var match = 0.0
            if let model, mayMatch[row] {
                var total = model.priorWeight
                for place in places[row * fields..<(row + 1) * fields] { total += weights[Int(place)] }
                match = self.weights[row] * LinkageModel.probability(total)
            }
            add(row, match: match, to: &sums)
        }
        return sums
    }

    /// - Parameter isMatch: the answer, row by row.
    func sums(labelled isMatch: [Bool]) -> Sums {
        var sums = sums(under: nil)
        sums.other = sums.match
        for row in weights.indices { add(row, match: isMatch[row] ? weights[row] : 0, to: &sums) }
        return sums
    }

    @inline(__always)
    private func add(_ row: Int, match: Double, to sums: inout Sums) {
        let other = weights[row] - match
        sums.matches += match
        for place in places[row * fields..<(row + 1) * fields] {
            sums.match[Int(place)] += match
            sums.other[Int(place)] += other
        }
    }
}
