/// Other systems that are told when something changes.
public struct WebhooksPage: PageModel {
    public struct Webhook: Sendable {
        public var id: String
        public var address: String
        public var topics: String
        public var person: String
        public var state = ""
        public var kind = Html.TagKind.neutral
        public var isLost = false

        public init(id: String, address: String, topics: String, person: String) {
            (self.id, self.address, self.topics, self.person) = (id, address, topics, person)
        }
    }

    public var webhooks: [Webhook]
    /// What this person may tell others of.
    public var topics: [Choice]
    /// Where the house may send.
    public var hosts: [String]
    public var address: String
    public var chosen: Set<String>
    public var errors: FieldErrors

    public init(
        webhooks: [Webhook], topics: [Choice], hosts: [String], address: String = "", chosen: Set<String> = [],
        errors: FieldErrors = .none
    ) {
        (self.webhooks, self.topics, self.hosts) = (webhooks, topics, hosts)
        (self.address, self.chosen, self.errors) = (address, chosen, errors)
    }

    public var title: String { "Webhooks" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            """
            Another system is told that a record changed: its name, kind, version and the time, never what it says. \
            What you may no longer see, it is no longer told of, and each message is in the access log.
            """)
        list(&html, frame)
        form(&html, frame)
    }

    private func form(_ html: inout Html, _ frame: Frame) {
        html.h2("Tell another system")
        guard !topics.isEmpty else {
            return html.p("Only somebody who may disclose a kind of record can tell others of it.")
        }
        guard !hosts.isEmpty else {
            return html.p("Nothing may be sent yet. Whoever runs Holdfast lists the hosts: serve --webhook-host.")
        }
        html.form(to: "/webhooks", frame.token) { html in
            html.textField(
                "address", "Its address", hint: "On one of these hosts: \(hosts.joined(separator: ", "))",
                value: address, error: errors["address"])
            html.checkboxes("topics", "Tell it of", choices: topics, chosen: chosen, error: errors["topics"])
            html.submit("Make the webhook")
        }
    }

    private func list(_ html: inout Html, _ frame: Frame) {
        guard !webhooks.isEmpty else { return html.p("No other system is told.") }
        html.table(
            caption: "Who is told",
            columns: [
                .header("Address") { webhook, html in html.text(webhook.address) },
                .text("Of") { $0.topics },
                .text("Made by") { $0.person },
                .cell("State") { webhook, html in html.tag(webhook.state, webhook.kind) },
                .cell("Act") { webhook, html in
                    let hidden = [(name: "webhook", value: webhook.id)]
                    if webhook.isLost {
                        html.postButton("Send again", to: "/webhooks/again", frame.token, hidden: hidden)
                    }
                    html.postButton("End webhook", to: "/webhooks/end", frame.token, hidden: hidden)
                },
            ], rows: webhooks, narrow: .stacks)
    }
}

/// A new webhook with its secret, shown once.
public struct NewWebhookPage: PageModel {
    public var address: String
    public var secret: String

    public init(address: String, secret: String) { (self.address, self.secret) = (address, secret) }

    public var title: String { "Your webhook" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Webhooks", "/webhooks")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: address)
        html.p("With this secret the other system checks that a message is ours. Put it where only it can read it.")
        html.p { $0.code(secret, .class("secret")) }
        html.warning("This page will not show it again.")
        html.p { $0.a("Back to webhooks", to: "/webhooks") }
    }
}
