import Kernel
import Testing

@testable import Pages

struct WebAddressTests {
    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,<script>", "vbscript:x", "//evil.example", "/\\evil.example", "\\\\evil", "", "https://",
        "http://", "ftp://x", "mailto:a@b", "page", "\u{1}/x", "/a b", "/a\tb", "blob:https://x",
    ])
    func `An address from outside that could run or mislead is refused`(_ text: String) {
        #expect(WebAddress(outside: text) == nil)
    }

    @Test(arguments: [
        ("/", "/"), ("/areas?x=1&y=2#z", "/areas?x=1&y=2#z"), ("#main", "#main"), ("?after=3", "?after=3"),
        ("https://data.police.uk/x", "https://data.police.uk/x"), ("/ward/Łódź", "/ward/%C5%81%C3%B3d%C5%BA"),
        ("/a\"b'c<d>", "/a%22b%27c%3Cd%3E"), ("HTTPS://x.example", "HTTPS://x.example"),
    ])
    func `A plain address passes, encoded`(_ text: String, _ expected: String) {
        #expect(WebAddress(outside: text)?.text == expected)
    }

    @Test func `An address taken once is taken again as it was written, and one too long for that is refused`() {
        let long = "/" + String(repeating: "é", count: 340)
        #expect(WebAddress(outside: long).flatMap { WebAddress(outside: $0.text) } == WebAddress(outside: long))
        #expect(WebAddress(outside: long)?.text.utf8.count == 2041)
        #expect(WebAddress(outside: long + "éé") == nil)
    }

    @Test func `What is put into an address cannot change its shape`() {
        let hostile = "a/b?c=d&e#f\"<\\ javascript:"
        let address: WebAddress = "/people/\(hostile)/edit"
        #expect(address.text == "/people/a%2Fb%3Fc%3Dd%26e%23f%22%3C%5C%20javascript%3A/edit")
    }

    @Test func `What is put into an address cannot climb it`() {
        let address: WebAddress = "/people/\("..")/\(".")/\("...")"
        #expect(address.text == "/people/_/_/...")
    }

    @Test func `Text alone cannot become the address`() {
        let hostile = "javascript:alert(1)"
        let address: WebAddress = "\(hostile)"
        #expect(address.text == "#")
    }

    @Test func `A wrong literal leads nowhere`() {
        let address: WebAddress = "javascript:alert(1)"
        #expect(address.text == "#")
    }

    @Test func `A query grows by names and values, before the fragment`() {
        let address: WebAddress = "/areas#list"
        #expect(address.adding("after", "a&b").adding("n", "1").text == "/areas?after=a%26b&n=1#list")
    }

    @Test func `Months, days and numbers stand as they are`() {
        let address: WebAddress = "/m/\(Month(index: 2024 * 12))/\(Day(daysSince1970: 0))/\(7)"
        #expect(address.text == "/m/2024-01/1970-01-01/7")
    }

    @Test func `Links and forms escape an address once more for its attribute`() {
        var html = Html()
        html.a("x", to: "/a?b=1&c=2")
        #expect(html.string == #"<a href="/a?b=1&amp;c=2">x</a>"#)
    }
}
