import Kernel

/// The evidence pack of one area for improvement: a document of its own, to be printed or made into a PDF. It holds no
/// address, so that whatever prints it has nothing to fetch.
public struct PackDocument: Sendable {
    /// The highest marking of what is inside; it stands on every page.
    public var marking: String
    public var title: String
    public var force: String
    public var inspection: String
    public var question: String
    public var grade: QuestionGrade
    /// `area for improvement`.
    public var source: String
    /// Word for word.
    public var text: String
    public var owner: String
    public var due: String
    public var knownAt: String
    public var sampleData: String?
    public var forceHistory: [Line] = []
    public var inspectorateHistory: [Line] = []
    public var actions: [Action] = []
    public var series: [Series] = []
    public var evidence: [AreaView.Evidence] = []
    public var later: [AreaView.Later] = []
    public var provenance: [SummaryRow] = []

    public init(
        marking: String, title: String, force: String, inspection: String, question: String, grade: QuestionGrade,
        source: String, text: String, owner: String, due: String, knownAt: String, sampleData: String? = nil
    ) {
        (self.marking, self.title, self.force, self.inspection) = (marking, title, force, inspection)
        (self.question, self.grade, self.source, self.text) = (question, grade, source, text)
        (self.owner, self.due, self.knownAt, self.sampleData) = (owner, due, knownAt, sampleData)
    }

    /// One dated line of a history.
    public struct Line: Sendable {
        public var on: Day
        public var status: String
        public var words: String
        /// Who recorded it and when, in words.
        public var recorded: String

        public init(on: Day, status: String, words: String, recorded: String) {
            (self.on, self.status, self.words, self.recorded) = (on, status, words, recorded)
        }
    }

    public struct Action: Sendable {
        public var title: String
        public var owner: String
        public var due: Day
        public var state: String
        public var happened: String

        public init(title: String, owner: String, due: Day, state: String, happened: String) {
            (self.title, self.owner, self.due, self.state, self.happened) = (title, owner, due, state, happened)
        }
    }

    public struct Series: Sendable {
        public struct Point: Sendable {
            public var period: String
            public var numerator: String
            public var denominator: String
            public var value: String
            public var interval: String
            public var signal: String

            public init(
                period: String, numerator: String, denominator: String, value: String, interval: String, signal: String
            ) {
                (self.period, self.numerator, self.denominator) = (period, numerator, denominator)
                (self.value, self.interval, self.signal) = (value, interval, signal)
            }
        }

        public var title: String
        public var definition: String
        public var unit: String
        public var caveat: String
        public var limits: String
        /// Nil when there is nothing to draw, or a small count may not be shown.
        public var chart: ControlChartModel?
        public var points: [Point]

        public init(
            title: String, definition: String, unit: String, caveat: String, limits: String, chart: ControlChartModel?,
            points: [Point]
        ) {
            (self.title, self.definition, self.unit, self.caveat) = (title, definition, unit, caveat)
            (self.limits, self.chart, self.points) = (limits, chart, points)
        }
    }

    /// What the document is made for.
    public enum Medium: Sendable {
        /// A PDF: the stylesheet comes beside it.
        case pdf
        /// A browser, from which a person prints it.
        case screen
    }

    /// The whole document, UTF-8.
    public func render(for medium: Medium) -> [UInt8] {
        var html = Html(reserving: 65_536)
        html.constant("<!DOCTYPE html>")
        html.element("html", [.lang("en-GB")]) { html in
            html.element("head", []) { html in
                html.constant(#"<meta charset="utf-8">"#)
                html.element("title", [], "\(title) – evidence pack")
                if medium == .screen {
                    html.open("link", [.rel("stylesheet"), .href(Assets.address(of: "pack.css"))])
                }
            }
            html.element("body", []) { html in body(&html, medium) }
        }
        return html.bytes
    }
}
