import Kernel

/// The parts of an area's page that show whether it gets better: measures and evidence.
extension AreaPage {
    func figures(_ html: inout Html) {
        html.h2("Linked measures")
        if area.measures.isEmpty {
            html.p("No measure is linked yet. A measure shows whether the work makes a difference.")
        }
        for figure in area.measures { self.figure(&html, figure) }
        if mayChange { html.p { $0.a("Link or unlink a measure", to: "\(area.address)/measures") } }
    }

    private func figure(_ html: inout Html, _ figure: AreaView.LinkedFigure) {
        if let view = figure.view {
            html.measureChart(view)
        } else {
            html.h3(figure.title)
            html.p(figure.problem ?? "No data yet.")
        }
        guard mayChange, figure.view?.latest != nil else { return }
        html.p { html in
            html.a(to: "\(area.address)/evidence?measure=\(figure.id)") { html in
                html.text("Quote a figure of this measure as evidence")
                html.span(": \(figure.title)", .class("unseen"))
            }
        }
    }

    func evidence(_ html: inout Html) {
        html.h2("Evidence")
        if area.evidence.isEmpty {
            html.p("No evidence is here yet. Add what shows whether this gets better, good or bad.")
        }
        for item in area.evidence { self.item(&html, item) }
        if mayChange { html.buttonLink("Add evidence", to: "\(area.address)/evidence", .secondary) }
    }

    private func item(_ html: inout Html, _ item: AreaView.Evidence) {
        html.article(.id(item.id)) { html in
            html.h3(item.claim)
            html.p { html in
                html.tag(item.marking, item.marking == "OFFICIAL" ? .neutral : .attention)
                html.text(" ")
                html.time(LondonTime.inWords(item.on), machine: item.on.description)
                html.text(" · added by \(item.by)")
            }
            if !item.figure.isEmpty {
                html.inset { html in
                    for line in item.figure { html.p(line) }
                    if let address = item.figureAddress { html.p { $0.a("See the measure as it is now", to: address) } }
                }
            }
            if let document = item.document {
                html.p { html in
                    html.a(document.name, to: document.address)
                    html.text(" (\(document.words))")
                }
            }
            if !item.realityTest.isEmpty {
                html.p { $0.strong("How it was tested against what really happens") }
                html.p { $0.lines(item.realityTest) }
            }
        }
    }

    private var mayChange: Bool { knownAt == nil && rights.canChange }
}
