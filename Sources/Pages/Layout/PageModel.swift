import Kernel

/// One page: plain data, and how it is written. A slice adds its own in a folder with its noun.
///
/// ```swift
/// public struct AreaPage: PageModel {
///     public let area: AreaView
///     public var title: String { area.title }
///     public func main(_ html: inout Html, in frame: Frame) { html.heading(title) }
/// }
/// let bytes = AreaPage(area: area).render(in: frame)
/// ```
public protocol PageModel: Sendable {
    /// Unique among pages; also the words that a screen reader says first.
    var title: String { get }
    /// From the home page down to the parent of this page.
    var breadcrumbs: [Breadcrumb] { get }
    /// What was wrong with what the person sent; shown at the top, each linked to its field.
    var errors: FieldErrors { get }
    /// Wide pages hold tables and charts; the others keep lines short enough to read.
    var isWide: Bool { get }
    /// A file of `Assets` that this page alone runs; it works without it.
    var script: String? { get }
    /// Writes what stands between the header and the footer. The first element must be the one `h1`.
    func main(_ html: inout Html, in frame: Frame)
}

extension PageModel {
    public var breadcrumbs: [Breadcrumb] { [] }
    public var errors: FieldErrors { .none }
    public var isWide: Bool { false }
    public var script: String? { nil }

    /// The whole document, UTF-8.
    public func render(in frame: Frame) -> [UInt8] {
        var html = Html()
        html.document(self, in: frame)
        return html.bytes
    }
}

public struct Breadcrumb: Sendable {
    public var title: String
    public var address: WebAddress

    public init(_ title: String, _ address: WebAddress) { (self.title, self.address) = (title, address) }

    public static let home = Breadcrumb("Home", "/")
}

/// The errors of one form. A field asks for its own by name; the id of its first input is that name.
public struct FieldErrors: Sendable {
    public static let none = FieldErrors()

    /// What was wrong as a whole, when no field can say it.
    public let message: String?
    public let next: String
    public let fields: [Problem.Field]

    public init(_ problem: Problem? = nil) {
        fields = problem?.fields ?? []
        message = problem?.message
        next = problem?.next ?? ""
    }

    public var isEmpty: Bool { message == nil && fields.isEmpty }

    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.message }
}
