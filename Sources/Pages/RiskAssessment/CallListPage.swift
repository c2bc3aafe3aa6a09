/// Open calls: what nobody at the door knows yet comes first.
public struct CallListPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var name: String
        public var grade: String
        public var gradeKind: Html.TagKind
        /// Of check and flag.
        public var tags: [(words: String, kind: Html.TagKind)]
        /// Who attends and what they know.
        public var attending: String
        public var clock: String
        public var isLate: Bool

        public init(
            id: String, name: String, grade: String, gradeKind: Html.TagKind,
            tags: [(words: String, kind: Html.TagKind)], attending: String, clock: String, isLate: Bool
        ) {
            (self.id, self.name, self.grade, self.gradeKind) = (id, name, grade, gradeKind)
            (self.tags, self.attending, self.clock, self.isLate) = (tags, attending, clock, isLate)
        }
    }

    /// To which she or a team of hers was sent.
    public var own: [TaskItem]
    public var open: [Line]
    public var mayTake: Bool
    public var mayReview: Bool

    public init(own: [TaskItem], open: [Line], mayTake: Bool, mayReview: Bool) {
        (self.own, self.open, self.mayTake, self.mayReview) = (own, open, mayTake, mayReview)
    }

    public var title: String { "Calls" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if mayTake {
            html.p { html in
                html.text("A call is taken from an ")
                html.a("occurrence", to: "/occurrences")
                html.text(".")
            }
        }
        if mayReview {
            html.ul(.class("links")) { html in
                html.li { $0.a("How many were checked, flagged and seen", to: "/calls/measures") }
                html.li { $0.a("Calls to look at again", to: "/calls/sample") }
            }
        }
        if !own.isEmpty {
            html.h2("You are sent to (\(own.count))")
            html.taskList(own)
        }
        html.h2("Open (\(open.count))")
        if open.isEmpty {
            html.empty("No call is open.", "Open an occurrence and take a call there.")
        } else {
            html.p("First what nobody at the door has seen yet, then what was found and not flagged, then the clock.")
            html.table(
                caption: "Open calls", isCaptionHidden: true, columns: CallListPage.columns, rows: open,
                narrow: .stacks)
        }
    }

    private static var columns: [Column<Line>] {
        [
            .header("Call") { line, html in html.a(line.name, to: "/calls/\(line.id)") },
            .cell("Vulnerable") { line, html in
                for tag in line.tags {
                    html.tag(tag.words, tag.kind)
                    html.text(" ")
                }
            },
            .cell("Grade") { line, html in
                if line.grade.isEmpty { html.text("None yet") } else { html.tag(line.grade, line.gradeKind) }
            },
            .text("Who attends") { $0.attending },
            .cell("Look again") { line, html in
                if line.isLate { html.tag("Late", .danger) }
                html.text(" \(line.clock)")
            },
        ]
    }
}

/// Taking a call from an occurrence.
public struct CallStartPage: PageModel {
    public var occurrence: String
    public var name: String
    public var caller: String
    public var said: String
    public var day: TypedDate
    public var time: String
    public var history: KnownHistory
    public var errors: FieldErrors

    public init(
        occurrence: String, name: String, caller: String = "", said: String = "", day: TypedDate, time: String,
        history: KnownHistory
    ) {
        (self.occurrence, self.name, self.caller, self.said) = (occurrence, name, caller, said)
        (self.day, self.time, self.history, errors) = (day, time, history, .none)
    }

    public var title: String { "Take a call" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Occurrences", "/occurrences"), Breadcrumb(name, "/occurrences/\(occurrence)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.form(to: "/calls", frame.token, isGuarded: true) { html in
            html.hiddenField("occurrence", occurrence)
            html.textField(
                "caller", "Who called", hint: "A name, or who it was: a neighbour, the ambulance", value: caller,
                error: errors["caller"], width: .long)
            html.textArea("said", "What was said", value: said, error: errors["said"], rows: 4, limit: 4000)
            html.dateField("reported", "When the police were told", value: day, error: errors["reported"])
            html.textField(
                "time", "At what time", hint: "Such as 21:40", value: time, error: errors["time"], width: .short)
            html.submit("Take the call")
        }
        history.write(&html)
    }
}
