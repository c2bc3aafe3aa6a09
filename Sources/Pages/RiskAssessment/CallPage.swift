/// One call, for whoever handles it: what is missing comes first.
public struct CallPage: PageModel {
    /// Somebody who attends.
    public struct Going: Sendable {
        public var name: String
        public var sent: String
        public var seen: String
        public var isSeen: Bool
        public var arrived: String

        public init(name: String, sent: String, seen: String, isSeen: Bool, arrived: String) {
            (self.name, self.sent, self.seen, self.isSeen) = (name, sent, seen, isSeen)
            self.arrived = arrived
        }
    }

    /// THRIVE as it stood at one time.
    public struct Judged: Sendable {
        public var title: String
        public var rows: [SummaryRow]

        public init(_ title: String, _ rows: [SummaryRow]) { (self.title, self.rows) = (title, rows) }
    }

    /// What was typed into a form of the page and could not be taken.
    public struct Typed: Sendable {
        public var texts: [String: String] = [:]
        public var chosen: [String: Set<String>] = [:]

        public init() {}
    }

    public struct Lists: Sendable {
        public var outcomes: [Choice]
        public var looked: [Choice]
        public var kinds: [Choice]
        public var orders: [Choice]
        /// Who can be sent.
        public var people: [Choice]

        public init(
            outcomes: [Choice], looked: [Choice], kinds: [Choice], orders: [Choice], people: [Choice]
        ) {
            (self.outcomes, self.looked, self.kinds) = (outcomes, looked, kinds)
            (self.orders, self.people) = (orders, people)
        }
    }

    public var id: String
    public var name: String
    public var state: (words: String, kind: Html.TagKind)
    public var isOpen: Bool
    /// She may write in it.
    public var mayChange: Bool
    public var occurrence: String
    public var facts: [SummaryRow]
    public var persons: [(capacity: String, id: String, name: String)] = []
    public var banner: CallFlagBanner?
    /// Somebody vulnerable was found and there is no flag.
    public var lacksFlag = false
    /// Why it asks to be assessed again.
    public var changes: [String] = []
    public var judged: [Judged] = []
    public var checks: [SummaryRow] = []
    public var standing: [Choice] = []
    public var going: [Going] = []
    /// Those who were sent and are not there yet.
    public var awaited: [Choice] = []
    public var lists: Lists
    public var history: KnownHistory
    public var events: [TimelineEntry] = []
    public var mayReview = false
    public var typed = Typed()
    public var errors = FieldErrors.none

    public init(
        id: String, name: String, state: (words: String, kind: Html.TagKind), isOpen: Bool, mayChange: Bool,
        occurrence: String, facts: [SummaryRow], lists: Lists, history: KnownHistory
    ) {
        (self.id, self.name, self.state, self.isOpen) = (id, name, state, isOpen)
        (self.mayChange, self.occurrence, self.facts) = (mayChange, occurrence, facts)
        (self.lists, self.history) = (lists, history)
    }

    public var title: String { name }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Calls", "/calls")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(name, caption: "Call")
        html.p { $0.tag(state.words, state.kind) }
        if let banner { html.flags(banner, frame.token) }
        missing(&html)
        about(&html)
        thrive(&html)
        vulnerability(&html, frame.token)
        attending(&html, frame.token)
        history.write(&html)
        if mayChange { ordering(&html, frame.token) }
        if mayChange { closing(&html, frame.token) }
        html.h2("What happened")
        html.timeline(events)
    }

    var base: WebAddress { "/calls/\(id)" }
    var canWrite: Bool { mayChange && isOpen }

    private func missing(_ html: inout Html) {
        if lacksFlag {
            html.warning("Somebody vulnerable was found, and there is no flag. Whoever goes does not know.")
        }
        if judged.isEmpty, isOpen { html.p("It was not assessed yet.") }
        if canWrite, checks.isEmpty { html.p("Nobody has checked yet whether anybody is vulnerable.") }
        if !changes.isEmpty {
            html.h2("Something changed: assess it again")
            html.ul { html in for change in changes { html.li(change) } }
        }
        guard canWrite else { return }
        html.p { html in
            html.buttonLink(judged.isEmpty ? "Assess it (THRIVE)" : "Assess it again", to: "\(base)/thrive")
        }
    }

    private func about(_ html: inout Html) {
        html.h2("What it is about")
        html.summaryList(facts)
        html.ul(.class("links")) { html in
            html.li { $0.a("The occurrence", to: "/occurrences/\(occurrence)") }
            html.li { $0.a("As whoever goes there sees it", to: "\(base)/attend") }
            for person in persons {
                html.li { $0.a("\(person.capacity): \(person.name)", to: "/persons/\(person.id)") }
            }
            if mayReview { html.li { $0.a("Review: should there have been a flag?", to: "\(base)/review") } }
        }
    }

    private func thrive(_ html: inout Html) {
        guard let last = judged.first else { return }
        html.h2("THRIVE")
        html.p(last.title, .class("hint"))
        html.summaryList(last.rows)
        for earlier in judged.dropFirst() {
            html.details("Before: \(earlier.title)") { $0.summaryList(earlier.rows) }
        }
    }
}
