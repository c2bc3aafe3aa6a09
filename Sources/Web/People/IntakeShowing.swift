import Kernel
import Ledger
import Pages
import People

/// From loads and agreements to what their pages show.
enum IntakeShowing {
    static func line(
        _ record: Record<SharingAgreement>, _ agencies: AgencyNames, on day: Day
    ) -> IntakeListPage.Agreement {
        .init(
            id: record.id.text, title: record.body.title, agency: agencies.name(record.body.agency),
            until: LondonTime.inWords(record.body.until), isLive: record.body.isLive(on: day))
    }

    static func line(_ record: Record<Intake>, _ agencies: AgencyNames, _ names: PeopleNames) -> IntakeListPage.Load {
        let (intake, counts) = (record.body, record.body.counts)
        return .init(
            id: record.id.text, when: LondonTime.inWords(record.at), file: intake.file,
            agency: agencies.name(intake.agency), who: names.name(record.author), created: counts.created,
            amended: counts.amended, rejected: counts.rejected, state: title(intake.state), kind: kind(intake.state))
    }

    private static func title(_ state: Intake.State) -> String {
        switch state {
        case .running: "Being loaded"
        case .done: "Done"
        case .stopped: "Stopped before the end"
        }
    }

    private static func kind(_ state: Intake.State) -> Html.TagKind {
        switch state {
        case .running: .information
        case .done: .good
        case .stopped: .attention
        }
    }

    static func progress(_ arrival: IntakeArrivals.Arrival) -> IntakeProgressPage {
        var page = IntakeProgressPage(id: arrival.id, file: arrival.file.name)
        switch arrival.stage {
        case .checking(let progress):
            page.words = "Checking: \(Figure.count(progress?.rows ?? 0, "row", "rows"))"
        case .loading(let progress?) where progress.stage == .loading:
            (page.done, page.total) = (progress.rows, progress.total)
            let left = progress.secondsLeft.map { ", about \(Figure.whole(Int($0.rounded(.up)))) seconds left" } ?? ""
            page.words =
                "\(Figure.whole(progress.rows)) of \(Figure.whole(progress.total ?? 0)) rows, "
                + "\(Figure.whole(Int(progress.rowsPerSecond))) a second\(left)"
        case .loading(let progress):
            page.words = "Checking once more: \(Figure.count(progress?.rows ?? 0, "row", "rows"))"
        case .columns, .checked, .done, .failed: break
        }
        return page
    }

    static func preview(
        _ arrival: IntakeArrivals.Arrival, _ survey: IntakeSurvey, _ agencies: AgencyNames
    ) -> IntakePreviewPage {
        IntakePreviewPage(
            id: arrival.id, file: arrival.file.name, agency: agencies.name(arrival.plan.agency), rows: survey.rows,
            rejected: survey.rejected, problem: survey.refusal?.description, notices: survey.notices,
            faults: survey.faults.prefix(100).map { .init(line: $0.line, words: $0.words) },
            samples: survey.samples.map(sample))
    }

    private static func sample(_ sample: IntakeSurvey.Sample) -> IntakePreviewPage.Sample {
        let person = sample.person
        return .init(
            line: sample.line, number: sample.number, name: person.name, born: person.born?.words ?? "",
            sex: person.sex?.value.title ?? "",
            place: person.addresses.last.map { address in
                (address.lines.split(separator: "\n").map(String.init) + [address.postcode]).filter { !$0.isEmpty }
                    .joined(separator: ", ")
            } ?? "", numbers: person.identifiers.map { "\($0.scheme) \($0.value)" }.joined(separator: ", "))
    }

    static func page(_ record: Record<Intake>, _ agencies: AgencyNames, _ names: PeopleNames) -> IntakeLoadPage {
        let (intake, counts) = (record.body, record.body.counts)
        let what = intake.what == nil ? "Persons" : "Assessments"
        return IntakeLoadPage(
            id: record.id.text, file: intake.file, when: LondonTime.inWords(record.at),
            who: names.name(record.author), state: title(intake.state), kind: kind(intake.state),
            isStopped: intake.state == .stopped,
            summary: [
                SummaryRow("Shared by", agencies.name(intake.agency)),
                SummaryRow("Rows read", Figure.whole(counts.read)),
                SummaryRow("\(what) added", Figure.whole(counts.created)),
                SummaryRow("\(what) changed", Figure.whole(counts.amended)),
                SummaryRow("As they were", Figure.whole(counts.unchanged)),
                SummaryRow("Rows rejected", Figure.whole(counts.rejected)),
            ], agreement: intake.agreement, notices: intake.notices,
            faults: intake.faults.map { .init(line: $0.line, words: $0.words) }, rejected: counts.rejected)
    }
}
