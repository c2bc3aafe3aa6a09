extension ControlChart {
    /// The u chart of rates, with Laney's correction (u′) when overdispersed.
    ///
    /// Limits ū ± 3 σz √(ū/n) at each point with its own exposure n, cut off at 0; ū is all events of the baseline
    /// over all its exposure. σz is left out (1) in the plain chart. D. C. Montgomery, "Introduction to Statistical
    /// Quality Control", chapter on attributes; for σz see `Dispersion`.
    ///
    /// - Parameter rates: one for each period; nil, and an exposure of 0, are gaps.
    /// - Returns: values, centre and limits in events for each unit of exposure.
    /// - Throws: `badRebase`.
    public static func rates(
        _ rates: [Rate?], overdispersion: OverdispersionHandling = .whenFound,
        baseline: Baseline = .all, rules: SignalRules = .standard
    ) throws(StatisticsError) -> ControlChart {
        try drawn(rates.map { $0?.value }, baseline: baseline, rules: rules) { input in
            let chosen = input.periods.compactMap { rates[$0] }
            let events = chosen.reduce(0) { $0 + Double($1.events) }
            let centre = events / chosen.reduce(0) { $0 + $1.exposure }
            let chart = CountChart(
                centre: centre, unitVariance: centre,
                denominators: rates.map { $0.flatMap { $0.exposure > 0 ? $0.exposure : nil } },
                bounds: 0...Double.infinity, methods: (plain: .rate, corrected: .rateLaney))
            return chart.fit(
                input, handling: overdispersion,
                isSparse: chosen.contains { $0.exposure * centre < 5 })
        }
    }
}
