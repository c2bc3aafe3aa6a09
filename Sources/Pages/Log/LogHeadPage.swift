/// The signed heads of the log in plain words: how long it is, what stands for it, and who has signed that.
public struct LogHeadPage: PageModel {
    public struct Head: Sendable {
        public var size: String
        public var root: String
        public var when: String
        /// Agencies that countersigned it.
        public var agencies: [String]
        public var text: WebAddress

        public init(size: String, root: String, when: String, agencies: [String], text: WebAddress) {
            (self.size, self.root, self.when, self.agencies, self.text) = (size, root, when, agencies, text)
        }
    }

    public struct Witness: Sendable {
        public var agency: String
        public var key: String
        public var isTaken: Bool

        public init(agency: String, key: String, isTaken: Bool) {
            (self.agency, self.key, self.isTaken) = (agency, key, isTaken)
        }
    }

    public var latest: Head?
    public var countersigned: Head?
    public var witnesses: [Witness]
    /// The public key of the log.
    public var key: String?

    public init(latest: Head?, countersigned: Head?, witnesses: [Witness], key: String?) {
        (self.latest, self.countersigned, self.witnesses, self.key) = (latest, countersigned, witnesses, key)
    }

    public var title: String { "Signed heads of the log" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Access log", "/log")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.lead(
            "A head is one number that stands for the whole log. Whoever keeps a head can show later that nothing before it was changed."
        )
        html.h2("The last head")
        if let latest {
            write(latest, &html)
        } else {
            html.empty("No head is signed yet.", "The server signs one each minute while the log grows.")
        }
        html.h2("The last head that a partner signed too")
        if let countersigned {
            write(countersigned, &html)
        } else {
            html.empty("No partner has signed a head yet.", "Ask an administrator to register a partner’s key.")
        }
        html.h2("Partners’ keys")
        if witnesses.isEmpty { html.p("None is registered.") }
        for witness in witnesses {
            html.h3(witness.agency)
            html.p(
                witness.isTaken ? "Signatures by this key are taken." : "Signatures by this key are no longer taken.")
            html.p { $0.span(witness.key, .class("breaks")) }
        }
        if let key {
            html.h2("The key of this log")
            html.p { $0.span(key, .class("breaks")) }
            html.p("A partner takes it once, from somebody it trusts, and keeps it.")
        }
    }

    private func write(_ head: Head, _ html: inout Html) {
        let signed = head.agencies.isEmpty ? "This log alone" : "This log, and \(head.agencies.joined(separator: ", "))"
        html.summaryList([
            SummaryRow("Entries", head.size), SummaryRow("Signed at", head.when), SummaryRow("Signed by", signed),
        ])
        html.p { html in
            html.text("Root: ")
            html.span(head.root, .class("breaks"))
        }
        html.p { html in
            html.a("The text to keep", to: head.text, .download("head.txt"))
            html.text(" is for programs.")
        }
    }
}
