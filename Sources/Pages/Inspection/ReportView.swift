/// What was read in a report, for showing: before it is kept and after.
public struct ReportView: Sendable {
    public var force: String
    public var year: String
    public var pillar: String
    /// Grades that the report states for whole pillars.
    public var overall: [OverallGrade] = []
    public var overview: [String] = []
    public var questions: [Question] = []
    public var areasOutside: [AreaText] = []
    public var causesOutside: [Cause] = []
    public var notUnderstood: [SetAsideLine] = []

    public init(force: String, year: String, pillar: String) {
        (self.force, self.year, self.pillar) = (force, year, pillar)
    }

    /// `Cleveland, effectiveness, 2017`.
    public var title: String { "\(force), \(pillar), \(year)" }

    public var areaCount: Int {
        questions.reduce(areasOutside.count + causesOutside.count) { $0 + $1.areas.count + $1.causes.count }
    }

    public struct OverallGrade: Sendable {
        public var pillar: String
        public var grade: String

        public init(pillar: String, grade: String) { (self.pillar, self.grade) = (pillar, grade) }
    }

    public struct Question: Sendable {
        public var text: String
        public var grade: QuestionGrade
        /// The words that state the grade, or say why there is none.
        public var statement: String?
        public var findings: [Finding] = []
        public var strengths: [Finding] = []
        public var toImprove: [Finding] = []
        public var areas: [AreaText] = []
        public var causes: [Cause] = []
        public var trend: GradeTrendView?

        public init(text: String, grade: QuestionGrade, statement: String? = nil) {
            (self.text, self.grade, self.statement) = (text, grade, statement)
        }
    }

    public struct Finding: Sendable {
        public enum Follow: Sendable {
            /// It may be followed up: the place of its question and its own, from 0.
            case offered(question: Int, finding: Int)
            /// It is followed up already.
            case made(WebAddress)
        }

        public var leadIn: String?
        public var text: String
        public var follow: Follow?

        public init(leadIn: String? = nil, text: String, follow: Follow? = nil) {
            (self.leadIn, self.text, self.follow) = (leadIn, text, follow)
        }
    }

    /// An area for improvement, word for word, with the work on it once the report is kept.
    public struct AreaText: Sendable {
        public var title: String?
        public var text: String
        public var work: AreaLine?

        public init(title: String? = nil, text: String, work: AreaLine? = nil) {
            (self.title, self.text, self.work) = (title, text, work)
        }
    }

    public struct Cause: Sendable {
        public var text: [String]
        public var recommendations: [AreaText]

        public init(text: [String], recommendations: [AreaText]) {
            (self.text, self.recommendations) = (text, recommendations)
        }
    }

    public struct SetAsideLine: Sendable {
        public var line: Int
        public var text: String
        public var reason: String

        public init(line: Int, text: String, reason: String) {
            (self.line, self.text, self.reason) = (line, text, reason)
        }
    }
}
