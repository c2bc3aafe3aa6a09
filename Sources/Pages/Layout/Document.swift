/// The document around a page's `main`.
extension Html {
    mutating func document(_ page: some PageModel, in frame: Frame) {
        constant("<!DOCTYPE html>")
        element("html", [.lang(frame.language)]) { html in
            html.head(page, frame)
            html.element("body", []) { html in html.body(page, frame) }
        }
    }

    private mutating func head(_ page: some PageModel, _ frame: Frame) {
        element("head", []) { html in
            html.constant(
                #"<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">"#)
            let prefix = page.errors.isEmpty ? "" : "Error: "
            html.element("title", [], "\(prefix)\(page.title) – \(frame.force) – Holdfast")
            html.open("link", [.rel("stylesheet"), .href(Assets.address(of: "holdfast.css"))])
            html.open("link", [.rel("icon"), .type("image/svg+xml"), .href(Assets.address(of: "icon.svg"))])
            for name in ["holdfast.js", page.script].compactMap(\.self) {
                html.constant("<script defer")
                Attribute.source(Assets.address(of: name)).write(into: &html.bytes)
                html.constant("></script>")
            }
        }
    }

    private mutating func body(_ page: some PageModel, _ frame: Frame) {
        a("Skip to main content", to: "#main", .class("skip"))
        header { html in
            html.marking(frame.marking, .class("marking"))
            if let sample = frame.sampleData { html.p(sample, .class("sample")) }
            html.masthead(frame)
        }
        navigation(frame.navigation)
        div(.class("page", page.isWide ? "wide" : nil)) { html in
            html.breadcrumbs(page.breadcrumbs)
            html.element("main", [.id("main"), .tabindex(-1)]) { html in
                if let notice = frame.notice { html.notice(notice) }
                html.errorSummary(page.errors)
                page.main(&html, in: frame)
            }
        }
        footer { html in
            html.p("Holdfast keeps a record of what you open and what you change.", .class("footer"))
            html.marking(frame.marking, .class("marking", "marking-end"))
        }
    }

    private mutating func marking(_ marking: Marking, _ look: Attribute) {
        element("p", [look]) { html in
            html.strong(marking.text)
            if !marking.handling.isEmpty {
                html.text(" ")
                html.span(marking.handling)
            }
        }
    }

    private mutating func masthead(_ frame: Frame) {
        div(.class("masthead")) { html in
            html.div(.class("masthead-inside")) { html in
                html.a(to: "/", .class("product")) { html in
                    html.span("Holdfast", .class("product-name"))
                    html.text(" ")
                    html.span(frame.force, .class("product-force"))
                }
                if let person = frame.person { html.person(person, frame.token) }
            }
        }
    }

    private mutating func person(_ person: Frame.Person, _ token: FormToken) {
        div(.class("person")) { html in
            html.p(.class("person-words")) { html in
                html.span(person.name, .class("person-name"))
                html.text(" ")
                html.span(person.standing, .class("person-standing"))
            }
            html.form(to: person.signOut, token) { html in
                html.button("Sign out", .type("submit"), .class("quiet-button"))
            }
        }
    }

    private mutating func navigation(_ items: [NavigationItem]) {
        guard !items.isEmpty else { return }
        nav(.class("navigation"), .aria("label", "Main")) { html in
            html.ul { html in
                for item in items {
                    html.li { html in
                        html.a(item.title, to: item.address, .aria("current", item.isCurrent ? "page" : nil))
                    }
                }
            }
        }
    }

    private mutating func breadcrumbs(_ crumbs: [Breadcrumb]) {
        guard !crumbs.isEmpty else { return }
        nav(.class("breadcrumbs"), .aria("label", "Breadcrumb")) { html in
            html.ol { html in
                for crumb in crumbs { html.li { $0.a(crumb.title, to: crumb.address) } }
            }
        }
    }
}
