/// What needs this person today, and the ways into what she works on.
public struct HomePage: PageModel {
    public struct Group: Sendable {
        public var title: String
        public var tasks: [TaskItem]

        public init(_ title: String, _ tasks: [TaskItem]) { (self.title, self.tasks) = (title, tasks) }
    }

    public struct Way: Sendable {
        public var title: String
        public var address: WebAddress
        public var text: String

        public init(_ title: String, _ address: WebAddress, _ text: String) {
            (self.title, self.address, self.text) = (title, address, text)
        }
    }

    /// For example `Monday 23 November 2026`.
    public var today: String
    /// Most urgent first; a group without tasks is left out.
    public var groups: [Group]
    public var ways: [Way]

    public init(today: String, groups: [Group], ways: [Way]) {
        (self.today, self.groups, self.ways) = (today, groups, ways)
    }

    public var title: String { "What needs you today" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: today)
        let busy = groups.filter { !$0.tasks.isEmpty }
        if busy.isEmpty {
            html.empty("Nothing is waiting for you.", "Work appears here when it is given to you or becomes due.")
        }
        for group in busy {
            html.h2("\(group.title) (\(group.tasks.count))")
            html.taskList(group.tasks)
        }
        guard !ways.isEmpty else { return }
        html.h2("Go to")
        html.ul(.class("ways")) { html in
            for way in ways {
                html.li { html in
                    html.a(way.title, to: way.address, .class("task-link"))
                    html.p(way.text, .class("hint"))
                }
            }
        }
    }
}
