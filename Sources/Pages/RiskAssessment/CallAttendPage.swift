/// A call for whoever goes there, on a telephone: the flag, what is known, and one button.
public struct CallAttendPage: PageModel {
    public var id: String
    public var name: String
    public var banner: CallFlagBanner?
    /// What there is instead of a flag: “Checked on …: not vulnerable”.
    public var unflagged: String
    public var facts: [SummaryRow]
    public var thrive: [SummaryRow]
    public var history: KnownHistory
    /// “You arrived at …”; nil before.
    public var arrived: String?
    public var mayAttend: Bool
    public var assess: WebAddress?
    public var errors = FieldErrors.none

    public init(
        id: String, name: String, banner: CallFlagBanner?, unflagged: String, facts: [SummaryRow],
        thrive: [SummaryRow], history: KnownHistory, arrived: String?, mayAttend: Bool, assess: WebAddress?
    ) {
        (self.id, self.name, self.banner, self.unflagged) = (id, name, banner, unflagged)
        (self.facts, self.thrive, self.history) = (facts, thrive, history)
        (self.arrived, self.mayAttend, self.assess) = (arrived, mayAttend, assess)
    }

    public var title: String { "\(name): going there" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Calls", "/calls")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(name, caption: "You are going to this call")
        if let banner { html.flags(banner, frame.token) } else { html.p(unflagged) }
        if let arrived {
            html.p(arrived)
        } else if mayAttend {
            html.form(to: "/calls/\(id)/attending", frame.token) { html in
                html.div(.class("thumb")) { $0.submit("I have arrived", .secondary, name: "step", value: "arrived") }
            }
        }
        html.h2("The call")
        html.summaryList(facts)
        history.write(&html)
        if !thrive.isEmpty {
            html.h2("How it was judged")
            html.summaryList(thrive)
        }
        html.div(.class("button-group")) { html in
            if let assess { html.buttonLink("Assess the risk", to: assess) }
            html.a("The whole call", to: "/calls/\(id)")
        }
    }
}
