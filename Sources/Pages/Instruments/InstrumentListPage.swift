/// Every instrument, with what is in force.
public struct InstrumentListPage: PageModel {
    public struct Item: Sendable {
        public var title: String
        public var address: WebAddress
        public var use: String
        /// “2009.1, from 1 March 2009”, or that none is in force.
        public var inForce: String
        public var topics: Int
        /// “Published”, “Unofficial”, “Our own”.
        public var standing: String
        public var isUnofficial: Bool

        public init(
            title: String, address: WebAddress, use: String, inForce: String, topics: Int, standing: String,
            isUnofficial: Bool
        ) {
            (self.title, self.address, self.use, self.inForce) = (title, address, use, inForce)
            (self.topics, self.standing, self.isUnofficial) = (topics, standing, isUnofficial)
        }
    }

    public var items: [Item]

    public init(items: [Item]) { self.items = items }

    public var title: String { "Question sets" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.lead(
            "Each set of questions as it is asked. An older version stays, so that what was answered in it can be read."
        )
        guard !items.isEmpty else {
            return html.empty(
                "No question sets.", "Whoever runs Holdfast adds a file for each: holdfast serve --instruments FOLDER.")
        }
        html.table(
            caption: title, isCaptionHidden: true, columns: InstrumentListPage.columns, rows: items, narrow: .stacks)
    }

    private static var columns: [Column<Item>] {
        [
            .header("Question set") { item, html in html.a(item.title, to: item.address) },
            .text("Where it is used") { $0.use },
            .text("In force") { $0.inForce },
            .number("Topics") { String($0.topics) },
            .cell("Standing") { item, html in html.tag(item.standing, item.isUnofficial ? .attention : .neutral) },
        ]
    }
}
