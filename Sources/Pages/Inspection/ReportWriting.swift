/// Writes what was read in a report.
extension Html {
    /// `address` is the report's own, once it is kept: findings can then be followed up.
    mutating func report(_ report: ReportView, address: WebAddress? = nil, _ token: FormToken) {
        if !report.overall.isEmpty {
            h2("Overall")
            ul { html in
                for overall in report.overall {
                    html.li { html in
                        html.text("\(overall.pillar.capitalisedFirst) ")
                        html.gradeTag(overall.grade)
                    }
                }
            }
        }
        if !report.overview.isEmpty {
            details("What the report says before its questions") { html in
                for sentence in report.overview { html.p(sentence) }
            }
        }
        for (index, question) in report.questions.enumerated() {
            self.question(question, number: index + 1, address, token)
        }
        if !report.areasOutside.isEmpty {
            h2("Areas for improvement outside any question")
            areaTexts(report.areasOutside)
        }
        causes(report.causesOutside)
    }

    private mutating func question(
        _ question: ReportView.Question, number: Int, _ address: WebAddress?, _ token: FormToken
    ) {
        section(.id("question-\(number)")) { html in
            html.h2("\(number). \(question.text)")
            html.gradeBlock(question.grade, statement: question.statement)
            if !question.areas.isEmpty {
                html.h3("Areas for improvement (\(question.areas.count))")
                html.areaTexts(question.areas)
            }
            html.causes(question.causes)
            html.findings("What the force does well", question.strengths, address, token)
            html.findings("What must improve", question.toImprove, address, token)
            if !question.findings.isEmpty {
                html.details("All other findings (\(question.findings.count))") { html in
                    html.findings(nil, question.findings, address, token)
                }
            }
            if let trend = question.trend { html.gradeTrend(trend, id: "trend-\(number)") }
        }
    }

    private mutating func causes(_ causes: [ReportView.Cause]) {
        for cause in causes {
            h3("Cause of concern")
            inset { html in
                for paragraph in cause.text { html.p(paragraph) }
            }
            if !cause.recommendations.isEmpty { areaTexts(cause.recommendations) }
        }
    }

    private mutating func areaTexts(_ areas: [ReportView.AreaText]) {
        for area in areas {
            div { html in
                html.inset { html in
                    if let title = area.title { html.p { $0.strong(title) } }
                    html.blockquote { $0.lines(area.text) }
                }
                if let work = area.work { html.areaWork(work) }
            }
        }
    }

    private mutating func areaWork(_ work: AreaLine) {
        p { html in
            html.a(to: "/areas/\(work.id)") { html in
                html.text("Work on this area")
                html.span(": \(work.title)", .class("unseen"))
            }
            html.text(" · \(work.owner ?? "Nobody owns it yet") · \(work.dueWords) ")
            html.tag(work.state, work.kind)
        }
    }

    /// Bullets that share their lead-in stand under it once.
    private mutating func findings(
        _ title: String?, _ findings: [ReportView.Finding], _ address: WebAddress?, _ token: FormToken
    ) {
        guard !findings.isEmpty else { return }
        if let title { h3(title) }
        var rest = findings[...]
        while let first = rest.first {
            let group = rest.prefix { $0.leadIn == first.leadIn }
            if let leadIn = first.leadIn { p(leadIn) }
            ul { html in
                for finding in group {
                    html.li { html in
                        html.text(finding.text)
                        html.follow(finding, address, token)
                    }
                }
            }
            rest = rest.dropFirst(group.count)
        }
    }

    private mutating func follow(_ finding: ReportView.Finding, _ address: WebAddress?, _ token: FormToken) {
        switch finding.follow {
        case .made(let area):
            text(" ")
            a("You follow this up", to: area)
        case .offered(let question, let index):
            guard let address else { return }
            form(to: "\(address)/followed", token) { html in
                html.hiddenField("question", String(question))
                html.hiddenField("finding", String(index))
                html.button(.type("submit"), .class("button", "button-secondary")) { html in
                    html.text("Follow this up")
                    html.span(": \(finding.text)", .class("unseen"))
                }
            }
        case nil: break
        }
    }

    /// What was not understood, in full: nothing is left out silently.
    mutating func setAside(_ lines: [ReportView.SetAsideLine], isOpen: Bool) {
        h2("What we did not understand")
        guard !lines.isEmpty else { return p("Nothing: every line has its place.") }
        p("\(Figure.count(lines.count, "line was", "lines were")) set aside. Nothing was made up from them.")
        details("See every line that was set aside", isOpen: isOpen) { html in
            html.table(
                caption: "Lines set aside", isCaptionHidden: true,
                columns: [
                    .header("Line") { line, html in html.text(Figure.whole(line.line)) },
                    .text("What it says") { $0.text },
                    .text("Why it was set aside") { $0.reason.capitalisedFirst },
                ], rows: lines, narrow: .stacks)
        }
    }
}
