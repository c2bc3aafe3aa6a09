import Kernel

/// Elements. Each takes its text first, or its content as a closure last; attributes stand between.
extension Html {
    public mutating func h1(_ text: String, _ attributes: Attribute...) { element("h1", attributes, text) }
    public mutating func h1(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("h1", attributes, content)
    }
    public mutating func h2(_ text: String, _ attributes: Attribute...) { element("h2", attributes, text) }
    public mutating func h2(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("h2", attributes, content)
    }
    public mutating func h3(_ text: String, _ attributes: Attribute...) { element("h3", attributes, text) }
    public mutating func h3(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("h3", attributes, content)
    }
    public mutating func h4(_ text: String, _ attributes: Attribute...) { element("h4", attributes, text) }
    public mutating func h4(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("h4", attributes, content)
    }
    public mutating func p(_ text: String, _ attributes: Attribute...) { element("p", attributes, text) }
    public mutating func p(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("p", attributes, content)
    }
    public mutating func div(_ text: String, _ attributes: Attribute...) { element("div", attributes, text) }
    public mutating func div(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("div", attributes, content)
    }
    public mutating func span(_ text: String, _ attributes: Attribute...) { element("span", attributes, text) }
    public mutating func span(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("span", attributes, content)
    }
    public mutating func section(_ text: String, _ attributes: Attribute...) { element("section", attributes, text) }
    public mutating func section(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("section", attributes, content)
    }
    public mutating func article(_ text: String, _ attributes: Attribute...) { element("article", attributes, text) }
    public mutating func article(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("article", attributes, content)
    }
    public mutating func li(_ text: String, _ attributes: Attribute...) { element("li", attributes, text) }
    public mutating func li(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("li", attributes, content)
    }
    public mutating func dt(_ text: String, _ attributes: Attribute...) { element("dt", attributes, text) }
    public mutating func dt(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("dt", attributes, content)
    }
    public mutating func dd(_ text: String, _ attributes: Attribute...) { element("dd", attributes, text) }
    public mutating func dd(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("dd", attributes, content)
    }
    public mutating func strong(_ text: String, _ attributes: Attribute...) { element("strong", attributes, text) }
    public mutating func strong(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("strong", attributes, content)
    }
    public mutating func em(_ text: String, _ attributes: Attribute...) { element("em", attributes, text) }
    public mutating func em(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("em", attributes, content)
    }
    public mutating func small(_ text: String, _ attributes: Attribute...) { element("small", attributes, text) }
    public mutating func small(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("small", attributes, content)
    }
    public mutating func blockquote(_ text: String, _ attributes: Attribute...) {
        element("blockquote", attributes, text)
    }
    public mutating func blockquote(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("blockquote", attributes, content)
    }
    public mutating func pre(_ text: String, _ attributes: Attribute...) { element("pre", attributes, text) }
    public mutating func pre(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("pre", attributes, content)
    }
    public mutating func code(_ text: String, _ attributes: Attribute...) { element("code", attributes, text) }
    public mutating func code(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("code", attributes, content)
    }
    public mutating func caption(_ text: String, _ attributes: Attribute...) { element("caption", attributes, text) }
    public mutating func caption(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("caption", attributes, content)
    }
    public mutating func th(_ text: String, _ attributes: Attribute...) { element("th", attributes, text) }
    public mutating func th(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("th", attributes, content)
    }
    public mutating func td(_ text: String, _ attributes: Attribute...) { element("td", attributes, text) }
    public mutating func td(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("td", attributes, content)
    }
    public mutating func legend(_ text: String, _ attributes: Attribute...) { element("legend", attributes, text) }
    public mutating func legend(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("legend", attributes, content)
    }
    public mutating func summary(_ text: String, _ attributes: Attribute...) { element("summary", attributes, text) }
    public mutating func summary(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("summary", attributes, content)
    }
    public mutating func figcaption(_ text: String, _ attributes: Attribute...) {
        element("figcaption", attributes, text)
    }
    public mutating func figcaption(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("figcaption", attributes, content)
    }
    public mutating func mark(_ text: String, _ attributes: Attribute...) { element("mark", attributes, text) }
    public mutating func mark(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("mark", attributes, content)
    }
    public mutating func button(_ text: String, _ attributes: Attribute...) { element("button", attributes, text) }
    public mutating func button(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("button", attributes, content)
    }
    public mutating func nav(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("nav", attributes, content)
    }
    public mutating func header(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("header", attributes, content)
    }
    public mutating func footer(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("footer", attributes, content)
    }
    public mutating func aside(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("aside", attributes, content)
    }
    public mutating func ul(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("ul", attributes, content)
    }
    public mutating func ol(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("ol", attributes, content)
    }
    public mutating func dl(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("dl", attributes, content)
    }
    public mutating func table(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("table", attributes, content)
    }
    public mutating func thead(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("thead", attributes, content)
    }
    public mutating func tbody(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("tbody", attributes, content)
    }
    public mutating func tr(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("tr", attributes, content)
    }
    public mutating func fieldset(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("fieldset", attributes, content)
    }
    public mutating func details(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("details", attributes, content)
    }
    public mutating func figure(_ attributes: Attribute..., content: (inout Html) -> Void) {
        element("figure", attributes, content)
    }
}

// Elements with a rule of their own.
extension Html {
    public mutating func a(_ text: String, to address: WebAddress, _ attributes: Attribute...) {
        startLink(address, attributes)
        self.text(text)
        close("a")
    }

    public mutating func a(to address: WebAddress, _ attributes: Attribute..., content: (inout Html) -> Void) {
        startLink(address, attributes)
        content(&self)
        close("a")
    }

    private mutating func startLink(_ address: WebAddress, _ attributes: [Attribute]) {
        constant("<a")
        Attribute.href(address).write(into: &bytes)
        for attribute in attributes { attribute.write(into: &bytes) }
        constant(">")
    }

    public mutating func label(_ text: String, for id: String, _ attributes: Attribute...) {
        element("label", [.for(id)] + attributes, text)
    }

    /// `machine` is ISO 8601; `text` is what a person reads.
    public mutating func time(_ text: String, machine: String) { element("time", [.datetime(machine)], text) }

    /// A day in words: `9 November 2017`.
    public mutating func day(_ day: Day) {
        let (year, month, number) = (day.year, day.month, day.day)
        constant("<time datetime=\"")
        Digits.write(year, width: 4, into: &bytes)
        constant("-")
        Digits.write(month, width: 2, into: &bytes)
        constant("-")
        Digits.write(number, width: 2, into: &bytes)
        constant("\">")
        Digits.write(number, into: &bytes)
        constant(" ")
        text(Month.names[month - 1])
        constant(" ")
        Digits.write(year, into: &bytes)
        constant("</time>")
    }

    public mutating func br() { constant("<br>") }
    public mutating func hr() { constant("<hr>") }
    public mutating func input(_ attributes: Attribute...) { open("input", attributes) }

    /// The parser drops one line end after the start tag: it gets one of its own, so that none of the text is lost.
    public mutating func textarea(_ value: String, _ attributes: Attribute...) {
        element("textarea", attributes) { html in
            html.constant("\n")
            html.text(value)
        }
    }

    /// Text in which each line end becomes a line break on the page.
    public mutating func lines(_ text: String) {
        var first = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !first { br() }
            first = false
            self.text(String(line))
        }
    }
}
