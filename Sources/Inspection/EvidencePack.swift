public import Actions
public import Kernel

/// Everything known about one area for improvement at one moment, ready to be set as a document. Pure data.
public struct EvidencePack: Sendable, Equatable {
    /// The highest marking of what is inside; it stands on every page.
    public let marking: Marking
    public let title: String
    public let area: AreaForImprovement
    public let force: String
    public let year: ProgrammeYear
    public let pillar: Pillar
    public let questionGrade: Grade?
    public let carriedFrom: ProgrammeYear?
    public let forceHistory: [Line]
    public let inspectorateHistory: [Line]
    public let actions: [Action]
    public let series: [Series]
    public let provenance: Provenance

    /// One dated line of a history.
    public struct Line: Sendable, Equatable {
        public let on: Day
        public let status: String
        public let words: String
        public let by: String
        public let recordedAt: Moment
    }

    /// A linked measure with its points, as text: what is printed must not be worked out again.
    public struct Series: Sendable, Equatable {
        public struct Point: Sendable, Equatable {
            public let period: String
            public let numerator: String
            public let denominator: String
            public let value: String
            public let interval: String
            public let signal: String

            public init(
                period: String, numerator: String, denominator: String, value: String, interval: String, signal: String
            ) {
                (self.period, self.numerator, self.denominator) = (period, numerator, denominator)
                (self.value, self.interval, self.signal) = (value, interval, signal)
            }
        }

        public let measure: String
        public let title: String
        public let definition: String
        public let unit: String
        public let caveat: String
        /// What the limits say, in words.
        public let limits: String
        public let points: [Point]

        public init(
            measure: String, title: String, definition: String, unit: String, caveat: String, limits: String,
            points: [Point]
        ) {
            (self.measure, self.title, self.definition, self.unit) = (measure, title, definition, unit)
            (self.caveat, self.limits, self.points) = (caveat, limits, points)
        }
    }

    /// Where it comes from and who asked for it.
    public struct Provenance: Sendable, Equatable {
        public let knownAt: Moment
        public let madeAt: Moment
        public let askedBy: String
        public let reportTitle: String
        public let reportFile: String
        public let reportDigest: String
        public let areaVersion: Int
    }
}

extension EvidencePack {
    static func lines(_ strand: StatusStrand, of area: AreaForImprovement, _ statuses: AreaStatuses) -> [Line] {
        area.statuses.filter { $0.strand == strand }.sorted { ($0.on, $0.recordedAt) < ($1.on, $1.recordedAt) }.map {
            Line(
                on: $0.on, status: statuses.status($0.status)?.title ?? $0.status, words: $0.words, by: $0.by,
                recordedAt: $0.recordedAt)
        }
    }
}
