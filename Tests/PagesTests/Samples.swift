import Kernel

@testable import Pages

/// Pages to test, full of text that tries to break out.
enum Sample {
    static let hostile = #""><script>alert('1')</script><img src=x onerror=alert(1)> & ' </textarea></title>"#

    static var frame: Frame {
        Frame(
            force: "Force \(hostile)", person: .init(name: "Name \(hostile)", standing: hostile),
            token: FormToken(hostile),
            navigation: [NavigationItem("Home", "/", isCurrent: true), NavigationItem(hostile, "/areas")],
            marking: Marking("OFFICIAL – SENSITIVE", handling: hostile), sampleData: "Sample data: invented people",
            notice: Notice(.success, hostile, hostile))
    }

    static var errors: FieldErrors {
        FieldErrors(
            Problem(
                .invalid, hostile, next: hostile,
                fields: ["user", "password", "owner", "due", "view", "measures", "pillar", "note", "file"].map {
                    .init($0, "Wrong: \($0) \(hostile)")
                }))
    }

    static func page(_ name: String) -> (any PageModel)? { pages.first { $0.0 == name }?.1 }

    static let pages: [(String, any PageModel)] = [
        ("sign in", SignInPage(userName: hostile, next: hostile)),
        (
            "sign in with a provider",
            SignInPage(
                next: hostile, providers: [.init(id: hostile, name: hostile)], left: .init(id: hostile, name: hostile))
        ),
        ("welcome back", WelcomeBackPage(next: "/")),
        ("sign-in trouble", SignInTroublePage(problem: Problem(.refused, hostile, next: hostile), reference: hostile)),
        ("second factor", SecondFactorPage(next: hostile)),
        ("choose a password", ChoosePasswordPage(name: hostile, userName: hostile, token: hostile)),
        ("connect an app", ConnectAppPage(name: hostile, token: hostile, secret: "JBSWY3DPEHPK3PXP")),
        ("people", AccountListPage(people: [person])),
        (
            "tokens",
            TokensPage(
                tokens: [.init(reference: hostile, name: hostile, scopes: hostile, seen: hostile, expires: hostile)],
                scopes: [Choice(hostile, hostile)], name: hostile, days: hostile)
        ),
        ("new token", NewTokenPage(name: hostile, secret: hostile)),
        ("log", log), ("log-head", logHead),
        ("home", home),
        ("empty home", HomePage(today: hostile, groups: [.init("Late", [])], ways: [])),
        ("error", ErrorPage(Problem(.failed, hostile, next: hostile), reference: hostile)),
        ("confirmation", ConfirmationPage(title: hostile, text: hostile, next: [hostile], links: [.home])),
        (
            "question",
            QuestionPage(
                title: hostile, text: hostile, warning: hostile, action: "/x", confirm: hostile, back: "/",
                hidden: ["id": hostile])
        ),
        ("conflict", conflict),
        ("everything", Everything()),
    ]

    static let home = HomePage(
        today: hostile,
        groups: [.init(hostile, [TaskItem(hostile, "/areas/1", detail: hostile, state: hostile, kind: .danger)])],
        ways: [.init(hostile, "/measures", hostile)])

    static let conflict = ConflictPage(
        subject: hostile, theirName: hostile, theirTime: hostile,
        fields: [
            ComparedField(name: "note", label: hostile, base: "a", mine: "b\nc", theirs: hostile),
            ComparedField(name: "owner", label: "Owner", base: "a", mine: "a", theirs: "b"),
            ComparedField(name: "due", label: "Due", base: "a", mine: "c", theirs: "c"),
        ], action: "/areas/1", version: 4, back: "/areas/1")

    static let person = AccountListPage.Person(
        id: hostile, name: hostile, userName: hostile, agency: hostile, roles: hostile, state: hostile, kind: .good)

    static let log = {
        var question = LogPage.Question()
        (question.record, question.user, question.person, question.operation) = (hostile, hostile, hostile, hostile)
        var entry = LogPage.Entry(
            number: hostile, proof: "/log/entries/1", when: hostile, user: hostile, who: hostile, agency: hostile,
            operation: hostile, purpose: hostile, what: hostile, record: hostile, detail: hostile, wasAllowed: false)
        entry.recipient = hostile
        var list = entry
        list.shown = [hostile, "b"]
        return LogPage(
            question: question, operations: [Choice(hostile, hostile)], entries: [entry, list],
            older: "/log?before=1", download: [("record", hostile)])
    }()

    static let logHead = {
        let head = LogHeadPage.Head(
            size: hostile, root: hostile, when: hostile, agencies: [hostile], text: "/log/heads/1")
        return LogHeadPage(
            latest: head, countersigned: head,
            witnesses: [.init(agency: hostile, key: hostile, isTaken: false)], key: hostile)
    }()
}

/// Every component once, each field with an error.
struct Everything: PageModel {
    var title: String { Sample.hostile }
    var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb(Sample.hostile, "/areas")] }
    var errors: FieldErrors { Sample.errors }
    var isWide: Bool { true }

    func main(_ html: inout Html, in frame: Frame) {
        let text = Sample.hostile
        html.heading(text, caption: text)
        html.form(to: "/areas/1", frame.token, isUpload: true, isGuarded: true) { html in
            html.textField("user", text, hint: text, value: text, error: errors["user"], kind: .email)
            html.textField("password", "Password", value: text, error: errors["password"], kind: .password)
            html.textField("owner", "Owner", error: errors["owner"])
            html.dateField("due", text, value: TypedDate(day: text), hint: text, error: errors["due"])
            html.radios("view", text, choices: choices, chosen: "a", hint: text, error: errors["view"])
            html.checkboxes("measures", text, choices: choices, chosen: ["b"], error: errors["measures"])
            html.select("pillar", text, options: choices, chosen: "b", error: errors["pillar"])
            html.textArea("note", text, hint: text, value: "\n\(text)", error: errors["note"], limit: 500)
            html.fileField("file", text, error: errors["file"], accept: ".csv")
            html.submit(text, .warning, name: "delete", to: "/areas/1/delete")
        }
        html.postButton(text, to: "/areas/1/close", frame.token, hidden: [("reason", text)])
        html.inset { $0.p(text) }
        html.warning(text)
        html.details(text) { $0.p(text) }
        html.summaryList([SummaryRow(text, "one\n\(text)", change: "/areas/1/edit")])
        html.timeline([TimelineEntry(when: text, machineWhen: text, title: text, who: text, text: text)])
        html.progress(text, done: 3, of: 9, words: text, poll: "/feeds/1/progress", again: "/feeds/1")
        html.empty(text, text) { $0.buttonLink(text, to: "/areas/new") }
        html.controlChart(Charts.chart)
        html.controlChartTable(Charts.chart, caption: text, numerator: text, denominator: text)
        html.rankedBars(Charts.bars)
    }

    private var choices: [Choice] { [Choice("a", Sample.hostile, hint: Sample.hostile), Choice("b", "B")] }
}

enum Charts {
    /// Four months: a value, a signal, no data, and new limits.
    static var chart: ControlChartModel {
        let start = Month(index: 2024 * 12 + 1)
        let values: [Double?] = [0.30, 0.40, nil, 0.25]
        let points = values.enumerated().map { index, value in
            ControlChartModel.Point(
                month: start.adding(months: index), value: value, numerator: value.map { Int(($0 * 1_320).rounded()) },
                denominator: value.map { _ in 1_320 }, centre: index < 3 ? 0.31 : 0.26, lower: 0.22, upper: 0.36,
                signal: index == 1 ? "Above the upper limit" : nil,
                rebase: index == 3 ? "a new rule. \(Sample.hostile)" : nil,
                address: "/measures/o16/points/\(start.adding(months: index))")
        }
        return ControlChartModel(
            title: "Share \(Sample.hostile)", summary: Sample.hostile, unit: .percent(decimals: 1),
            axis: "Share of outcomes", points: points)
    }

    static let bars = RankedBarsModel(
        title: Sample.hostile, unit: .number(decimals: 1, suffix: "per 1,000 people"), group: "Ward",
        measure: "Rate",
        bars: [
            .init(name: Sample.hostile, value: 10, low: 8, high: 12, numerator: 5, denominator: 500, address: "/w/1"),
            .init(name: "Small", value: nil, note: "Too few to show"),
        ])
}
