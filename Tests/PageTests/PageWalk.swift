import TestKit
import Testing

/// Walks the site by its links, as a person could, and looks at each kind of page at each width.
struct PageWalk {
    let check: PageCheck
    /// The address of the server, without a slash at its end.
    let origin: String
    private var waiting = ["/"]
    private var known: Set<String> = ["/"]
    private var looked: [String: Int] = [:]

    init(check: PageCheck, origin: String) {
        (self.check, self.origin) = (check, origin)
    }

    /// Walks until no link leads to a new kind of page.
    /// - Returns: the shapes of the pages that were looked at.
    mutating func walk(from start: [String] = []) async throws -> Set<String> {
        waiting += start.filter { known.insert($0).inserted }
        while !waiting.isEmpty {
            let path = waiting.removeFirst()
            let shape = PageList.shape(of: path)
            guard looked[shape, default: 0] < PageList.alike, try await isPage(path) else { continue }
            looked[shape, default: 0] += 1
            try await look(at: path, isFirst: looked[shape] == 1)
            for next in try await links() where known.insert(next).inserted { waiting.append(next) }
        }
        return Set(looked.keys)
    }

    /// The second of a shape differs in what it holds, which is narrowest on a phone.
    private func look(at path: String, isFirst: Bool) async throws {
        for width in isFirst ? PageCheck.widths : Array(PageCheck.widths.prefix(1)) {
            let faults = try await check.faults(at: origin + path, width: width, name: PageList.name(of: path))
            #expect(faults == [], "\(path) at \(width) px")
        }
        let arrived = try await check.driver.address()
        #expect(arrived == origin + path, "\(path) led to \(arrived)")
        if isFirst { try await lookWithoutScripts(at: path) }
    }

    /// Every page says what it is, and every form can be sent, when scripts do not run.
    private func lookWithoutScripts(at path: String) async throws {
        try await check.driver.setScripting(false)
        try await check.driver.open(origin + path)
        #expect(try await check.driver.count("h1") == 1, "\(path) shows nothing without scripts")
        let unsent = try await check.driver.count("form:not(:has(button, input[type='submit']))")
        #expect(unsent == 0, "\(path) has a form that needs a script")
        try await check.driver.setScripting(true)
    }

    /// The paths that the open page links to.
    private func links() async throws -> [String] {
        try await check.driver.script(
            """
            return [...document.querySelectorAll("a[href]:not([download])")]
                .filter((link) => link.origin === location.origin)
                .map((link) => link.pathname + link.search);
            """, as: [String].self)
    }

    /// Files to keep are links too; only pages are looked at. What answers with an error is looked at, and fails.
    private func isPage(_ path: String) async throws -> Bool {
        let type = try await check.driver.asyncScript(
            """
            const [path, done] = arguments;
            fetch(path).then((answer) => done(answer.ok ? answer.headers.get("Content-Type") : "text/html"), () => done(""));
            """, [path], as: String.self)
        return type.hasPrefix("text/html")
    }
}
