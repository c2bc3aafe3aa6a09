extension SectionReader {
    /// A question while its lines are being read.
    struct Section {
        var text: String
        var line: Int
        var pillar: Pillar?
        var badge: Grade?
        var isUngraded = false
        var isArea = false
        var notInspected: String?
        var carried: CarriedGrade?
        /// Findings with the number of their paragraph in the section, from 0, and of their sentence in it.
        var findings: [(finding: Finding, paragraph: Int, sentence: Int, line: Int)] = []
        var paragraphs = 0
        var areas: [AreaDraft] = []
        var concerns: [CauseOfConcernDraft] = []

        /// The same question asked again, as on the next page of a print.
        mutating func add(_ other: Section) {
            findings += other.findings
            areas += other.areas
            concerns += other.concerns
            badge = badge ?? other.badge
            carried = carried ?? other.carried
            notInspected = notInspected ?? other.notInspected
        }

        var hasBody: Bool {
            !findings.isEmpty || !areas.isEmpty || !concerns.isEmpty || notInspected != nil
        }
    }
}
