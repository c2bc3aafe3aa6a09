import Kernel
import Testing

@testable import Pages

struct EscapingTests {
    @Test func `Text between tags cannot open a tag`() {
        var html = Html()
        html.p(#"<b> & "quoted" 'too'"#)
        #expect(html.string == #"<p>&lt;b&gt; &amp; "quoted" 'too'</p>"#)
    }

    @Test func `An attribute's value cannot leave its quotes`() {
        var html = Html()
        html.span("x", .id(#"" onclick='x' <&>"#))
        #expect(html.string == #"<span id="&quot; onclick=&#39;x&#39; &lt;&amp;&gt;">x</span>"#)
    }

    @Test func `Control characters become visible and line ends stay`() {
        var html = Html()
        html.text("a\u{0}b\u{1B}c\u{7F}\td\ne\r")
        #expect(html.string == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\td\ne\r")
    }

    @Test func `Letters outside ASCII pass whole`() {
        var html = Html()
        html.text("Łódź – 警察 👮🏽‍♀️ é")
        #expect(html.string == "Łódź – 警察 👮🏽‍♀️ é")
    }

    @Test func `Nothing is written for an attribute that is absent or false`() {
        var html = Html()
        html.input(.id(nil), .checked(false), .required(), .aria("label", nil), .maxlength(nil))
        #expect(html.string == "<input required>")
    }

    @Test func `A text area keeps a first line end`() {
        var html = Html()
        html.textarea("\nsecond", .name("note"))
        #expect(html.string == "<textarea name=\"note\">\n\nsecond</textarea>")
    }

    @Test func `Lines of text become lines of the page`() {
        var html = Html()
        html.p { $0.lines("one\n<two>\n") }
        #expect(html.string == "<p>one<br>&lt;two&gt;<br></p>")
    }

    @Test func `Numbers in attributes have no exponent and no surprise`() {
        let numbers: [Double] = [0, 1, -1.5, 12.345, 0.05, -0.004, 1e300, .nan, .infinity]
        #expect(numbers.map { Digits.text($0) } == ["0", "1", "-1.5", "12.35", "0.05", "0", "0", "0", "0"])
    }

    @Test func `A day is words for people and digits for machines`() {
        var html = Html()
        html.day(Day(daysSince1970: 0))
        #expect(html.string == #"<time datetime="1970-01-01">1 January 1970</time>"#)
    }

    @Test func `Whole numbers are written with the digits they have`() {
        var bytes: [UInt8] = []
        for (number, width) in [(0, 1), (7, 2), (-42, 1), (Int.min, 1)] {
            Digits.write(number, width: width, into: &bytes)
            bytes.append(0x20)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "0 07 -42 -9223372036854775808 ")
    }

    @Test func `Every sample page shows hostile text and runs none of it`() {
        for (name, page) in Sample.pages {
            let reader = PageReader(page.markup)
            #expect(reader.faults.isEmpty, "\(name)")
            #expect(reader.all("img").isEmpty, "\(name)")
            #expect(reader.all("script").map { $0["src"] != nil } == [true], "\(name)")
            #expect(page.markup.contains("&lt;script&gt;alert("), "\(name)")
        }
    }
}

extension PageModel {
    var markup: String { String(decoding: render(in: Sample.frame), as: UTF8.self) }
}
