/// Flags of a call, for whoever goes there: at the top of what she opens.
public struct CallFlagBanner: Sendable {
    public struct Flag: Sendable {
        public var number: Int
        /// “Domestic abuse, A child at risk”
        public var kinds: String
        public var words: String
        /// By whom and when.
        public var set: String

        public init(number: Int, kinds: String, words: String, set: String) {
            (self.number, self.kinds, self.words, self.set) = (number, kinds, words, set)
        }
    }

    /// Of the call.
    public var id: String
    public var flags: [Flag]
    /// “You saw this on …”; empty while she has not.
    public var seen: String
    /// She can say that she has seen it.
    public var maySay: Bool
    /// The assessment whose page she is on; empty on that of the call.
    public var assessment: String

    public init(id: String, flags: [Flag], seen: String, maySay: Bool, assessment: String = "") {
        (self.id, self.flags, self.seen, self.maySay) = (id, flags, seen, maySay)
        self.assessment = assessment
    }
}

extension Html {
    mutating func flags(_ banner: CallFlagBanner, _ token: FormToken) {
        guard let last = banner.flags.map(\.number).max() else { return }
        section(.class("flag"), .aria("label", "Flagged at the call")) { html in
            for flag in banner.flags {
                html.p(.class("flag-title")) { html in
                    html.span("Vulnerable: ")
                    html.text(flag.kinds)
                }
                html.p { $0.lines(flag.words) }
                html.p(flag.set, .class("hint"))
            }
            if banner.seen.isEmpty, banner.maySay {
                html.form(to: "/calls/\(banner.id)/attending", token) { html in
                    html.hiddenField("flag", String(last))
                    html.hiddenField("assessment", banner.assessment)
                    html.div(.class("thumb")) { $0.submit("I have seen this", name: "step", value: "seen") }
                }
            } else if !banner.seen.isEmpty {
                html.p(banner.seen, .class("flag-seen"))
            }
        }
    }
}
