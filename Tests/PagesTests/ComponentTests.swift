import Kernel
import Testing

@testable import Pages

struct ComponentTests {
    @Test func `A text field is a label, a hint, an error and an input that names them`() {
        var html = Html()
        html.textField("owner", "Owner", hint: "A person", value: "A & B", error: "Enter a name")
        #expect(
            html.string
                == #"<div class="field field-error"><label for="owner" class="label">Owner</label>"#
                + #"<p class="hint" id="owner-hint">A person</p>"#
                + #"<p class="error-message" id="owner-error"><span class="unseen">Error: </span>Enter a name</p>"#
                + #"<input class="input" id="owner" name="owner" type="text" "#
                + #"aria-describedby="owner-hint owner-error" aria-invalid="true" value="A &amp; B"></div>"#)
    }

    @Test func `A table that scrolls is a region with a name that the keyboard can reach`() {
        var html = Html()
        html.table(
            caption: "Wards",
            columns: [.header("Ward") { row, html in html.text(row.0) }, .number("Crimes") { Figure.whole($0.1) }],
            rows: [("A<B", 1_234)])
        #expect(
            html.string
                == #"<div class="scroll" role="region" tabindex="0" aria-label="Wards"><table>"#
                + #"<caption class="table-caption">Wards</caption><thead><tr><th scope="col">Ward</th>"#
                + #"<th scope="col" class="number">Crimes</th></tr></thead><tbody>"#
                + #"<tr><th scope="row">A&lt;B</th><td class="number">1,234</td></tr></tbody></table></div>"#)
    }

    @Test func `A table that stacks keeps its roles and gives each cell its heading`() {
        var html = Html()
        html.table(
            caption: "Wards", columns: [.text("Due \"by\"") { $0 }], rows: ["x"], narrow: .stacks)
        #expect(html.string.contains(#"<td role="cell" data-label="Due &quot;by&quot;"><span>x</span></td>"#))
        #expect(html.string.contains(#"<tr role="row">"#))
    }

    @Test func `A tag says its state in words`() {
        var html = Html()
        html.tag("Late", .danger)
        #expect(html.string == #"<strong class="tag tag-danger">Late</strong>"#)
    }

    @Test func `Progress without a known end has no value`() {
        var html = Html()
        html.progress("Loading", done: 5, of: nil, words: "5 rows read")
        #expect(html.string.contains(#"<progress id="progress-bar">5 rows read</progress>"#))
        #expect(!html.string.contains("data-poll"))
    }

    @Test func `Progress never passes its end`() {
        var html = Html()
        html.progress("Loading", done: 12, of: 9, words: "x", poll: "/feeds/1/progress")
        #expect(html.string.contains(#"max="9" value="9""#))
        #expect(html.string.contains(#"data-poll="/feeds/1/progress""#))
    }

    @Test func `A list with neither newer nor older pages has no pagination`() {
        var html = Html()
        html.pagination(newer: nil, older: nil)
        #expect(html.bytes.isEmpty)
    }

    @Test func `Figures are written for people`() {
        #expect(Figure.whole(-1_234_567) == "−1,234,567")
        #expect(Figure.whole(999) == "999")
        #expect(Figure.decimal(1_320.05, 1) == "1,320.1")
        #expect(Figure.decimal(-0.04, 1) == "0.0")
        #expect(Figure.decimal(0.05, 2) == "0.05")
        #expect(Figure.decimal(.nan) == "–")
        #expect(Figure.percent(0.312) == "31.2%")
        #expect(Figure.count(1, "area", "areas") == "1 area")
        #expect(Figure.count(2_000, "area", "areas") == "2,000 areas")
    }

    @Test func `A filter carries no token and changes nothing`() {
        var html = Html()
        html.searchForm(to: "/areas", label: "Filter") { $0.submit("Show") }
        #expect(html.string.hasPrefix(#"<form method="get" action="/areas""#))
        #expect(!html.string.contains(FormToken.field))
    }
}

struct ComparisonTests {
    private let note = ComparedField(name: "note", label: "Note", base: "old", mine: "my words", theirs: "their words")

    @Test func `Both texts are on the page and in the form`() {
        var html = Html()
        html.comparison([note], theirName: "Daniel Price")
        let hidden = PageReader(html.string).all("input").filter { $0["type"] == "hidden" }
        #expect(hidden.map { $0["name"] } == ["note-mine", "note-theirs"])
        #expect(hidden.map { $0["value"] } == ["my words", "their words"])
        #expect(html.string.contains("<blockquote>my words</blockquote>"))
        #expect(html.string.contains("<blockquote>their words</blockquote>"))
    }

    @Test func `A field that only they changed suggests theirs`() {
        let field = ComparedField(name: "owner", label: "Owner", base: "a", mine: "a", theirs: "b")
        #expect(field.suggestion == "theirs")
        #expect(note.suggestion == "mine")
    }

    @Test func `A field that is the same in both is carried along`() {
        var html = Html()
        html.comparison(
            [ComparedField(name: "due", label: "Due", base: "a", mine: "b", theirs: "b")], theirName: "D")
        #expect(html.string == #"<input type="hidden" name="due" value="b">"#)
        #expect(ChosenVersion.read("due") { ["due": "b"][$0] } == .text("b"))
    }

    @Test(arguments: [
        ("mine", "my words", ChosenVersion.text("my words")), ("theirs", "my words", .text("their words")),
        ("edit", "both", .text("both")), ("edit", "", .text("")), ("mine", "both", .unclear),
        ("theirs", "both", .unclear),
    ])
    func `What was chosen is read, and typed words are never dropped`(
        _ choice: String, _ edit: String, _ expected: ChosenVersion
    ) {
        let form = [
            "note-choice": choice, "note-edit": edit, "note-mine": "my words", "note-theirs": "their words",
        ]
        #expect(ChosenVersion.read("note") { form[$0] } == expected)
    }

    @Test func `Line ends as browsers send them are the line ends that were written`() {
        let form = [
            "note-choice": "mine", "note-edit": "a\r\nb", "note-mine": "a\r\nb", "note-theirs": "c",
        ]
        #expect(ChosenVersion.read("note") { form[$0] } == .text("a\nb"))
    }

    @Test func `A form that lost a field is not guessed at`() {
        #expect(ChosenVersion.read("note") { ["note-choice": "mine"][$0] } == .missing)
        #expect(ChosenVersion.read("note") { _ in nil } == .missing)
    }
}
