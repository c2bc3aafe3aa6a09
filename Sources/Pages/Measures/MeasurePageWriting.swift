import Kernel

/// How the page of a measure is written.
extension MeasurePage {
    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "Measure")
        if let latest { writeLatest(&html, latest) }
        html.measureQuestion(question, errors)
        writeKept(&html)
        writePicture(&html)
        writeNotes(&html)
        writeTable(&html)
        writeDownloads(&html)
        html.h2("What this figure is")
        html.summaryList(definition)
        writeRebase(&html)
    }

    private func writeLatest(_ html: inout Html, _ latest: MeasureChartView.Latest) {
        html.p(.class("lead")) { html in
            html.text(latest.sentence)
            html.text(" ")
            if latest.signal != nil { html.tag(latest.state, latest.kind) }
        }
    }

    private func writeKept(_ html: inout Html) {
        if let day = Day(question.known) {
            html.p { html in
                html.text("As it was known at the end of \(LondonTime.inWords(day)). ")
                html.a("Show what is known now", to: question.now)
            }
        }
        guard !question.kept.isEmpty else { return }
        html.ul(.class("kept")) { html in
            for kept in question.kept {
                html.li { html in
                    html.text("Only \(kept.words). ")
                    html.a(to: kept.without) { html in
                        html.text("Show all")
                        html.span(" instead of only \(kept.words)", .class("unseen"))
                    }
                }
            }
        }
    }

    private func writePicture(_ html: inout Html) {
        switch picture {
        case .chart(let chart):
            html.h2("Chart")
            html.controlChart(chart)
            if chart.signals.isEmpty { html.p("No signal: the figures vary as they usually do.") }
            html.details("Which chart this is, and why") { html in
                for explanation in explanations { html.p(explanation) }
                html.p(
                    "Points between the limits vary as they usually do: they give no reason to ask what happened that "
                        + "month. A signal does. It is a question, not a finding.")
            }
        case .bars(let bars, let drawn, let total):
            writeBars(&html, bars, drawn, total)
        case .none:
            let reason = notes.isEmpty ? "Choose other months, or load more files." : notes.joined(separator: " ")
            html.empty("There is no figure to draw.", reason) { html in
                if let load = ways.load { html.buttonLink("Load files", to: load) }
            }
        }
    }

    private func writeBars(_ html: inout Html, _ bars: RankedBarsModel, _ drawn: Int, _ total: Int) {
        html.h2("By \(headings.pointInSentence)")
        if points.contains(where: \.isSmall) {
            html.warning("Some of these counts are small, and small counts jump about. Look at the likely range first.")
        }
        html.p("If two likely ranges overlap a lot, the two may well be the same: do not rank one above the other.")
        if drawn < total { html.p("The first \(drawn) of \(Figure.whole(total)) are drawn. The table holds them all.") }
        html.rankedBars(bars)
    }

    private func writeNotes(_ html: inout Html) {
        // Without a picture they stand in its place.
        if case .none = picture { return }
        guard !notes.isEmpty else { return }
        html.h2("Read this with the figures")
        html.ul { html in
            for note in notes { html.li(note) }
        }
        if let load = ways.load { html.p { $0.a("See which data is held, or load more", to: load) } }
    }

    private func writeDownloads(_ html: inout Html) {
        guard let csv = ways.csv, let json = ways.json, !points.isEmpty else { return }
        html.h2("Take the figures with you")
        html.p(
            "Small counts are left out of these files, so that nobody can be told from them. It is kept on record that "
                + "you took them.")
        html.buttonGroup { html in
            html.buttonLink("Download CSV", to: csv, .secondary)
            html.buttonLink("Download JSON", to: json, .secondary)
        }
    }

    private func writeRebase(_ html: inout Html) {
        guard let rebase = ways.rebase else { return }
        html.h2("Limits")
        html.p(
            "When the work itself changed, such as a new recording rule, the limits can start again from that month.")
        html.p { $0.a("Start the limits again, or see who did", to: rebase) }
    }
}

extension Html {
    mutating func measureQuestion(_ question: MeasureQuestionForm, _ errors: FieldErrors) {
        let anyMonth = { (words: String) in [Choice("", words)] + question.months }
        searchForm(to: question.address, label: "What to show") { html in
            html.select("by", "Show by", options: question.bys, chosen: question.by, error: errors["by"])
            if !question.only.isEmpty {
                let isFree = question.kept.isEmpty
                html.select(
                    "only", isFree ? "Only" : "And only",
                    options: [Choice("", isFree ? "Everything" : "Nothing more")] + question.only, error: errors["only"]
                )
            }
            if !question.months.isEmpty {
                html.select(
                    "from", "From", options: anyMonth("The first month"), chosen: question.from, error: errors["from"])
                html.select(
                    "until", "To", options: anyMonth("The last month"), chosen: question.until, error: errors["until"])
            }
            html.textField(
                "known", "As known on", hint: "A past day, such as 2025-06-30", value: question.known,
                error: errors["known"], width: .medium, maxlength: 10)
            for kept in question.kept { html.hiddenField(kept.name, kept.value) }
            html.submit("Show", .secondary)
        }
    }
}
