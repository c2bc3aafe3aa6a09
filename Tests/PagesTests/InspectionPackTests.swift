import Kernel
import Testing

@testable import Pages

@Suite("The evidence pack as a document")
struct InspectionPackTests {
    private func pack() -> PackDocument {
        let chart = ControlChartModel(
            id: "c", title: "Unable to prosecute", summary: "s", unit: .percent(decimals: 1), axis: "Share",
            points: [
                .init(
                    label: "May 2025", tick: "May", year: 2025, value: 0.4, numerator: 4, denominator: 10,
                    address: "/rows"),
                .init(label: "June 2025", tick: "Jun", year: 2025, value: nil),
            ])
        var pack = PackDocument(
            marking: "OFFICIAL-SENSITIVE", title: "Northshire: area <1>", force: "Northshire",
            inspection: "effectiveness, 2017", question: "How good?",
            grade: .carried(grade: "good", words: ["Not inspected in 2017. The 2016 grade still stands."]),
            source: "area for improvement", text: "The force should <b>listen</b>", owner: "Alex", due: "No date yet",
            knownAt: "3 May 2026, 10:00")
        pack.series = [
            .init(
                title: chart.title, definition: "Definition of it", unit: "share", caveat: "Take care of it",
                limits: "A p chart", chart: chart,
                points: [
                    .init(
                        period: "May 2025", numerator: "4", denominator: "10", value: "40.0%",
                        interval: "16.8% to 68.7%",
                        signal: "")
                ])
        ]
        pack.evidence = [
            .init(
                id: "evidence-1", claim: "It <i>works</i>", on: Day(daysSince1970: 20_000), marking: "OFFICIAL",
                figure: [],
                figureAddress: "/measures/m",
                document: .init(name: "a.pdf", address: "/areas/a/documents/d", words: "PDF, 1 KB", digest: "abc"),
                realityTest: "", by: "Sam")
        ]
        return pack
    }

    @Test("what is printed holds no address, so there is nothing to fetch")
    func noAddress() {
        let text = String(decoding: pack().render(for: .pdf), as: UTF8.self)
        for part in ["href=", "src=", "url(", "http", "@import", "<a ", "<img", "<link", "<script", "<object"] {
            #expect(!text.contains(part), "\(part)")
        }
    }

    @Test("a page for the browser keeps every style in the stylesheet")
    func screen() {
        let text = String(decoding: pack().render(for: .screen), as: UTF8.self)
        #expect(!text.contains("<style") && !text.contains("style=") && text.contains("/assets/pack.css"))
    }

    @Test("marking, grade, definition, caveat, denominator and interval are all there")
    func whole() {
        let text = String(decoding: pack().render(for: .pdf), as: UTF8.self)
        for words in [
            "OFFICIAL-SENSITIVE", "Good, carried over. Not inspected in 2017. The 2016 grade still stands.",
            "Definition of it", "Take care of it", "<span>10</span>", "16.8% to 68.7%", "SHA-256 abc",
            "As known at 3 May 2026, 10:00",
        ] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("what people wrote is escaped")
    func escaping() {
        let text = String(decoding: pack().render(for: .pdf), as: UTF8.self)
        #expect(!text.contains("<b>listen") && !text.contains("<i>works") && text.contains("area &lt;1&gt;"))
    }

    @Test("the stylesheet of the pack is served and sets the marking on every page")
    func stylesheet() throws {
        let asset = try #require(Assets.named("pack.css"))
        let text = String(decoding: asset.bytes, as: UTF8.self)
        #expect(text.contains("@top-center { content: string(marking)"))
        #expect(text.contains("@bottom-center { content: string(marking)") && text.contains("counter(pages)"))
        #expect(!text.contains("url(") && !text.contains("@import"))
    }
}
