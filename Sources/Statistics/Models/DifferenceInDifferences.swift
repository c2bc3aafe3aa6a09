/// By how much more did the treated change than the others? Card and Krueger 1994, "Minimum wages and employment",
/// American Economic Review 84, as least squares of the outcome on treated, post and their product.
public struct DifferenceInDifferences: Sendable {
    /// `Intercept`, treated, post, `treated:post`; the last is the difference in differences.
    public let model: LinearModel
    public let cells: [Cell]

    public struct Cell: Sendable, Equatable {
        public let isTreated: Bool
        public let isPost: Bool
        public let rows: Int
        public let mean: Double
    }

    /// - Parameters:
    ///   - treated: 1 for rows of those to whom it was done, else 0.
    ///   - post: 1 for rows from when it was done, else 0.
    ///   - names: Of the columns treated and post.
    /// - Throws: `ModelError`, or `StatisticsError.badLevel`.
    public init(
        outcome: [Double], treated: [Double], post: [Double], names: (treated: String, post: String),
        clusters: [Int32]? = nil, level: Double = 0.95
    ) throws {
        guard treated.count == outcome.count, post.count == outcome.count else { throw ModelError.unequalLengths }
        for value in treated + post where value != 0 && value != 1 { throw ModelError.notBinary(value) }
        cells = try [(false, false), (false, true), (true, false), (true, true)].map { isTreated, isPost in
            let rows = outcome.indices.filter { (treated[$0] == 1) == isTreated && (post[$0] == 1) == isPost }
            guard !rows.isEmpty else { throw ModelError.emptyCell(treated: isTreated, post: isPost) }
            let mean = rows.reduce(0) { $0 + outcome[$1] } / Double(rows.count)
            return Cell(isTreated: isTreated, isPost: isPost, rows: rows.count, mean: mean)
        }
        let design = try Design(
            [
                Design.Column(names.treated, treated), Design.Column(names.post, post),
                Design.Column("\(names.treated):\(names.post)", zip(treated, post).map { $0 * $1 }),
            ], rows: outcome.count)
        model = try LinearModel(outcome, design, errors: clusters.map { .clustered($0) } ?? .ordinary, level: level)
    }
}
