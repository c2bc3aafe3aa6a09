import Testing

@testable import Pages

/// What holds for every page, whatever it is about.
struct StructureTests {
    @Test func `No page has an inline style, an inline handler or a data address`() {
        forEachPage { name, reader in
            for tag in reader.tags {
                #expect(tag.name != "style", "\(name)")
                for attribute in tag.attributes {
                    #expect(attribute.name != "style" && !attribute.name.hasPrefix("on"), "\(name): \(tag.name)")
                    if ["href", "src", "action", "formaction"].contains(attribute.name) {
                        let isOurs = attribute.value.hasPrefix("/") || attribute.value.hasPrefix("#")
                        #expect(isOurs || attribute.value.hasPrefix("otpauth://totp/"), "\(name): \(attribute.value)")
                    }
                }
            }
        }
    }

    @Test func `No id stands twice on a page`() {
        forEachPage { name, reader in
            let ids = reader.tags.compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count, "\(name)")
        }
    }

    @Test func `Every field has a label and every label has a field`() {
        forEachPage { name, reader in
            let controls = ["input", "select", "textarea", "progress"].flatMap { reader.all($0) }
                .filter { $0["type"] != "hidden" }
            let labelled = Set(reader.all("label").compactMap { $0["for"] })
            #expect(Set(controls.compactMap { $0["id"] }) == labelled, "\(name)")
            #expect(controls.allSatisfy { $0["id"] != nil }, "\(name)")
        }
    }

    @Test func `What describes a field is on the page`() {
        forEachPage { name, reader in
            let ids = Set(reader.tags.compactMap { $0["id"] })
            for tag in reader.tags {
                for key in ["aria-describedby", "aria-labelledby"] {
                    for id in (tag[key] ?? "").split(separator: " ") {
                        #expect(ids.contains(String(id)), "\(name): \(id)")
                    }
                }
            }
        }
    }

    @Test func `Each line of the error summary leads to its field`() {
        let reader = PageReader(Everything().markup)
        let controls = Set(
            ["input", "select", "textarea"].flatMap { reader.all($0) }.compactMap { $0["id"] })
        let links = reader.all("a").compactMap { $0["href"] }.filter { $0.hasPrefix("#") && $0 != "#main" }
        #expect(links.count == Sample.errors.fields.count)
        for link in links { #expect(controls.contains(String(link.dropFirst())), "\(link)") }
    }

    @Test func `Every heading of a table says what it heads`() {
        forEachPage { name, reader in
            for heading in reader.all("th") {
                #expect(heading["scope"] == (heading.path.contains("thead") ? "col" : "row"), "\(name)")
            }
            #expect(reader.all("caption").count == reader.all("table").count, "\(name)")
        }
    }

    @Test func `Every form that posts carries the token, and no other does`() {
        forEachPage { name, reader in
            let posting = reader.all("form").filter { $0["method"] == "post" }
            #expect(reader.all("input").filter { $0["name"] == FormToken.field }.count == posting.count, "\(name)")
        }
    }

    @Test func `A page has one main, one first heading, a language and a way past the top`() {
        forEachPage { name, reader in
            #expect(reader.all("main").count == 1, "\(name)")
            #expect(reader.all("h1").count == 1, "\(name)")
            #expect(reader.all("html").first?["lang"] == "en-GB", "\(name)")
            #expect(reader.all("a").first?["href"] == "#main", "\(name)")
        }
    }

    @Test func `The marking stands at the top and at the bottom`() throws {
        let pieces = SignInPage().markup.components("<main ")
        #expect(pieces.count == 2)
        for piece in pieces { #expect(piece.contains("OFFICIAL – SENSITIVE")) }
        #expect(pieces.first?.contains("Sample data: invented people") == true)
    }

    @Test func `A password is never written back`() {
        let markup = Everything().markup
        let password = PageReader(markup).all("input").first { $0["name"] == "password" }
        #expect(password != nil)
        #expect(password?["value"] == nil)
    }

    @Test func `A page with errors says so before anything else`() {
        #expect(Everything().markup.contains("<title>Error: "))
        #expect(!SignInPage().markup.contains("<title>Error: "))
    }

    @Test func `Nobody is asked to use a mouse`() {
        let pages = [SignInPage().markup, SecondFactorPage().markup]
        for page in pages { #expect(!page.lowercased().contains("click")) }
    }

    private func forEachPage(_ check: (String, PageReader) -> Void) {
        for (name, page) in Sample.pages { check(name, PageReader(page.markup)) }
    }
}

extension String {
    func components(_ separator: String) -> [String] {
        var parts: [String] = [""]
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(separator) {
                parts.append("")
                rest = rest.dropFirst(separator.count)
            } else {
                parts[parts.count - 1].append(rest.removeFirst())
            }
        }
        return parts
    }
}
