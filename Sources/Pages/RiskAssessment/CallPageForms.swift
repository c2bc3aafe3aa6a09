/// What is written on the page of a call, each a form of its own.
extension CallPage {
    func vulnerability(_ html: inout Html, _ token: FormToken) {
        html.h2("Is anybody vulnerable?")
        html.p("To check and to flag are two things. Only a flag reaches whoever goes there.")
        if !checks.isEmpty { html.summaryList(checks) }
        guard canWrite else { return }
        let isWrong = ["outcome", "looked", "check-words"].contains { errors[$0] != nil }
        html.details(checks.isEmpty ? "Check" : "Check again", isOpen: checks.isEmpty || isWrong) { html in
            html.form(to: "\(base)/check", token, isGuarded: true) { checking(&$0) }
        }
        let isFlagWrong = ["kinds", "flag-words"].contains { errors[$0] != nil }
        html.details(standing.isEmpty ? "Flag" : "Another flag", isOpen: lacksFlag || isFlagWrong) { html in
            html.form(to: "\(base)/flag", token, isGuarded: true) { flagging(&$0) }
        }
        guard !standing.isEmpty else { return }
        html.details("Withdraw a flag", isOpen: errors["withdraw-reason"] != nil) { html in
            html.form(to: "\(base)/flag", token, isGuarded: true) { html in
                html.select(
                    "withdraw", "Which", options: standing, chosen: typed.texts["withdraw"] ?? standing.first?.value)
                html.textArea(
                    "withdraw-reason", "Why it does not hold", value: text("withdraw-reason"),
                    error: errors["withdraw-reason"], rows: 2)
                html.submit("Withdraw it", .warning)
            }
        }
    }

    private func text(_ name: String) -> String { typed.texts[name] ?? "" }

    private func checking(_ html: inout Html) {
        html.radios(
            "outcome", "What you found", choices: lists.outcomes, chosen: text("outcome"), error: errors["outcome"])
        html.checkboxes(
            "looked", "What you looked at", choices: lists.looked, chosen: typed.chosen["looked"] ?? [],
            error: errors["looked"])
        html.textArea(
            "check-words", "In your own words", value: text("check-words"), error: errors["check-words"], rows: 3)
        html.submit("Save the check")
    }

    private func flagging(_ html: inout Html) {
        html.checkboxes(
            "kinds", "Why somebody is vulnerable", choices: lists.kinds, chosen: typed.chosen["kinds"] ?? [],
            error: errors["kinds"])
        html.textArea(
            "flag-words", "Who, and what to do or not to do at the door",
            hint: "Whoever goes reads this first, on a telephone.", value: text("flag-words"),
            error: errors["flag-words"], rows: 3)
        html.submit("Flag it")
    }

    func attending(_ html: inout Html, _ token: FormToken) {
        html.h2("Who attends")
        if going.isEmpty {
            html.p("Nobody was sent yet.")
        } else {
            html.table(
                caption: "Who attends", isCaptionHidden: true, columns: CallPage.goingColumns, rows: going,
                narrow: .stacks)
        }
        guard canWrite else { return }
        html.form(to: "\(base)/attending", token) { html in
            html.select(
                "who", "Send", options: [Choice("", "Choose somebody")] + lists.people, chosen: text("who"),
                error: errors["who"])
            html.submit("Send", .secondary, name: "step", value: "send")
        }
        guard !awaited.isEmpty else { return }
        html.details("Somebody arrived", isOpen: ["arrived-who", "arrived-time"].contains { errors[$0] != nil }) {
            html in
            html.form(to: "\(base)/attending", token) { html in
                html.select(
                    "arrived-who", "Who", options: awaited, chosen: text("arrived-who"), error: errors["arrived-who"])
                html.textField(
                    "arrived-time", "At what time", hint: "Such as 21:40", value: text("arrived-time"),
                    error: errors["arrived-time"], width: .short)
                html.submit("Save the arrival", .secondary, name: "step", value: "arrival")
            }
        }
    }

    private static var goingColumns: [Column<Going>] {
        [
            .header("Who") { going, html in html.text(going.name) },
            .text("Sent") { $0.sent },
            .cell("Has seen the flag") { going, html in
                if going.isSeen { html.text(going.seen) } else { html.tag(going.seen, .attention) }
            },
            .text("Arrived") { $0.arrived },
        ]
    }

    func ordering(_ html: inout Html, _ token: FormToken) {
        guard isOpen else { return }
        let isWrong = ["order", "order-words", "order-until"].contains { errors[$0] != nil }
        html.details("Write down what you found of orders and bail", isOpen: isWrong) { html in
            html.form(to: "\(base)/orders", token, isGuarded: true) { html in
                html.radios(
                    "order", "What you found", choices: lists.orders, chosen: text("order"), error: errors["order"])
                html.textArea(
                    "order-words", "Against whom, what it forbids, where you looked", value: text("order-words"),
                    error: errors["order-words"], rows: 2)
                html.dateField(
                    "order-until", "Its last day, if you know it",
                    value: TypedDate(
                        day: text("order-until-day"), month: text("order-until-month"), year: text("order-until-year")),
                    error: errors["order-until"])
                html.submit("Save what you found")
            }
        }
    }

    func closing(_ html: inout Html, _ token: FormToken) {
        html.h2(isOpen ? "Close the call" : "Open it again")
        html.form(to: "\(base)/closing", token, isGuarded: true) { html in
            html.textArea(
                "closing-words", isOpen ? "How it ended" : "Why", value: text("closing-words"),
                error: errors["closing-words"], rows: 2)
            html.submit(
                isOpen ? "Close it" : "Open it again", .secondary, name: "step", value: isOpen ? "close" : "open")
        }
    }
}
