import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import RiskAssessment

/// What is written on the page of a call.
enum CallWriting {
    /// What was found leads on to the flag: nobody at the door reads a check.
    @Sendable static func check(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        return try await write(form, ["outcome", "check-words"], ["looked"], visit) { id in
            try await visit.calls.check(
                id, .init(rawValue: form["outcome"]), looked: form.all("looked"), words: form.text("check-words"),
                as: visit.actor)
        }
    }

    @Sendable static func flag(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        if form.has("withdraw") {
            return try await write(form, ["withdraw", "withdraw-reason"], [], visit) { id in
                try await visit.calls.withdraw(
                    id, flag: Int(form["withdraw"]) ?? 0, because: form.text("withdraw-reason"), as: visit.actor)
            }
        }
        return try await write(form, ["flag-words"], ["kinds"], visit) { id in
            try await visit.calls.flag(id, form.all("kinds"), words: form.text("flag-words"), as: visit.actor)
        }
    }

    @Sendable static func order(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let parts = ["order-until-day", "order-until-month", "order-until-year"]
        return try await write(form, ["order", "order-words"] + parts, [], visit) { id in
            let until = form.day("order-until")
            if until == nil, parts.contains(where: { !form[$0].isEmpty }) {
                throw Problem.fields([.init("order-until", "Enter a real date, or leave it out.")])
            }
            try await visit.calls.find(
                id, order: form["order"], words: form.text("order-words"), until: until, as: visit.actor)
        }
    }

    @Sendable static func close(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        return try await write(form, ["closing-words"], [], visit) { id in
            guard let isClosing = ["close": true, "open": false][form["step"]] else {
                throw Problem.fields([.init("closing-words", "Choose what to do.")])
            }
            try await visit.calls.close(id, isClosing, words: form.text("closing-words"), as: visit.actor)
        }
    }

    /// Writes; and shows the page again with what was typed where it cannot be taken.
    static func write(
        _ form: FormValues, _ texts: [String], _ lists: [String], _ visit: Visit,
        _ write: (Identifier<ReportedCall>) async throws -> Void
    ) async throws -> Answer {
        let record = try await visit.ownCall()
        do {
            try await write(record.id)
            return .redirect("/calls/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await CallShowing.page(try await visit.ownCall(), visit)
            for name in texts { page.typed.texts[name] = form.text(name) }
            for name in lists { page.typed.chosen[name] = Set(form.all(name)) }
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }
}
