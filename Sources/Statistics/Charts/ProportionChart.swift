extension ControlChart {
    /// The p chart of shares, with Laney's correction (p′) when overdispersed.
    ///
    /// Limits p̄ ± 3 σz √(p̄(1 − p̄)/n) at each point with its own n, cut off at 0 and 1; p̄ is all events of the
    /// baseline over all its occasions. σz is left out (1) in the plain chart. D. C. Montgomery, "Introduction to
    /// Statistical Quality Control", chapter on attributes; for σz see `Dispersion`.
    ///
    /// - Parameter proportions: one for each period; nil, and a total of 0, are gaps.
    /// - Returns: values, centre and limits as shares, 0 to 1.
    /// - Throws: `badRebase`.
    public static func proportions(
        _ proportions: [Proportion?], overdispersion: OverdispersionHandling = .whenFound,
        baseline: Baseline = .all, rules: SignalRules = .standard
    ) throws(StatisticsError) -> ControlChart {
        try drawn(proportions.map { $0?.value }, baseline: baseline, rules: rules) { input in
            let chosen = input.periods.compactMap { proportions[$0] }
            let events = chosen.reduce(0) { $0 + Double($1.events) }
            let centre = events / chosen.reduce(0) { $0 + Double($1.total) }
            let rarer = min(centre, 1 - centre)
            let chart = CountChart(
                centre: centre, unitVariance: centre * (1 - centre),
                denominators: proportions.map { $0.flatMap { $0.total > 0 ? Double($0.total) : nil } },
                bounds: 0...1, methods: (plain: .proportion, corrected: .proportionLaney))
            return chart.fit(
                input, handling: overdispersion,
                isSparse: chosen.contains { Double($0.total) * rarer < 5 })
        }
    }
}
