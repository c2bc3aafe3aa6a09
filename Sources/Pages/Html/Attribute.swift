/// One attribute of an element. Its constructors are all there are: none writes `style` or an event handler, and those
/// that hold an address take a `WebAddress`.
public struct Attribute: Sendable {
    private enum Value {
        case none
        case flag
        case fixed(StaticString, StaticString?)
        case text(String)
        case number(Int)
        case decimal(Double)
    }

    private let prefix: StaticString
    private let name: StaticString
    private let value: Value

    private init(prefix: StaticString = "", _ name: StaticString, _ value: Value) {
        (self.prefix, self.name, self.value) = (prefix, name, value)
    }

    private init(_ name: StaticString, if condition: Bool) {
        self.init(name, condition ? Value.flag : Value.none)
    }

    private init(prefix: StaticString = "", _ name: StaticString, optional text: String?) {
        self.init(prefix: prefix, name, text.map { Value.text($0) } ?? Value.none)
    }

    func write(into bytes: inout [UInt8]) {
        if case .none = value { return }
        bytes.append(UInt8(ascii: " "))
        prefix.withUTF8Buffer { bytes.append(contentsOf: $0) }
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        if case .flag = value { return }
        bytes.append(UInt8(ascii: "="))
        bytes.append(UInt8(ascii: "\""))
        writeValue(into: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private func writeValue(into bytes: inout [UInt8]) {
        switch value {
        case .none, .flag: break
        case .fixed(let first, let second):
            first.withUTF8Buffer { bytes.append(contentsOf: $0) }
            if let second {
                bytes.append(UInt8(ascii: " "))
                second.withUTF8Buffer { bytes.append(contentsOf: $0) }
            }
        case .text(let text): Escaping.attribute(text, into: &bytes)
        case .number(let number): Digits.write(number, into: &bytes)
        case .decimal(let number): Digits.write(number, into: &bytes)
        }
    }
}

// Global attributes.
extension Attribute {
    /// Class names are literals of ours; `also` adds a second one when it is not nil.
    public static func `class`(_ name: StaticString, _ also: StaticString? = nil) -> Attribute {
        Attribute("class", .fixed(name, also))
    }
    public static func id(_ id: String?) -> Attribute { Attribute("id", optional: id) }
    public static func lang(_ code: String) -> Attribute { Attribute("lang", .text(code)) }
    public static func role(_ role: StaticString) -> Attribute { Attribute("role", .fixed(role, nil)) }
    public static func accessKey(_ key: String) -> Attribute { Attribute("accesskey", .text(key)) }
    public static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", .number(index)) }
    public static func hidden(_ condition: Bool = true) -> Attribute { Attribute("hidden", if: condition) }
    /// `aria("label", "…")` writes `aria-label`. Nothing is written for nil.
    public static func aria(_ name: StaticString, _ text: String?) -> Attribute {
        Attribute(prefix: "aria-", name, optional: text)
    }
    /// `data("count", "500")` writes `data-count`. Nothing is written for nil.
    public static func data(_ name: StaticString, _ text: String?) -> Attribute {
        Attribute(prefix: "data-", name, optional: text)
    }
    public static func data(_ name: StaticString, address: WebAddress?) -> Attribute {
        Attribute(prefix: "data-", name, optional: address?.text)
    }
}

// Addresses.
extension Attribute {
    public static func href(_ address: WebAddress) -> Attribute { Attribute("href", .text(address.text)) }
    public static func action(_ address: WebAddress) -> Attribute { Attribute("action", .text(address.text)) }
    public static func source(_ address: WebAddress) -> Attribute { Attribute("src", .text(address.text)) }
    public static func formAction(_ address: WebAddress) -> Attribute { Attribute("formaction", .text(address.text)) }
    public static func rel(_ relation: StaticString) -> Attribute { Attribute("rel", .fixed(relation, nil)) }
    public static func download(_ fileName: String) -> Attribute { Attribute("download", .text(fileName)) }
}

// Forms.
extension Attribute {
    public static func name(_ name: String) -> Attribute { Attribute("name", .text(name)) }
    public static func value(_ value: String) -> Attribute { Attribute("value", .text(value)) }
    public static func type(_ type: StaticString) -> Attribute { Attribute("type", .fixed(type, nil)) }
    public static func `for`(_ id: String) -> Attribute { Attribute("for", .text(id)) }
    public static func method(_ method: StaticString) -> Attribute { Attribute("method", .fixed(method, nil)) }
    public static func enctype(_ type: StaticString) -> Attribute { Attribute("enctype", .fixed(type, nil)) }
    public static func checked(_ condition: Bool) -> Attribute { Attribute("checked", if: condition) }
    public static func selected(_ condition: Bool) -> Attribute { Attribute("selected", if: condition) }
    public static func disabled(_ condition: Bool) -> Attribute { Attribute("disabled", if: condition) }
    public static func multiple(_ condition: Bool) -> Attribute { Attribute("multiple", if: condition) }
    public static func required(_ condition: Bool = true) -> Attribute { Attribute("required", if: condition) }
    public static func novalidate(_ condition: Bool = true) -> Attribute { Attribute("novalidate", if: condition) }
    public static func rows(_ rows: Int) -> Attribute { Attribute("rows", .number(rows)) }
    public static func maxlength(_ length: Int?) -> Attribute {
        Attribute("maxlength", length.map { .number($0) } ?? .none)
    }
    public static func accept(_ types: String) -> Attribute { Attribute("accept", .text(types)) }
    public static func autocomplete(_ token: StaticString?) -> Attribute {
        Attribute("autocomplete", token.map { .fixed($0, nil) } ?? .none)
    }
    public static func inputmode(_ mode: StaticString?) -> Attribute {
        Attribute("inputmode", mode.map { .fixed($0, nil) } ?? .none)
    }
    public static func spellcheck(_ on: Bool) -> Attribute {
        Attribute("spellcheck", .fixed(on ? "true" : "false", nil))
    }
}

// Tables, time, progress, disclosure.
extension Attribute {
    public static func scope(_ scope: StaticString) -> Attribute { Attribute("scope", .fixed(scope, nil)) }
    public static func colspan(_ columns: Int) -> Attribute { Attribute("colspan", .number(columns)) }
    public static func datetime(_ text: String) -> Attribute { Attribute("datetime", .text(text)) }
    public static func max(_ number: Int) -> Attribute { Attribute("max", .number(number)) }
    public static func value(number: Int) -> Attribute { Attribute("value", .number(number)) }
    public static func open(_ condition: Bool) -> Attribute { Attribute("open", if: condition) }
}

// Drawing. Presentation attributes only; colours and type come from classes in the stylesheet.
extension Attribute {
    static func x(_ x: Double) -> Attribute { Attribute("x", .decimal(x)) }
    static func y(_ y: Double) -> Attribute { Attribute("y", .decimal(y)) }
    static func width(_ width: Double) -> Attribute { Attribute("width", .decimal(width)) }
    static func height(_ height: Double) -> Attribute { Attribute("height", .decimal(height)) }
    static func x1(_ x: Double) -> Attribute { Attribute("x1", .decimal(x)) }
    static func x2(_ x: Double) -> Attribute { Attribute("x2", .decimal(x)) }
    static func y1(_ y: Double) -> Attribute { Attribute("y1", .decimal(y)) }
    static func y2(_ y: Double) -> Attribute { Attribute("y2", .decimal(y)) }
    static func cx(_ x: Double) -> Attribute { Attribute("cx", .decimal(x)) }
    static func cy(_ y: Double) -> Attribute { Attribute("cy", .decimal(y)) }
    static func r(_ radius: Double) -> Attribute { Attribute("r", .decimal(radius)) }
    static func d(_ path: Path) -> Attribute { Attribute("d", .text(path.text)) }
    static func anchor(_ anchor: StaticString) -> Attribute { Attribute("text-anchor", .fixed(anchor, nil)) }
    static func viewBox(_ width: Double, _ height: Double) -> Attribute {
        Attribute("viewBox", .text("0 0 \(Digits.text(width)) \(Digits.text(height))"))
    }
    static func stretched() -> Attribute { Attribute("preserveAspectRatio", .fixed("none", nil)) }
    static func unscaledStroke() -> Attribute { Attribute("vector-effect", .fixed("non-scaling-stroke", nil)) }
    static func turned(_ degrees: Int, _ x: Double, _ y: Double) -> Attribute {
        Attribute("transform", .text("rotate(\(degrees) \(Digits.text(x)) \(Digits.text(y)))"))
    }
    static func focusable(_ condition: Bool) -> Attribute {
        Attribute("focusable", .fixed(condition ? "true" : "false", nil))
    }
}
