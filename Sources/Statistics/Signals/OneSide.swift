/// Points in a row on one side of the centre line: a sustained shift.
///
/// Eight in Western Electric (1956), "Statistical Quality Control Handbook". A point on the line neither adds to a run
/// nor ends it: R. J. Perla, L. P. Provost and S. K. Murray (2011), "The run chart: a simple analytical tool for
/// learning from variation in healthcare processes", BMJ Quality and Safety 20: 46–51.
enum OneSide {
    struct Run {
        let side: SignalDirection
        var periods: [Int]
    }

    /// Every run, however short, in order; points on the line belong to none.
    static func runs(in stretch: Stretch) -> [Run] {
        var runs: [Run] = []
        for point in stretch.points {
            guard let side = point.side else { continue }
            if runs.last?.side == side {
                runs[runs.count - 1].periods.append(point.period)
            } else {
                runs.append(Run(side: side, periods: [point.period]))
            }
        }
        return runs
    }

    /// One signal for each run of at least `length`, over the whole of it.
    static func signals(in stretch: Stretch, length: Int) -> [Signal] {
        runs(in: stretch).filter { $0.periods.count >= length }.map {
            Signal(.runOneSide, $0.side, points: $0.periods, length: length)
        }
    }
}
