/// One estimate of a model with its interval. A number is nil where there is none: where the data separate the
/// outcome the likelihood has no maximum.
public struct Coefficient: Sendable, Equatable {
    public let name: String
    public let estimate: Double?
    public let standardError: Double?
    /// Estimate over standard error; Student's t where the model says so.
    public let z: Double?
    /// Two-sided.
    public let p: Double?
    public let low: Double?
    public let high: Double?

    /// Without an estimate.
    init(without name: String) {
        self.name = name
        (estimate, standardError, z, p, low, high) = (nil, nil, nil, nil, nil, nil)
    }

    init(_ name: String, _ estimate: Double, variance: Double, _ distribution: ReferenceDistribution, tail: Double) {
        self.name = name
        self.estimate = estimate
        guard variance > 0, variance.isFinite else {
            (standardError, z, p, low, high) = (variance == 0 ? 0 : nil, nil, nil, nil, nil)
            return
        }
        let error = variance.squareRoot()
        let reach = distribution.quantile(tail: tail) * error
        (standardError, z) = (error, estimate / error)
        p = distribution.twoSided(estimate / error)
        (low, high) = (estimate - reach, estimate + reach)
    }
}

/// What an estimate over its standard error is held against.
public enum ReferenceDistribution: Sendable, Equatable {
    case normal
    case student(degrees: Double)

    func twoSided(_ z: Double) -> Double {
        switch self {
        case .normal: 2 * StandardNormal.cumulative(-abs(z))
        case .student(let degrees): StudentsT.twoSided(z, degrees: degrees)
        }
    }

    func quantile(tail: Double) -> Double {
        switch self {
        case .normal: -StandardNormal.quantile(tail)
        case .student(let degrees): StudentsT.upperQuantile(tail, degrees: degrees)
        }
    }
}

extension Coefficient {
    static func list(
        _ names: [String], _ estimates: [Double], _ covariance: SymmetricMatrix, _ distribution: ReferenceDistribution,
        tail: Double
    ) -> [Coefficient] {
        names.indices.map { place in
            Coefficient(
                names[place], estimates[place], variance: covariance[place, place], distribution, tail: tail)
        }
    }
}
