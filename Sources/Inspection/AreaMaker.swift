import Kernel

/// Makes the records of what a report asks for. The same report always makes the same records.
struct AreaMaker {
    let report: InspectionReport
    let id: Identifier<InspectionReport>

    func areas() -> [(Identifier<AreaForImprovement>, AreaForImprovement)] {
        var made: [(Identifier<AreaForImprovement>, AreaForImprovement)] = []
        func add(_ source: AreaForImprovement.Source, _ question: String, _ title: String?, _ text: String) {
            let number = made.count + 1
            guard let id = identifier("\(number)") else { return }
            made.append((id, area(source, question, number, title, text)))
        }
        for question in report.draft.questions {
            for item in question.areasForImprovement { add(.areaForImprovement, question.text, item.title, item.text) }
            for concern in question.causesOfConcern {
                for text in concern.recommendations { add(.recommendation, question.text, concern.text.first, text) }
            }
        }
        for item in report.draft.areasOutside { add(.areaForImprovement, "", item.title, item.text) }
        for concern in report.draft.causesOfConcernOutside {
            for text in concern.recommendations { add(.recommendation, "", concern.text.first, text) }
        }
        return made
    }

    /// The record for a finding; numbered after everything the report asks for itself.
    func followed(question: Int, finding: Int) -> (Identifier<AreaForImprovement>, AreaForImprovement)? {
        let questions = report.draft.questions
        guard questions.indices.contains(question), questions[question].findings.indices.contains(finding),
            let id = identifier("q\(question + 1)-f\(finding + 1)")
        else { return nil }
        let text = questions[question].findings[finding].full
        return (id, area(.finding, questions[question].text, 1000 + question * 1000 + finding, nil, text))
    }

    private func identifier(_ suffix: String) -> Identifier<AreaForImprovement>? {
        Identifier("area-\(report.digest.prefix(32))-\(suffix)")
    }

    private func area(
        _ source: AreaForImprovement.Source, _ question: String, _ number: Int, _ title: String?, _ text: String
    ) -> AreaForImprovement {
        AreaForImprovement(
            source: source, report: id, reportTitle: report.title, question: question, number: number, title: title,
            text: text, owner: nil, due: nil, statuses: [], measures: [], evidence: [], later: [])
    }
}
