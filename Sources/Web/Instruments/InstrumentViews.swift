import Instruments
import Kernel
import Pages

/// The page of one version in one language.
struct InstrumentViews {
    let version: InstrumentVersion
    let language: String

    static func name(_ version: InstrumentVersion) -> String {
        let from = "\(version.version), from \(LondonTime.inWords(version.from))"
        return version.until.map { "\(from) until \(LondonTime.inWords($0.adding(days: -1)))" } ?? from
    }

    static func standing(_ version: InstrumentVersion) -> String {
        switch version.standing {
        case .published: "Published"
        case .unofficial: "Unofficial"
        case .local: "Our own"
        }
    }

    func page(of instrument: Instrument, on day: Day) -> InstrumentPage {
        InstrumentPage(
            name: version.title.text(in: language), language: language, facts: facts(on: day), notes: version.notes,
            versions: instrument.versions.map { other in
                InstrumentPage.Link(
                    InstrumentViews.name(other), InstrumentViews.address(other.key),
                    isCurrent: other.version == version.version)
            },
            languages: version.languages.map { code in
                InstrumentPage.Link(
                    InstrumentViews.languageName(code),
                    InstrumentViews.address(version.key).adding("language", code), isCurrent: code == language)
            },
            sections: version.sections.map(part), followUpSets: version.followUpSets.map(part),
            grades: version.grades.map { grade in
                SummaryRow(
                    grade.label.text(in: language),
                    grade.meaning.text(in: language) + (grade.note.hasPrefix("†") ? " †" : ""))
            }, isUnofficial: version.standing == .unofficial)
    }

    private static func address(_ key: InstrumentVersion.Key) -> WebAddress {
        let base: WebAddress = "/instruments/\(key.id)"
        return base.adding("version", key.version)
    }

    private static func languageName(_ code: String) -> String {
        ["en": "English", "cy": "Cymraeg (Welsh)"][code] ?? code
    }

    private func facts(on day: Day) -> [SummaryRow] {
        let state =
            version.holds(on: day)
            ? "In force" : version.from > day ? "Not in force yet" : "No longer in force; what was answered in it stays"
        return [
            SummaryRow("Where it is used", version.use.text(in: language)),
            SummaryRow("Version", InstrumentViews.name(version)), SummaryRow("State", state),
            SummaryRow("Standing", InstrumentViews.standing(version)), SummaryRow("Source", version.source),
            SummaryRow("Topics", String(version.topics.count)),
        ]
            + version.scoring.map {
                SummaryRow("Counted", $0.title.text(in: language) + ($0.note.isEmpty ? "" : ". \($0.note)"))
            }
    }

    private func part(_ section: QuestionSection) -> InstrumentPage.Part {
        InstrumentPage.Part(
            title: section.title.text(in: language), help: section.help?.text(in: language) ?? "",
            questions: section.questions.map(asked))
    }

    private func part(_ set: FollowUpSet) -> InstrumentPage.Part {
        InstrumentPage.Part(
            title: set.title.text(in: language) + (set.isConfirmed ? "" : " †"),
            help: set.help?.text(in: language) ?? "", questions: set.questions.map(asked), source: set.source)
    }

    private func asked(_ question: Question) -> InstrumentPage.Asked {
        let label = question.label.text(in: language)
        let names = question.names?.text(in: language)
        return InstrumentPage.Asked(
            id: "q-\(question.id)", legend: question.number.map { "\($0). \(label)" } ?? label,
            help: question.help?.text(in: language) ?? "", choices: choices(question),
            wants: question.isCritical ? names.map { "It records \($0): write it in the person’s own words." } : nil,
            isCritical: question.isCritical, isUnconfirmed: !question.isConfirmed,
            followUps: question.followUps.compactMap { version.followUpSet($0.set)?.title.text(in: language) })
    }

    private func choices(_ question: Question) -> [Choice] {
        let own: [Choice]
        switch question.kind {
        case .text: return []
        case .yesNo: own = [Choice("yes", "Yes"), Choice("no", "No")]
        case .scale:
            own = (version.scale(of: question)?.values ?? []).map { Choice($0.id, $0.label.text(in: language)) }
        }
        return own + [
            Choice("not-known", "Not known"), Choice("declined", "Declined to answer"),
            Choice("not-asked", "Not asked", hint: "Say why"),
        ]
    }
}
