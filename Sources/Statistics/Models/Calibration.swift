/// What was foretold beside what happened, by tenths of the rows in the order of their probability. A picture, not a
/// test: Hosmer and Lemeshow's statistic depends on how the rows are cut.
public struct Calibration: Sendable, Equatable {
    public struct Group: Sendable, Equatable {
        public let rows: Int
        public let events: Int
        /// Mean probability.
        public let expected: Double
        public let observed: Double
        public let low: Double
        public let high: Double
    }

    public let groups: [Group]
    /// The chance that a row with the event was given more than a row without it (the area under the ROC curve): Hanley
    /// and McNeil 1982, Radiology 143. Measured on the rows it was learnt from, so it flatters.
    public let concordance: Double

    public init(outcome: [Double], probabilities: [Double], groups wanted: Int = 10) throws(StatisticsError) {
        let order = Calibration.order(probabilities)
        let cuts = max(1, min(wanted, order.count / 5))
        var groups: [Group] = []
        for cut in 0..<cuts {
            let places = order[order.count * cut / cuts..<order.count * (cut + 1) / cuts]
            let events = places.count { outcome[Int($0)] == 1 }
            let interval = try WilsonInterval.around(Proportion(events: events, of: places.count))
            let sum = places.reduce(0) { $0 + probabilities[Int($1)] }
            groups.append(
                Group(
                    rows: places.count, events: events, expected: sum / Double(places.count),
                    observed: Double(events) / Double(places.count), low: interval?.low ?? 0, high: interval?.high ?? 1)
            )
        }
        self.groups = groups
        concordance = Calibration.concordance(order, outcome, probabilities)
    }

    private static func order(_ values: [Double]) -> [Int32] {
        let keyed = values.indices.map { (key: values[$0], row: Int32($0)) }
        return keyed.sorted { ($0.key, $0.row) < ($1.key, $1.row) }.map(\.row)
    }

    private static func concordance(_ order: [Int32], _ outcome: [Double], _ probabilities: [Double]) -> Double {
        var (pairs, without, events, place) = (0.0, 0.0, 0.0, 0)
        while place < order.count {
            let value = probabilities[Int(order[place])]
            var (here, hereWithout) = (0.0, 0.0)
            while place < order.count, probabilities[Int(order[place])] == value {
                if outcome[Int(order[place])] == 1 { here += 1 } else { hereWithout += 1 }
                place += 1
            }
            pairs += here * (without + hereWithout / 2)
            without += hereWithout
            events += here
        }
        return events > 0 && without > 0 ? pairs / (events * without) : .nan
    }
}
