import Feeds

/// Every measure there is: the fixed ones, and one for each crime type and outcome type that is listed or held.
enum MeasureCatalogue {
    static let unableToProsecute = "outcome-unable-to-prosecute"
    static let antisocialBehaviour = "Anti-social behaviour"
    static let noFurtherAction = ["A no further action disposal", "Nothing found - no further action"]

    /// - Parameters:
    ///   - crimeTypes: held in the files loaded.
    ///   - outcomes: held in the files loaded; states that are no outcome are left out.
    static func definitions(crimeTypes: [String] = [], outcomes: [String] = []) -> [MeasureDefinition] {
        let crimes = distinct(ReferenceLists.crimeTypes + crimeTypes.sorted())
        let ends = distinct(ReferenceLists.outcomeTypes + outcomes.sorted())
            .filter { !ReferenceLists.statesThatAreNoOutcome.contains($0) }
        return CrimeMeasures.fixed + ends.map(OutcomeMeasures.share) + OutcomeMeasures.waits + SearchMeasures.all
            + crimes.filter { $0 != antisocialBehaviour }.map(CrimeMeasures.ofType)
    }

    /// Two words may not share an identifier: the first keeps it.
    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { !slug($0).isEmpty && seen.insert(slug($0)).inserted }
    }
}

enum CrimeMeasures {
    private static let source = "data.police.uk street files"
    private static let dimensions: [MeasureDimension] =
        MeasureDimension.times + MeasureDimension.areas + [.crimeType, .outcome]
    private static let placeCaveat =
        "Places are moved to the nearest of a fixed list of map points, so small areas are near enough, not exact. "
        + "A rise can come from better recording."
    private static let rateCaveat =
        "People are an estimate of who lives there, not who is there: town centres look worse than they are. A month's "
        + "figure is per 1,000 people in that month; months of 28 and 31 days are not evened out."

    static let fixed: [MeasureDefinition] = [
        count("recorded-crime", "Recorded crime", "Rows of the street files that are not anti-social behaviour", crime),
        count("recorded-asb", "Anti-social behaviour", "Rows of the street files that are anti-social behaviour", asb),
        rate("recorded-crime-per-1000", "Recorded crime per 1,000 people", "Recorded crimes", crime),
        rate("asb-per-1000", "Anti-social behaviour per 1,000 people", "Incidents of anti-social behaviour", asb),
    ]

    static let crime: [Condition] = [.isNoneOf(.crimeType, [MeasureCatalogue.antisocialBehaviour])]
    static let asb: [Condition] = [.isOneOf(.crimeType, [MeasureCatalogue.antisocialBehaviour])]

    static func ofType(_ type: String) -> MeasureDefinition {
        count(
            "crime-" + slug(type), type, "Rows of the street files whose crime type is “\(type)”",
            [.isOneOf(.crimeType, [type])])
    }

    private static func count(
        _ id: String, _ title: String, _ numerator: String, _ base: [Condition]
    ) -> MeasureDefinition {
        let isAsb = base == asb
        return MeasureDefinition(
            id: id, title: title, numerator: numerator, denominator: nil, unit: isAsb ? "incidents" : "crimes",
            dimensions: dimensions.filter { !isAsb || ($0 != .outcome && $0 != .crimeType) },
            direction: id == "recorded-crime" || isAsb ? .lowerIsBetter : .neither, source: source,
            caveat: placeCaveat, chart: .individuals, interval: .poisson, asOf: MeasureDefinition.asOfRule,
            recipe: Recipe(feed: .street, form: .count, base: base))
    }

    private static func rate(
        _ id: String, _ title: String, _ numerator: String, _ base: [Condition]
    ) -> MeasureDefinition {
        MeasureDefinition(
            id: id, title: title, numerator: numerator, denominator: "Estimated people living in the area",
            unit: "per 1,000 people",
            dimensions: MeasureDimension.times + MeasureDimension.areas + (base == asb ? [] : [.crimeType]),
            direction: .lowerIsBetter, source: source + "; population estimates as loaded",
            caveat: rateCaveat + " " + placeCaveat, chart: .rate, interval: .poisson,
            asOf: MeasureDefinition.asOfRule, recipe: Recipe(feed: .street, form: .perThousandPeople, base: base))
    }
}

enum OutcomeMeasures {
    private static let source = "data.police.uk outcomes files"
    private static let dimensions: [MeasureDimension] = MeasureDimension.times + MeasureDimension.areas + [.crimeType]
    private static let shareCaveat =
        "Outcomes are counted in the month they were recorded, often months after the crime. A crime can have more than "
        + "one. The crime type is known only for outcomes whose crime is in the street files loaded."

    static func share(_ type: String) -> MeasureDefinition {
        let isUnable = type == "Unable to prosecute suspect"
        return MeasureDefinition(
            id: isUnable ? MeasureCatalogue.unableToProsecute : "outcome-" + slug(type),
            title: "Share of outcomes that are “\(type)”", numerator: "Outcome rows of type “\(type)”",
            denominator: "All outcome rows", unit: "share", dimensions: dimensions,
            direction: isUnable ? .lowerIsBetter : .neither, source: source, caveat: shareCaveat, chart: .proportion,
            interval: .wilson, asOf: MeasureDefinition.asOfRule,
            recipe: Recipe(feed: .outcomes, form: .share, hit: [.isOneOf(.outcomeType, [type])]))
    }

    static let waits = [
        wait(
            "outcome-lag", "Months from crime to outcome, on average", "Months from crime to outcome, added up",
            unit: "months", .mean(.lag), hit: []),
        wait(
            "outcome-within-3-months", "Share of outcomes within 3 months of the crime",
            "Outcomes recorded in the month of the crime or one of the three after it", unit: "share", .share,
            hit: [.isWithin(.lag, 0...3)]),
    ]

    private static let waitCaveat =
        "Only outcomes whose crime is in the street files loaded can be timed; the others are counted apart. Long waits "
        + "cannot be seen until a year of earlier street files is held, so there is no figure before that. It says "
        + "nothing of crimes that still have no outcome."

    private static func wait(
        _ id: String, _ title: String, _ numerator: String, unit: String, _ form: Recipe.Form, hit: [Condition]
    ) -> MeasureDefinition {
        let isShare = form == .share
        return MeasureDefinition(
            id: id, title: title, numerator: numerator, denominator: "Outcome rows whose crime is held", unit: unit,
            dimensions: dimensions + [.outcome], direction: isShare ? .higherIsBetter : .lowerIsBetter,
            source: source + ", joined to street files by crime identifier", caveat: waitCaveat,
            chart: isShare ? .proportion : .individuals, interval: isShare ? .wilson : .none,
            asOf: MeasureDefinition.asOfRule,
            recipe: Recipe(
                feed: .outcomes, form: form, base: [.isWithin(.lag, 0...1200)], hit: hit,
                apart: [.isWithin(.lag, -1...(-1))], warmUp: 12))
    }
}

enum SearchMeasures {
    private static let source = "data.police.uk stop-and-search files"
    private static let dimensions: [MeasureDimension] =
        MeasureDimension.times
        + [.force, .object, .outcome, .searchType, .legislation, .gender, .ageRange, .selfEthnicity, .officerEthnicity]
    private static let countCaveat =
        "Rows that are the same in everything can be two people searched together or one row sent twice; the import "
        + "report says how many there are. Each row counts."
    private static let findCaveat =
        "The file does not say plainly that something was found. A search counts as a find when its outcome is an arrest, "
        + "a summons, a caution, a resolution, a warning or the like: anything but no further action. Searches with no "
        + "outcome recorded are counted apart. The outcome need not have to do with what was looked for."
    private static let linkedCaveat =
        "“Linked” is left blank for most searches without further action, so a blank is read as not linked. It is "
        + "sometimes “true” where the outcome is no further action or blank."

    static let all = [
        MeasureDefinition(
            id: "searches", title: "Stops and searches", numerator: "Rows of the stop-and-search files",
            denominator: nil, unit: "searches", dimensions: dimensions, direction: .neither, source: source,
            caveat: countCaveat, chart: .individuals, interval: .poisson, asOf: MeasureDefinition.asOfRule,
            recipe: Recipe(feed: .stopAndSearch, form: .count)),
        share(
            "search-find-rate", "Share of searches with a result", "Searches whose outcome is not “no further action”",
            "Searches with an outcome recorded", findCaveat, base: [.isNoneOf(.outcome, [""])],
            hit: [.isNoneOf(.outcome, MeasureCatalogue.noFurtherAction)], apart: [.isOneOf(.outcome, [""])]),
        share(
            "search-linked-rate", "Share of searches whose outcome is linked to what was looked for",
            "Searches whose outcome is recorded as linked to the object of search", "All searches", linkedCaveat,
            base: [], hit: [.isWithin(.linked, 1...1)], apart: []),
    ]

    private static func share(
        _ id: String, _ title: String, _ numerator: String, _ denominator: String, _ caveat: String,
        base: [Condition], hit: [Condition], apart: [Condition]
    ) -> MeasureDefinition {
        MeasureDefinition(
            id: id, title: title, numerator: numerator, denominator: denominator, unit: "share",
            dimensions: dimensions.filter { $0 != .outcome }, direction: .higherIsBetter, source: source,
            caveat: caveat, chart: .proportion, interval: .wilson, asOf: MeasureDefinition.asOfRule,
            recipe: Recipe(feed: .stopAndSearch, form: .share, base: base, hit: hit, apart: apart))
    }
}
