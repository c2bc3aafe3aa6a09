/// Reads the lines after the title into questions, findings and areas for improvement.
struct SectionReader {
    enum Mode {
        case findings
        case areas
        case concern
        case recommendations
    }

    let lines: [SourceLine]
    private let landmarks: [Landmark]
    private let title: ReportTitle
    private let year: ProgrammeYear
    private let headings: ReportHeadings

    private(set) var sections: [Section] = []
    private(set) var overview = Section(text: "", line: 0, pillar: nil)
    private(set) var overallGrades: [OverallGrade] = []
    private(set) var setAside: [SetAside] = []
    private(set) var pillars: [Pillar] = []

    private var pillar: Pillar?
    var mode = Mode.findings
    var leadIn: String?
    var blockHasBullets = false
    var areaTitle: String?
    private var isAround = false
    private var followsUnknown = false

    init(_ lines: [SourceLine], title: ReportTitle, year: ProgrammeYear, headings: ReportHeadings) {
        let reader = LandmarkReader(headings: headings, force: title.force ?? "", year: year)
        (self.lines, self.title, self.year, self.headings) = (lines, title, year, headings)
        landmarks = reader.landmarks(of: lines)
        pillar = title.pillar
        if let pillar { pillars.append(pillar) }
        read()
    }

    private mutating func read() {
        for index in lines.indices {
            let line = lines[index]
            if case .title(let other) = landmarks[index], isOther(other), sections.contains(where: \.hasBody) {
                flushLeadIn(line)
                setAside.append(SetAside(line: line.number, text: line.text, reason: .otherReport))
                break
            }
            if landmarks[index] != .text, landmarks[index] != .surroundings { isAround = false }
            take(line, at: index)
        }
        if let last = lines.last { flushLeadIn(last) }
    }

    private func isOther(_ other: ReportTitle) -> Bool {
        let isSameForce = ForceName.key(other.force ?? "") == ForceName.key(title.force ?? "")
        return !isSameForce || other.year != year
    }

    private mutating func take(_ line: SourceLine, at index: Int) {
        if case .grade = landmarks[index] {} else { followsUnknown = false }
        switch landmarks[index] {
        case .title, .running: break
        case .neutral:
            flushLeadIn(line)
            mode = .findings
        case .whole:
            flushLeadIn(line)
            mode = .findings
            if !sections.isEmpty { closeSection(line) }
        case .pillar(let pillar, let grade): open(pillar, grade, line)
        case .question(let text, let badge): open(text, badge, line)
        case .grade(let grade): take(grade, line)
        case .areas(let rest): begin(.areas, rest, line)
        case .concern(let rest):
            begin(.concern, "", line)
            change { $0.concerns.append(CauseOfConcernDraft(text: [], recommendations: [])) }
            if !rest.isEmpty { takeText(SourceLine(number: line.number, text: rest, isBullet: false), index) }
        case .recommendations(let rest): begin(.recommendations, rest, line)
        case .surroundings:
            flushLeadIn(line)
            isAround = sections.contains(where: \.hasBody)
            setAside.append(SetAside(line: line.number, text: line.text, reason: .surroundings))
        case .text: takeText(line, index)
        }
    }

    private mutating func begin(_ mode: Mode, _ rest: String, _ line: SourceLine) {
        flushLeadIn(line)
        (self.mode, blockHasBullets, areaTitle) = (mode, false, nil)
        guard !rest.isEmpty else { return }
        takeBlock(SourceLine(number: line.number, text: rest, isBullet: false))
    }

    mutating func change(_ body: (inout Section) -> Void) {
        if sections.isEmpty { body(&overview) } else { body(&sections[sections.count - 1]) }
    }

    var current: Section { sections.last ?? overview }

    // MARK: Headings

    private mutating func open(_ pillar: Pillar, _ grade: Grade?, _ line: SourceLine) {
        flushLeadIn(line)
        mode = .findings
        // A line of the summary may be one word; only a heading comes between sections.
        self.pillar = pillar
        if !pillars.contains(pillar) { pillars.append(pillar) }
        if let grade { addOverall(grade) }
        if sections.contains(where: \.hasBody) { closeSection(line) }
    }

    /// Text after the heading of a new pillar, or of the whole report, belongs to no question until one is asked.
    private mutating func closeSection(_ line: SourceLine) {
        sections.append(Section(text: "", line: line.number, pillar: pillar))
    }

    private mutating func open(_ text: String, _ badge: Grade?, _ line: SourceLine) {
        flushLeadIn(line)
        mode = .findings
        if let head = headings.pillar(ofQuestion: text, force: title.force ?? "") {
            pillar = head
            if !pillars.contains(head) { pillars.append(head) }
            if let badge { addOverall(badge) }
            if !sections.isEmpty { closeSection(line) }
            return
        }
        var section = Section(text: text, line: line.number, pillar: pillar)
        section.badge = badge
        section.isArea = !text.hasSuffix("?")
        sections.append(section)
    }

    private mutating func addOverall(_ grade: Grade) {
        guard let pillar = pillar ?? (title.isIntegrated ? .integrated : nil) else { return }
        if !overallGrades.contains(where: { $0.pillar == pillar }) {
            overallGrades.append(OverallGrade(pillar: pillar, grade: grade))
        }
    }

    private mutating func take(_ line: GradeLine, _ source: SourceLine) {
        flushLeadIn(source)
        if line.isOverall || current.text.isEmpty {
            if let grade = line.grade { addOverall(grade) }
            return
        }
        let isFirst = !current.hasBody || line.isLabelled
        // Below a line we do not know, a grade may be that line's.
        guard isFirst, !followsUnknown, current.badge == nil, !current.isUngraded else {
            setAside.append(SetAside(line: source.number, text: source.text, reason: .doubtfulGrade))
            return
        }
        change { section in
            section.badge = line.grade
            section.isUngraded = line.grade == nil
        }
    }

    // MARK: Text

    private mutating func takeText(_ line: SourceLine, _ index: Int) {
        if isAround {
            guard speaksOfForce(line.text) else {
                setAside.append(SetAside(line: line.number, text: line.text, reason: .surroundings))
                return
            }
            isAround = false
        }
        if mode == .findings { takeFinding(line, index) } else { takeBlock(line, index) }
    }

    private func speaksOfForce(_ text: String) -> Bool {
        let lower = text.lowercased()
        let name = ForceName.key(title.force ?? "")
        return ["the force", "the constabulary", "officers", "\(name) police", "\(name) constabulary"]
            .contains(where: lower.contains)
    }

    mutating func takeFinding(_ line: SourceLine, _ index: Int) {
        if line.isBullet {
            addBullet(line)
            return
        }
        if let lead = leadIn, startsLowercase(line.text) {
            leadIn = lead
            addBullet(line)
            return
        }
        flushLeadIn(line)
        let next = index + 1 < lines.count && landmarks[index + 1] == .text && lines[index + 1].isBullet
        if !isSentence(line.text), !line.text.hasSuffix(":"), !next {
            setAside.append(SetAside(line: line.number, text: line.text, reason: .unknownLine))
            followsUnknown = true
            return
        }
        if takeCarried(line.text) { return }
        addParagraph(line, leadsIn: line.text.hasSuffix(":") || next)
    }

    func startsLowercase(_ text: String) -> Bool {
        text.unicodeScalars.first?.properties.isLowercase ?? false
    }

    /// A sentence ends like one. A long line without an end is taken as one that lost its full stop, and so is one that
    /// says something of the force: later reports print their findings as headings.
    func isSentence(_ text: String) -> Bool {
        var end = text[...]
        while let last = end.last, "’”\"')".contains(last) { end.removeLast() }
        if let last = end.last, ".!;".contains(last) { return true }
        if text.utf8.count >= 80 { return true }
        return speaksOfForce(text) && text.split(separator: " ").count >= 5
    }

    private mutating func takeCarried(_ text: String) -> Bool {
        guard !current.text.isEmpty, current.paragraphs < 2, current.carried == nil else { return false }
        let carried = CarriedGrade(text, year: year)
        guard carried != nil || CarriedGrade.saysNotInspected(text) else { return false }
        change { section in
            section.carried = carried
            section.notInspected = [section.notInspected, text].compactMap { $0 }.joined(separator: " ")
        }
        return true
    }

    mutating func addParagraph(_ line: SourceLine, leadsIn: Bool) {
        var sentences = Sentences.of(line.text)
        if leadsIn, let last = sentences.last, last.utf8.count <= SectionReader.longestLeadIn {
            leadIn = last
            leadInIsBad = Shortcoming.isNamed(in: last)
            sentences.removeLast()
        }
        let number = line.number
        change { section in
            for (index, sentence) in sentences.enumerated() {
                let finding = Finding(kind: .statement, leadIn: nil, text: sentence)
                section.findings.append((finding, section.paragraphs, index, number))
            }
            section.paragraphs += 1
        }
        leadInIsUsed = false
    }

    var leadInIsUsed = false
    private var leadInIsBad = false
    /// Longer words do not lead into a list; repeated before each bullet they would only swell the report.
    static let longestLeadIn = 600

    private mutating func addBullet(_ line: SourceLine) {
        let text = BulletText.trimmed(line.text)
        guard !text.isEmpty else { return }
        leadInIsUsed = true
        let lead = leadIn
        let isBad = (lead != nil && leadInIsBad) || Shortcoming.isNamed(in: text)
        let kind: Finding.Kind = isBad ? .toImprove : lead == nil ? .statement : .strength
        change { section in
            section.findings.append((Finding(kind: kind, leadIn: lead, text: text), section.paragraphs, 0, line.number))
        }
    }

    /// Words that were to lead into a list and led into none are a finding of their own.
    mutating func flushLeadIn(_ line: SourceLine) {
        defer { (leadIn, leadInIsUsed) = (nil, false) }
        guard let lead = leadIn, !leadInIsUsed else { return }
        change { section in
            let finding = Finding(kind: .statement, leadIn: nil, text: lead)
            section.findings.append((finding, max(section.paragraphs - 1, 0), 0, line.number))
        }
    }
}

/// The text of a bullet without the joints of its list.
enum BulletText {
    private static let joints = ["; and", ", and", "; or", ";", ","]

    static func trimmed(_ text: String) -> String {
        for joint in joints where text.hasSuffix(joint) {
            return String(text.dropLast(joint.count)).trimmingSpaces()
        }
        return text
    }
}
