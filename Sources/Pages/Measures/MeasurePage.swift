/// One measure: what it is, its chart or its ranked groups, the table of every point, and the way to the rows.
public struct MeasurePage: PageModel {
    public struct Point: Sendable {
        /// `June 2025`, or the name of the group.
        public var label: String
        /// What the group is part of, such as the district of a small area.
        public var parent: String
        public var value: String
        public var numerator: String
        public var denominator: String
        /// The 95% interval; empty when there is none.
        public var interval: String
        /// Lower and upper control limit; empty where there are none.
        public var limits: String
        /// What the chart says of it, or why there is no figure.
        public var says: String
        /// Counts too small to compare.
        public var isSmall: Bool
        /// The rows in the numerator, in the denominator, and those that could not be counted.
        public var rows: WebAddress?
        public var allRows: WebAddress?
        public var apart: (count: String, rows: WebAddress)?
        /// The group alone, over time.
        public var overTime: WebAddress?

        public init(
            label: String, parent: String = "", value: String, numerator: String, denominator: String = "",
            interval: String = "", limits: String = "", says: String = "", isSmall: Bool = false,
            rows: WebAddress? = nil, allRows: WebAddress? = nil, apart: (count: String, rows: WebAddress)? = nil,
            overTime: WebAddress? = nil
        ) {
            (self.label, self.parent, self.value) = (label, parent, value)
            (self.numerator, self.denominator, self.interval) = (numerator, denominator, interval)
            (self.limits, self.says, self.isSmall) = (limits, says, isSmall)
            (self.rows, self.allRows, self.apart, self.overTime) = (rows, allRows, apart, overTime)
        }
    }

    /// What is drawn.
    public enum Picture: Sendable {
        case chart(ControlChartModel)
        /// `drawn` of `total` groups are in the bars; the table holds all.
        case bars(RankedBarsModel, drawn: Int, total: Int)
        case none
    }

    public var id: String
    public var title: String
    public var question: MeasureQuestionForm
    /// The newest figure in words; nil by group or without data.
    public var latest: MeasureChartView.Latest?
    public var picture: Picture
    /// Which chart this is and why, or why there are no limits; one sentence or more for each stretch.
    public var explanations: [String]
    public var headings: MeasureHeadings
    public var points: [Point]
    public var definition: [SummaryRow]
    public var notes: [String]
    public var ways: MeasureWays
    public var errors: FieldErrors

    public init(
        id: String, title: String, question: MeasureQuestionForm, latest: MeasureChartView.Latest? = nil,
        picture: Picture = .none, explanations: [String] = [], headings: MeasureHeadings,
        points: [Point], definition: [SummaryRow], notes: [String] = [], ways: MeasureWays = MeasureWays(),
        errors: FieldErrors = .none
    ) {
        (self.id, self.title, self.question, self.latest) = (id, title, question, latest)
        (self.picture, self.explanations) = (picture, explanations)
        (self.headings, self.points, self.definition) = (headings, points, definition)
        (self.notes, self.ways, self.errors) = (notes, ways, errors)
    }

    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Measures", "/measures")] }
    public var isWide: Bool { true }
}

/// The words of a measure's columns.
public struct MeasureHeadings: Sendable {
    /// `Month`, `District`.
    public var point: String
    public var value: String
    /// What is counted and what it is divided by, as sentences without a full stop.
    public var numerator: String
    public var denominator: String?
    /// What the interval is; nil when there is none.
    public var interval: String?
    /// By group: there are no limits.
    public var isByGroup: Bool

    public init(
        point: String, value: String, numerator: String, denominator: String?, interval: String?, isByGroup: Bool
    ) {
        (self.point, self.value, self.numerator) = (point, value, numerator)
        (self.denominator, self.interval, self.isByGroup) = (denominator, interval, isByGroup)
    }

    /// `small area (LSOA)`, inside a sentence.
    var pointInSentence: String { point.prefix(1).lowercased() + point.dropFirst() }
}

/// Where a person may go from a measure; nil where she may not.
public struct MeasureWays: Sendable {
    public var csv: WebAddress?
    public var json: WebAddress?
    public var rebase: WebAddress?
    public var load: WebAddress?

    public init(
        csv: WebAddress? = nil, json: WebAddress? = nil, rebase: WebAddress? = nil, load: WebAddress? = nil
    ) {
        (self.csv, self.json, self.rebase, self.load) = (csv, json, rebase, load)
    }
}

/// What is asked of the measure, as a form that only asks.
public struct MeasureQuestionForm: Sendable {
    /// One thing the figures are kept to, and the same question without it.
    public struct Kept: Sendable {
        public var words: String
        public var name: String
        public var value: String
        public var without: WebAddress

        public init(words: String, name: String, value: String, without: WebAddress) {
            (self.words, self.name, self.value, self.without) = (words, name, value, without)
        }
    }

    public var address: WebAddress
    public var by: String
    public var bys: [Choice]
    public var from: String
    public var until: String
    /// The day at whose end the figures were known so, as `2025-06-30`; empty for now.
    public var known: String
    /// The same question of what is known now.
    public var now: WebAddress
    public var months: [Choice]
    public var only: [Choice]
    public var kept: [Kept]

    public init(
        address: WebAddress, by: String, bys: [Choice], from: String = "", until: String = "", known: String = "",
        now: WebAddress = "/measures", months: [Choice] = [],
        only: [Choice] = [], kept: [Kept] = []
    ) {
        (self.address, self.by, self.bys, self.from, self.until) = (address, by, bys, from, until)
        (self.known, self.now) = (known, now)
        (self.months, self.only, self.kept) = (months, only, kept)
    }
}
