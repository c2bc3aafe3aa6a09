import Testing

@testable import Statistics

struct DistributionTests {
    /// scipy 1.17.1, `norm.ppf` and `norm.cdf`.
    @Test func `normal quantiles and probabilities agree with scipy`() {
        let quantiles = [
            (1e-10, -6.361340902404056), (0.001, -3.090232306167813), (0.025, -1.9599639845400545),
            (0.3, -0.5244005127080409), (0.9, 1.2815515655446004),
        ]
        for (p, z) in quantiles { #expect(isClose(StandardNormal.quantile(p), z)) }
        let probabilities = [
            (-8, 6.22096057427174e-16), (-1.96, 0.024997895148220435), (0, 0.5), (0.5, 0.6914624612740131),
            (3, 0.9986501019683699),
        ]
        for (z, p) in probabilities { #expect(abs(StandardNormal.cumulative(z) / p - 1) < 1e-12) }
    }

    @Test func `quantiles outside the domain are not numbers and nothing is thrown across the door`() {
        for p in [-0.1, 0, 1, 1.1, .nan, .infinity] { #expect(StandardNormal.quantile(p).isNaN) }
        for degrees in [-1, 0, .nan, .infinity] {
            #expect(ChiSquare.quantile(0.5, degrees: degrees).isNaN)
            #expect(ChiSquare.upperQuantile(0.5, degrees: degrees).isNaN)
        }
        for p in [-0.1, 1, 1.5, .nan] { #expect(ChiSquare.quantile(p, degrees: 4).isNaN) }
        for q in [-0.1, 0, 1.5, .nan] { #expect(ChiSquare.upperQuantile(q, degrees: 4).isNaN) }
        #expect(StandardNormal.cumulative(.nan).isNaN)
    }
}
