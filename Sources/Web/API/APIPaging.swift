import Federation
import HTTPTypes
import Kernel
import Ledger
import Pages

/// Lists come a page at a time. A cursor says where the next page begins; what it holds is nobody's business but ours.
enum APIPaging {
    static let most = 200
    static let usual = 50

    static let parameters: [APIRoute.Parameter] = [
        .init(name: "cursor", shape: .pattern("", pattern, isCursor), about: "Where to go on, as next has it."),
        .init(
            name: "limit", shape: .integer("", 1...most), about: "How many at most; \(usual) unless named."),
    ]

    private static let pattern = "^[A-Za-z0-9_-]{1,400}$"

    private static func isCursor(_ text: String) -> Bool {
        (1...400).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }

    static let badCursor = APIProblem(
        status: .unprocessableContent, title: "This cursor is none of ours",
        detail: "Begin without one, and follow the address in next.",
        errors: [APIFault(parameter: "cursor", detail: "Send what next has.")])

    static func shape(_ item: APIShape) -> APIShape {
        .object([
            ("items", .list(item)), ("next", .optional(.text("The address of what follows; null at the end."))),
        ])
    }
}

extension APIVisit {
    var limit: Int { query["limit"]?.number.map { Int($0) } ?? APIPaging.usual }

    /// The parts of the cursor; nil at the beginning.
    func cursor(_ count: Int) throws -> [String]? {
        guard let sent = query["cursor"]?.text else { return nil }
        let parts = Base64URL.decode(sent).flatMap { String(validating: $0, as: UTF8.self) }?
            .split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        guard let parts, parts.count == count, !sent.utf8.contains(0) else { throw APIPaging.badCursor }
        return parts
    }

    /// The cursor as a number.
    func number() throws -> Int64? {
        guard let part = try cursor(1)?.first else { return nil }
        guard let number = Int64(part), number > 0 else { throw APIPaging.badCursor }
        return number
    }

    func position() throws -> ListPosition? {
        guard let parts = try cursor(2) else { return nil }
        guard !parts.contains(where: { $0.utf8.contains(0) }) else { throw APIPaging.badCursor }
        return ListPosition(key: parts[0], record: parts[1])
    }

    /// A page; `next` are the parts of the cursor of what follows.
    func page(_ items: [StrictJSON], next parts: [String]?) throws -> Answer {
        let next = parts.flatMap { address(at: $0) }
        let links: [(HTTPField.Name, String)] = next.map { [(.link, "<\($0)>; rel=\"next\"")] } ?? []
        return try json(.object(["items": .list(items), "next": .orNull(next)]), headers: links)
    }

    func page<Body: RecordBody>(_ page: RecordPage<Body>, _ item: (Record<Body>) -> StrictJSON) throws -> Answer {
        try self.page(page.records.map(item), next: page.next.map { [$0.key, $0.record] })
    }

    /// The same question, from there.
    private func address(at parts: [String]) -> String? {
        guard var address = WebAddress(outside: call.path) else { return nil }
        for (name, value) in call.query.fields where name != "cursor" { address = address.adding(name, value) }
        return address.adding("cursor", Base64URL.encode(Array(parts.joined(separator: "\u{1F}").utf8))).text
    }
}
