/// How the records of one kind are called on the pages that find, add and change them.
public struct KeptWords: Sendable {
    /// `Places`.
    public let title: String
    public let breadcrumbs: [Breadcrumb]
    /// Of the list; the others lie below it.
    let address: WebAddress
    /// Of one of them.
    let at: @Sendable (_ id: String) -> WebAddress
    let find: String
    let field: String
    /// One and many of them.
    let (one, many): (String, String)
    let columns: [String]
    /// What to do where nothing is found.
    let advice: String

    public static let places = KeptWords(
        title: "Places", breadcrumbs: [.home, Breadcrumb("Occurrences", "/occurrences")], address: "/places",
        at: { "/places/\($0)" },
        find: "Find a place", field: "Name, street, postcode or UPRN", one: "place", many: "places",
        columns: ["Place", "What it is", "Postcode"], advice: "Check the spelling, or ask with fewer words.")

    public static let occurrences = KeptWords(
        title: "Occurrences", breadcrumbs: [.home], address: "/occurrences",
        at: { "/occurrences/\($0)" }, find: "Find an occurrence",
        field: "Number, postcode or words", one: "occurrence", many: "occurrences",
        columns: ["What", "When", "Number", "Held by"], advice: "Check the number, or ask with fewer words.")

    private init(
        title: String, breadcrumbs: [Breadcrumb], address: WebAddress, at: @escaping @Sendable (String) -> WebAddress,
        find: String, field: String, one: String,
        many: String, columns: [String], advice: String
    ) {
        (self.title, self.breadcrumbs, self.address, self.at, self.find) = (title, breadcrumbs, address, at, find)
        (self.field, self.one, self.many, self.columns, self.advice) = (field, one, many, columns, advice)
    }

    fileprivate var article: String { "aeiou".contains(one.prefix(1)) ? "an \(one)" : "a \(one)" }
}

/// A record in a list: its cells, of which the first names it.
public struct KeptLine: Sendable {
    public var id: String
    public var cells: [String]

    public init(id: String, _ cells: [String]) { (self.id, self.cells) = (id, cells) }
}

extension Html {
    fileprivate mutating func kept(_ lines: [KeptLine], _ words: KeptWords, caption: String) {
        let columns = words.columns.enumerated().map { place, title in
            place == 0
                ? Column<KeptLine>.header(title) { line, html in html.a(line.cells[0], to: words.at(line.id)) }
                : .text(title) { $0.cells[place] }
        }
        table(caption: caption, columns: columns, rows: lines, narrow: .stacks)
    }
}

/// Finding an occurrence or a place: search first, then add.
public struct KeptListPage: PageModel {
    public var words: KeptWords
    /// What was asked for, as it was typed.
    public var asked: String
    /// Nil where nothing was asked and there is no list of the latest.
    public var lines: [KeptLine]?
    /// It answers a search; otherwise it is the latest.
    public var isFound: Bool
    public var mayAdd: Bool
    /// Another list beside it.
    public var beside: Breadcrumb?
    public var errors = FieldErrors.none

    public init(_ words: KeptWords, asked: String, isFound: Bool, mayAdd: Bool, beside: Breadcrumb? = nil) {
        (self.words, self.asked, self.isFound, self.mayAdd) = (words, asked, isFound, mayAdd)
        self.beside = beside
    }

    public var title: String { words.title }
    public var breadcrumbs: [Breadcrumb] { words.breadcrumbs }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.searchForm(to: words.address, label: words.find) { html in
            html.textField("words", words.field, value: asked, error: errors["words"], kind: .search, width: .long)
            html.submit("Find")
        }
        html.buttonGroup { html in
            if mayAdd {
                let new = words.at("new")
                html.buttonLink(
                    "Add \(words.article)", to: asked.isEmpty ? new : new.adding("words", asked), .secondary)
            }
            if let beside { html.a(beside.title, to: beside.address) }
        }
        guard let lines else { return }
        if lines.isEmpty {
            html.empty(
                isFound ? "No such \(words.one) is held by your agency." : "No \(words.one) is recorded yet.",
                isFound ? words.advice : "Add the first one.")
        } else {
            let count = Figure.count(lines.count, words.one, words.many)
            html.kept(lines, words, caption: isFound ? "\(count) found" : "The latest \(words.many)")
        }
    }
}

/// What every form of an occurrence or a place has beside its fields.
public struct KeptForm: Sendable {
    public var words: KeptWords
    /// Nil for a new one.
    public var id: String?
    public var version: Int
    /// Those held already that may be the same.
    public var alike: [KeptLine] = []
    /// What somebody else saved meanwhile.
    public var theirs: [SummaryRow] = []
    public var errors = FieldErrors.none

    public init(_ words: KeptWords, id: String? = nil, version: Int = 0) {
        (self.words, self.id, self.version) = (words, id, version)
    }

    var title: String { "\(id == nil ? "Add" : "Change") \(words.article)" }
    var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb(words.title, words.address)] }

    func write(_ html: inout Html, _ frame: Frame, fields: (inout Html) -> Void) {
        html.heading(title)
        if !theirs.isEmpty {
            html.h2("What they saved")
            html.summaryList(theirs)
        }
        if !alike.isEmpty {
            html.h2("Is it one of these?")
            html.kept(alike, words, caption: Figure.count(alike.count, words.one, words.many) + " held already")
        }
        html.form(to: id.map(words.at) ?? words.address, frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(version))
            if !alike.isEmpty { html.hiddenField("none-of-these", "1") }
            fields(&html)
            html.submit(id == nil ? (alike.isEmpty ? "Add" : "None of these: add") : "Save")
        }
    }
}

/// Every version of an occurrence or a place.
public struct KeptHistoryPage: PageModel {
    public var words: KeptWords
    public var id: String
    public var name: String
    /// Newest first.
    public var versions: [TimelineEntry]

    public init(_ words: KeptWords, id: String, name: String, versions: [TimelineEntry]) {
        (self.words, self.id, self.name, self.versions) = (words, id, name, versions)
    }

    public var title: String { "Who changed what" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb(words.title, words.address), Breadcrumb(name, words.at(id))]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.p("Nothing is overwritten. Each change is kept with who made it and when.")
        html.timeline(versions)
    }
}
