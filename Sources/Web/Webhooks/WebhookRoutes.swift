import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import Webhooks

/// Subscriptions of other systems: one's own, and everybody's for an administrator.
enum WebhookRoutes {
    static let all: [Route] = [
        .get("/webhooks", .everybody { try await show($0) }),
        .post("/webhooks", .everybody(make)),
        .post("/webhooks/end", .everybody { try await act($0, .ended) { _ = try await $0.end($1, as: $2) } }),
        .post(
            "/webhooks/again",
            .everybody { try await act($0, .sentAgain) { _ = try await $0.sendAgain($1, as: $2) } }),
    ]

    private static func show(
        _ visit: Visit, address: String = "", chosen: Set<String> = [], _ problem: Problem? = nil
    ) async throws -> Answer {
        let desk = visit.site.webhooks
        guard desk.mayLook(visit.actor) else {
            try await visit.site.ledger.note(
                Consultation(kind: "door", .account, .consultation, about: "/webhooks"), as: visit.actor, allowed: false
            )
            throw Problem.absent
        }
        let held = try await desk.webhooks(as: visit.actor)
        let names = try await PeopleNames.of(held.map(\.person), visit)
        let page = WebhooksPage(
            webhooks: held.map { line($0, names, desk) },
            topics: desk.topics.filter { $0.isOpen(to: visit.actor) }.map { Choice($0.name, $0.title) },
            hosts: desk.egress.hosts.sorted(), address: address, chosen: chosen, errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    private static func line(_ webhook: Webhook, _ names: PeopleNames, _ desk: WebhookDesk) -> WebhooksPage.Webhook {
        let topics = desk.topics.filter { webhook.topics.contains($0.name) }.map(\.title).joined(separator: ", ")
        var line = WebhooksPage.Webhook(
            id: webhook.id.text, address: webhook.address, topics: topics, person: names.name(webhook.person))
        switch webhook.state {
        case .active where webhook.attempts == 0: (line.state, line.kind) = ("Working", .good)
        case .active:
            let next = LondonTime.inWords(webhook.retryAt)
            (line.state, line.kind) = ("Trying again \(next). \(webhook.trouble)", .neutral)
        case .lost: (line.state, line.kind, line.isLost) = ("Lost: \(webhook.trouble)", .danger, true)
        }
        return line
    }

    @Sendable private static func make(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let topics = Set(form.all("topics"))
        do {
            let made = try await visit.site.webhooks.subscribe(form["address"], to: topics, as: visit.actor)
            return visit.show(NewWebhookPage(address: made.webhook.address, secret: made.secret ?? ""))
        } catch let problem as Problem where problem.code == .invalid {
            return try await show(visit, address: form["address"], chosen: topics, problem)
        }
    }

    private static func act(
        _ visit: Visit, _ done: Done,
        _ body: (WebhookDesk, Identifier<Webhooks.Webhook>, Actor) async throws -> Void
    ) async throws -> Answer {
        let form = try await visit.form()
        guard let id = Identifier<Webhooks.Webhook>(form["webhook"]) else { throw Problem.absent }
        try await body(visit.site.webhooks, id, visit.actor)
        return .redirect("/webhooks", done)
    }
}
