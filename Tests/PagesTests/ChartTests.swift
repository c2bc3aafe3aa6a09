import Kernel
import Testing

@testable import Pages

struct ChartTests {
    private var markup: String {
        var html = Html()
        html.controlChart(Charts.chart)
        return html.string
    }

    private var reader: PageReader { PageReader(markup) }

    @Test func `A missing month breaks the line and is marked in words`() {
        let lines = reader.all("path").filter { $0["class"] == "chart-series" }.compactMap { $0["d"] }
        #expect(lines.count == 2)
        for line in lines {
            #expect(line.filter { $0 == "M" }.count == 2)
            #expect(line.filter { $0 == "L" }.count == 1)
        }
        #expect(markup.contains(">no data</text>"))
    }

    @Test func `A missing month is never drawn as a point`() {
        let circles = reader.all("circle").filter { $0["class"] == "chart-point" && !$0.path.contains("li") }
        #expect(circles.count == 4, "two ordinary months in each of two drawings")
    }

    @Test func `Each point is a link whose name gives the month, the value and the counts`() {
        let links = reader.all("a").filter { $0.path.contains("svg") }
        #expect(
            links.map { $0["aria-label"] } == [
                "February 2024: 30.0%, 396 of 1,320", "March 2024: 40.0%, 528 of 1,320. Above the upper limit",
                "May 2024: 25.0%, 330 of 1,320",
            ])
        #expect(links.first?["href"] == "/measures/o16/points/2024-02")
    }

    @Test func `No link stands inside a picture, where readers could not find it`() {
        for link in reader.all("a") where link.path.contains("svg") { #expect(!link.path.contains("g")) }
        let pictures = reader.tags.filter { $0["role"] == "img" }
        #expect(pictures.map(\.name) == ["g", "svg"])
    }

    @Test func `Each drawing has a title and a description`() {
        let ids = Set(reader.tags.compactMap { $0["id"] })
        for picture in reader.tags.filter({ $0["role"] == "img" }) {
            let named = (picture["aria-labelledby"] ?? "").split(separator: " ").map { String($0) }
            #expect(named.count == 2)
            #expect(ids.isSuperset(of: named))
        }
    }

    @Test func `A signal has a shape, a number and words`() {
        #expect(reader.all("path").filter { $0["class"] == "chart-signal" && !$0.path.contains("li") }.count == 2)
        #expect(markup.contains(">1</text>"))
        #expect(markup.contains("</a>: 40.0%. Above the upper limit</li>"))
    }

    @Test func `Limits start again where they were re-based, with the reason in words`() {
        #expect(Charts.chart.segments == [0..<3, 3..<4])
        #expect(reader.all("line").filter { $0["class"] == "chart-rebase" }.count == 2)
        #expect(markup.contains("From May 2024 the limits start again: a new rule."))
    }

    @Test func `A hole in the limits parts them too`() {
        var chart = Charts.chart
        chart.points[1].centre = nil
        chart.points[3].rebase = nil
        #expect(chart.segments == [0..<1, 2..<4])
    }

    @Test func `The table holds every point, also the one without data`() {
        var html = Html()
        html.controlChartTable(Charts.chart, caption: "t", numerator: "n", denominator: "d")
        #expect(PageReader(html.string).all("tr").count == 5)
        #expect(html.string.contains(#"<td class="number">No data</td>"#))
    }

    @Test func `A chart without any data says so`() {
        var chart = Charts.chart
        for index in chart.points.indices { chart.points[index].value = nil }
        var html = Html()
        html.controlChart(chart)
        #expect(html.string.contains("There is no data to draw yet."))
        #expect(!html.string.contains("<svg"))
    }

    @Test(arguments: [
        ([0.0, 10], [0.0, 2.5, 5, 7.5, 10]), ([3, 10], [0, 2.5, 5, 7.5, 10]), ([90, 100], [90, 92.5, 95, 97.5, 100]),
        ([5, 5], [5, 6.25]), ([], [0, 1]), ([.nan], [0, 1]), ([-2, 2], [-2, -1, 0, 1, 2]),
    ])
    func `An axis is made of round numbers that enclose the values`(_ values: [Double], _ expected: [Double]) {
        let ticks = ChartScale.ticks(for: values)
        #expect(ticks.first.map { low in values.allSatisfy { $0.isNaN || low <= $0 } } == true)
        #expect(ticks.last.map { high in values.allSatisfy { $0.isNaN || high >= $0 } } == true)
        if values.count == 2, values[0] != values[1] { #expect(ticks == expected) }
    }

    @Test func `An axis that does not start at nought says so`() {
        #expect(Charts.chart.axisWords == "Share of outcomes, %. The axis does not start at nought.")
    }

    @Test func `A bar without a value draws none and says why`() {
        var html = Html()
        html.rankedBars(Charts.bars)
        #expect(PageReader(html.string).all("rect").map { $0["class"] } == ["bar-track", "bar-fill", "bar-track"])
        #expect(html.string.contains(">8.0 to 12.0 · 5 of 500</td>"))
        #expect(html.string.contains(">Too few to show</td>"))
    }
}

struct QRCodeTests {
    @Test func `Check bytes are those of the published example`() {
        // "HELLO WORLD", version 1, level M, as worked through in public tutorials of ISO/IEC 18004.
        let data: [UInt8] = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
        #expect(ReedSolomon.check(data, count: 10) == [196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
    }

    @Test func `Format bits are those of the standard's table for level L`() {
        #expect(QRGrid.format(0) == 0b1110111_11000100)
        #expect(QRGrid.format(4) == 0b1100110_00101111)
        #expect(QRGrid.format(7) == 0b1101001_01110110)
    }

    @Test func `A code grows with its text and refuses what does not fit`() {
        #expect(QRCode("a")?.modules.count == 21)
        #expect(QRCode(String(repeating: "a", count: 106))?.modules.count == 37)
        #expect(QRCode(String(repeating: "a", count: 134))?.modules.count == 41)
        #expect(QRCode(String(repeating: "a", count: 135)) == nil)
    }
}
