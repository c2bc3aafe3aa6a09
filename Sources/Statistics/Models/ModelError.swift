/// Why a model could not be fitted, or a curve not be drawn. The command and the pages put these into words.
public enum ModelError: Error, Equatable, Sendable {
    /// No row is left to work with.
    case noRows
    /// Columns of one table with different numbers of rows.
    case unequalLengths
    /// A value that is infinite or not a number, or too large to calculate with.
    case notFinite(column: String)
    /// The outcome is the same in every row.
    case oneOutcome(Double)
    /// The outcome has a value other than 0 and 1.
    case notBinary(Double)
    /// Fewer rows than the model has numbers to estimate.
    case tooFewRows(rows: Int, coefficients: Int)
    /// Robust errors need two clusters or more.
    case tooFewClusters(Int)
    /// The steps did not settle.
    case notConverged(iterations: Int)
    /// A time below zero.
    case negativeTime(Double)
    /// Nothing happened to anybody.
    case noEvents
    /// Only one group where two are compared.
    case oneGroup
    /// One of the four cells of a difference in differences holds no row.
    case emptyCell(treated: Bool, post: Bool)
    /// The break leaves too few points on one side.
    case breakOutside(before: Int, after: Int)
    /// Two points of a series with one time.
    case repeatedTime(Double)
    /// Lags, seasons or harmonics that the series cannot carry.
    case badLags(Int)
    case badSeason
}
