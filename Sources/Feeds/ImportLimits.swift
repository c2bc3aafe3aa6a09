/// What one file may cost, whatever it holds. Tests give smaller numbers.
public struct ImportLimits: Sendable {
    /// Unpacked bytes of one file.
    public var fileBytes: Int64 = 64 << 30
    /// Unpacked bytes for each packed byte, once `ratioFreeBytes` have come out. Crime files pack about 7:1.
    public var ratio: Int64 = 100
    public var ratioFreeBytes: Int64 = 256 << 20
    public var lineBytes = 64 << 10
    /// Rows of one file that may be kept as rejected before the file is refused.
    public var rejectedRows = 250_000
    /// Months and forces in one file.
    public var parts = 600
    /// Rows of one transaction. Below 2²⁰: the position of a row takes twenty bits of its number.
    public var runRows = 24_576
    /// Different words held in memory at once.
    public var words = 200_000
    /// Counted groups held in memory before they are written.
    public var cells = 100_000
    /// Rows of a stop and search file that are compared with each other.
    public var comparedRows = 1_000_000

    public static let standard = ImportLimits()

    public init() {}
}
