/// Every page of the site, as data: one line here puts a page under test at each width.
enum PageList {
    /// Pages a person sees before signing in.
    static let open = ["/sign-in"]

    /// Pages of the sample force, seen by whom the first sign-in link is for.
    static let signedIn = ["/", "/inspections", "/measures", "/feeds", "/people", "/log"]

    /// A file name for a page: `/areas?owner=me` becomes `areas-owner-me`.
    static func name(of path: String) -> String {
        let name = path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return name.isEmpty ? "home" : name
    }
}
