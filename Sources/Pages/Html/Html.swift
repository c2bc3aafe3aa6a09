/// A page being written: bytes of UTF-8, escaped as they arrive.
///
/// ```swift
/// var html = Html()
/// html.div(.class("panel")) { html in
///     html.h2("Areas for improvement")
///     html.p("\(count) need you today.")          // text is escaped
///     html.a("See them", to: "/areas/\(id)")      // each part put into an address is percent-encoded
/// }
/// respond(html.bytes)
/// ```
///
/// Three things hold by construction:
/// - Text and attribute values are escaped, each by its own rule. No function takes markup in a `String`; the one door
///   for our own markup is `constant(_:)`, which the compiler opens only to literals.
/// - An attribute that holds an address takes a `WebAddress`, which cannot be `javascript:` or `data:`.
/// - There is no way to write a `style` attribute, an `on…` handler, or a script with content, so that the strict
///   content security policy holds.
///
/// An element's content is a closure that receives the page as `inout`: name it `html` again, and the compiler refuses
/// a write to the outer one. No tree is built.
public struct Html: Sendable {
    public internal(set) var bytes: [UInt8]

    /// `capacity` is in bytes; a page of 50 rows is about 38,000.
    public init(reserving capacity: Int = 49_152) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes text between tags, escaped.
    public mutating func text(_ text: String) { Escaping.text(text, into: &bytes) }

    /// Writes our own markup as it stands. A `StaticString` can only be a literal in our source: nothing that a person
    /// typed can come through here.
    public mutating func constant(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Bytes to be copied many times.
    static func pieces(_ content: (inout Html) -> Void) -> [UInt8] {
        var html = Html(reserving: 64)
        content(&html)
        return html.bytes
    }

    /// Writes an element. Prefer the named functions; this one serves them.
    mutating func element(_ name: StaticString, _ attributes: [Attribute], _ content: (inout Html) -> Void) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    mutating func element(_ name: StaticString, _ attributes: [Attribute], _ text: String) {
        open(name, attributes)
        Escaping.text(text, into: &bytes)
        close(name)
    }

    /// Writes a start tag alone: `<input …>`.
    mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        bytes.append(UInt8(ascii: "<"))
        constant(name)
        for attribute in attributes { attribute.write(into: &bytes) }
        bytes.append(UInt8(ascii: ">"))
    }

    mutating func close(_ name: StaticString) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        constant(name)
        bytes.append(UInt8(ascii: ">"))
    }
}
