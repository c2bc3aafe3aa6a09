import Kernel

/// An area for improvement with all the work on it, for showing.
public struct AreaView: Sendable {
    public var id: String
    public var version: Int
    public var title: String
    public var source: String
    public var reportTitle: String
    public var reportAddress: WebAddress
    public var question: String
    /// Word for word.
    public var text: String
    public var owner: String?
    public var due: Day?
    public var dueWords: String
    public var isLate = false
    public var force = Strand()
    public var inspectorate = Strand()
    public var actions: [ActionLine] = []
    public var measures: [LinkedFigure] = []
    public var evidence: [Evidence] = []
    public var later: [Later] = []

    public init(
        id: String, version: Int, title: String, source: String, reportTitle: String, reportAddress: WebAddress,
        question: String, text: String, owner: String?, due: Day?, dueWords: String
    ) {
        (self.id, self.version, self.title, self.source) = (id, version, title, source)
        (self.reportTitle, self.reportAddress, self.question) = (reportTitle, reportAddress, question)
        (self.text, self.owner, self.due, self.dueWords) = (text, owner, due, dueWords)
    }

    var address: WebAddress { "/areas/\(id)" }

    /// One of the two views of where it stands.
    public struct Strand: Sendable {
        public var now: String?
        public var kind: Html.TagKind
        /// Newest first.
        public var history: [TimelineEntry]

        public init(now: String? = nil, kind: Html.TagKind = .neutral, history: [TimelineEntry] = []) {
            (self.now, self.kind, self.history) = (now, kind, history)
        }
    }

    public struct ActionLine: Sendable {
        public var id: String
        public var title: String
        public var owner: String
        public var due: Day
        public var state: String
        public var kind: Html.TagKind
        /// What may be said of it now.
        public var isOpenToAnswer: Bool

        public init(
            id: String, title: String, owner: String, due: Day, state: String, kind: Html.TagKind, isOpenToAnswer: Bool
        ) {
            (self.id, self.title, self.owner, self.due) = (id, title, owner, due)
            (self.state, self.kind, self.isOpenToAnswer) = (state, kind, isOpenToAnswer)
        }
    }

    /// A linked measure: its latest figure and its chart; `problem` says why there is none.
    public struct LinkedFigure: Sendable {
        public var id: String
        public var title: String
        public var view: MeasureChartView?
        public var problem: String?

        public init(id: String, title: String, view: MeasureChartView? = nil, problem: String? = nil) {
            (self.id, self.title, self.view, self.problem) = (id, title, view, problem)
        }
    }

    public struct Evidence: Sendable {
        public var id: String
        public var claim: String
        public var on: Day
        public var marking: String
        /// The figure as it was quoted, in lines.
        public var figure: [String]
        public var figureAddress: WebAddress?
        public var document: Document?
        public var realityTest: String
        public var by: String

        public init(
            id: String, claim: String, on: Day, marking: String, figure: [String], figureAddress: WebAddress?,
            document: Document?, realityTest: String, by: String
        ) {
            (self.id, self.claim, self.on, self.marking) = (id, claim, on, marking)
            (self.figure, self.figureAddress, self.document) = (figure, figureAddress, document)
            (self.realityTest, self.by) = (realityTest, by)
        }
    }

    public struct Document: Sendable {
        public var name: String
        public var address: WebAddress
        /// `PDF, 212 KB`.
        public var words: String
        /// SHA-256, in hexadecimal.
        public var digest: String

        public init(name: String, address: WebAddress, words: String, digest: String) {
            (self.name, self.address, self.words, self.digest) = (name, address, words, digest)
        }
    }

    public struct Later: Sendable {
        public var report: String
        public var address: WebAddress
        public var statement: String
        public var words: String
        public var by: String

        public init(report: String, address: WebAddress, statement: String, words: String, by: String) {
            (self.report, self.address, self.statement) = (report, address, statement)
            (self.words, self.by) = (words, by)
        }
    }
}

/// What a person may do on an area.
public struct AreaRights: Sendable {
    /// Owner, date, the inspectorate's view, later reports, new actions, the pack.
    public var canLead: Bool
    /// The force's view, measures, evidence.
    public var canChange: Bool

    public init(canLead: Bool, canChange: Bool) { (self.canLead, self.canChange) = (canLead, canChange) }

    public static let none = AreaRights(canLead: false, canChange: false)
}
