/// What the house holds of the people before somebody asks or goes there.
public struct KnownHistory: Sendable {
    /// “Medium, 3 March 2026, 21:40”; nil where there is none.
    public var lastGrade: String?
    public var warnings: [String] = []
    public var months = 24
    public var earlier: [TaskItem] = []
    /// How many are older than that.
    public var older = 0
    public var calls: [TaskItem] = []
    public var assessments: [TaskItem] = []
    /// Also those that are not shown.
    public var counted = (calls: 0, assessments: 0)
    /// In force, as they were written down at a call.
    public var orders: [String] = []
    /// When somebody last looked for orders; nil where nobody did.
    public var ordersLooked: String?
    /// Of whom it is sealed how to reach them, with where to open it.
    public var sealed: [(name: String, address: WebAddress)] = []
    public var children: [(name: String, address: WebAddress)] = []

    public init() {}

    func write(_ html: inout Html) {
        html.h2("What is already known")
        for warning in warnings { html.warning(warning) }
        html.summaryList([
            SummaryRow("Last grade", lastGrade ?? "None that you may see"),
            SummaryRow(
                "Earlier calls and assessments",
                "\(Figure.count(counted.calls, "call", "calls")), "
                    + Figure.count(counted.assessments, "assessment", "assessments")),
        ])
        contact(&html)
        home(&html)
        inForce(&html)
        list("Occurrences of the last \(months) months", earlier, "None that you may see.", &html)
        if older > 0 { html.p("\(Figure.count(older, "older one", "older ones")): see each person’s own page.") }
        list("Earlier calls", calls, "None that you may see.", &html)
        list("Earlier assessments", assessments, "None that you may see.", &html)
    }

    private func contact(_ html: inout Html) {
        guard !sealed.isEmpty else { return }
        html.h3("A safe way to reach her is sealed")
        html.p("There may be a codeword in it. It is not shown here: open it with a reason before you ring or knock.")
        html.ul(.class("links")) { html in
            for one in sealed { html.li { $0.a("Open it: \(one.name)", to: one.address) } }
        }
    }

    private func home(_ html: inout Html) {
        html.h3("Children")
        guard !children.isEmpty else { return html.p("None is known. Ask, and look.") }
        html.ul(.class("links")) { html in
            for child in children { html.li { $0.a(child.name, to: child.address) } }
        }
    }

    private func inForce(_ html: inout Html) {
        html.h3("Orders and bail")
        html.p("Holdfast does not hold them: look in the force’s own system. What was written down at a call is here.")
        if orders.isEmpty {
            html.p(ordersLooked.map { "Last looked up \($0): none in force was written down." } ?? "Nobody looked yet.")
        } else {
            html.ul { html in for order in orders { html.li(order) } }
        }
    }

    private func list(_ title: String, _ tasks: [TaskItem], _ none: String, _ html: inout Html) {
        html.h3(title)
        if tasks.isEmpty { html.p(none) } else { html.taskList(tasks) }
    }
}
