/// SVG elements that our charts use.
extension Html {
    mutating func g(_ attributes: Attribute..., content: (inout Html) -> Void) { element("g", attributes, content) }
    mutating func svgText(_ text: String, _ attributes: Attribute...) { element("text", attributes, text) }
    mutating func path(_ attributes: Attribute...) { element("path", attributes) { _ in } }
    mutating func line(_ attributes: Attribute...) { element("line", attributes) { _ in } }
    mutating func rect(_ attributes: Attribute...) { element("rect", attributes) { _ in } }
    mutating func circle(_ attributes: Attribute...) { element("circle", attributes) { _ in } }
}
