import CBoostMath

/// The standard normal distribution, from Boost.Math. Outside the domain the answer is NaN.
enum StandardNormal {
    /// P(Z ≤ z).
    static func cumulative(_ z: Double) -> Double { boost_normal_cdf(z) }

    /// The z with P(Z ≤ z) = p, for 0 < p < 1.
    static func quantile(_ p: Double) -> Double { boost_normal_quantile(p) }

    /// The z that leaves (1 − level)/2 in each tail: 1.96 for 0.95.
    ///
    /// Asked of the lower tail, where a level near 1 keeps its digits.
    static func twoSided(level: Double) throws(StatisticsError) -> Double {
        -quantile(try tailProbability(level: level))
    }
}

/// The chi-square distribution, from Boost.Math. Outside the domain the answer is NaN.
enum ChiSquare {
    /// The x with P(X ≤ x) = p.
    static func quantile(_ p: Double, degrees: Double) -> Double { boost_chi_square_quantile(degrees, p) }

    /// The x with P(X > x) = q.
    static func upperQuantile(_ q: Double, degrees: Double) -> Double { boost_chi_square_upper_quantile(degrees, q) }

    /// P(X > x).
    static func upperTail(_ x: Double, degrees: Double) -> Double { boost_chi_square_upper_tail(degrees, x) }
}

/// Student's t distribution, from Boost.Math. Outside the domain the answer is NaN.
enum StudentsT {
    /// P(|T| > |t|).
    static func twoSided(_ t: Double, degrees: Double) -> Double { 2 * boost_students_t_upper_tail(degrees, abs(t)) }

    /// The t with P(T > t) = q.
    static func upperQuantile(_ q: Double, degrees: Double) -> Double { boost_students_t_upper_quantile(degrees, q) }
}

/// The probability left in each tail by a two-sided interval of this confidence level.
func tailProbability(level: Double) throws(StatisticsError) -> Double {
    guard level > 0, level < 1 else { throw .badLevel(level) }
    return (1 - level) / 2
}
