/// Which pages are under test. Pages are found by following links; these must be among them.
enum PageList {
    /// Pages a person sees before signing in.
    static let open = ["/sign-in", "/sign-in/code"]

    /// Pages of the sample force that links from the home page must lead to, for whom the first link is.
    static let reachable = [
        "/", "/areas", "/areas/:", "/feeds", "/feeds/new", "/inspections", "/inspections/:", "/inspections/new",
        "/log", "/log/heads", "/interests", "/persons", "/persons/import", "/persons/import/new",
        "/persons/agreements/new", "/matches", "/occurrences", "/places", "/glass", "/standards",
        "/measures", "/measures/*", "/accounts", "/accounts/:", "/accounts/new", "/retention", "/retention/destroyed",
        "/retention/holds",
        "/retention/holds/new",
        "/tokens", "/webhooks", "/assessments", "/assessments/standards", "/calls", "/calls/measures", "/calls/sample",
        "/instruments", "/instruments/:",
    ]

    /// How many pages of one shape are looked at: a hundred areas for improvement are one page, twice to be sure.
    static let alike = 2

    /// A file name for a page: `/areas?owner=me` becomes `areas-owner-me`.
    static func name(of path: String) -> String {
        let name = path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return name.isEmpty ? "home" : String(name.prefix(80))
    }

    /// What pages of one kind have in common: identifiers become `:`, the names of measures and of questions `*`, and of a query only
    /// the names count.
    static func shape(of address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1)
        let segments = (parts.first ?? "").split(separator: "/").map(String.init)
        let path = segments.indices.map { index in
            if index == 1, segments[0] == "measures" { return "*" }
            if index == 3, segments[0] == "assessments" { return "*" }
            if index == 2, segments[0] == "calls", segments[1] == "measures" { return "*" }
            let segment = segments[index]
            return segment.contains(where: \.isNumber) || segment.count > 24 ? ":" : segment
        }
        let names = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { $0.prefix { $0 != "=" } }.sorted()
        return "/" + path.joined(separator: "/") + (names.isEmpty ? "" : "?" + names.joined(separator: "&"))
    }
}
