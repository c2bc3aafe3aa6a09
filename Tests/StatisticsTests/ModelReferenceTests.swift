import Foundation
import Statistics
import Testing

private let missing: Comment = "No reference values: put them beside the repository, or name them in HOLDFAST_SHARED."

/// Values of statsmodels 0.15.0 and lifelines 0.30.3, which each case names in its file.
struct ModelReferenceTests {
    private func design(_ rows: [[Double]], from first: Int) throws -> Design {
        let columns = (first..<rows[0].count).map { column in
            Design.Column("x\(column)", rows.map { $0[column] })
        }
        return try Design(columns, rows: rows.count)
    }

    private func codes(_ values: [Int]) -> [Int32] {
        let distinct = Array(Set(values)).sorted()
        return values.compactMap { value in distinct.firstIndex(of: value).map { Int32($0) } }
    }

    private func expect(_ found: [Double?], _ known: [Double], _ what: Comment) {
        #expect(found.count == known.count, what)
        for (one, other) in zip(found, known) { #expect(isClose(one ?? .nan, other, within: 1e-9), what) }
    }

    private struct LogisticCase: Decodable {
        struct Inputs: Decodable {
            let rows: [[Double]]
            let y: [Double]

            enum CodingKeys: String, CodingKey {
                case rows = "X"
                case y
            }
        }
        struct Outputs: Decodable {
            let coef, se, z: [Double]
            let llf, aic, llnull, mcfadden: Double
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("logistic.json"), missing))
    func `logistic regression has the estimates of statsmodels`() throws {
        let known = try Reference.decode(LogisticCase.self, from: "logistic.json")
        let model = try LogisticModel(known.inputs.y, design(known.inputs.rows, from: 1))
        expect(model.coefficients.map(\.estimate), known.outputs.coef, "estimates")
        expect(model.coefficients.map(\.standardError), known.outputs.se, "errors")
        expect(model.coefficients.map(\.z), known.outputs.z, "z")
        expect(
            [model.logLikelihood, model.akaike, model.nullLogLikelihood, model.pseudoRSquared],
            [known.outputs.llf, known.outputs.aic, known.outputs.llnull, known.outputs.mcfadden], "fit")
        #expect(model.separation == nil && model.dropped.isEmpty)
    }

    private struct MeierCase: Decodable {
        struct Inputs: Decodable {
            let time: [Double]
            let event: [UInt8]
        }
        struct Outputs: Decodable {
            let times: [Double]
            let atRisk, events: [Int]
            let survival: [Double]
            let greenwoodSe, loglogLower, loglogUpper: [Double?]
            let median: Double
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("kaplan_meier.json"), missing))
    func `Kaplan–Meier has the curve and the limits of lifelines`() throws {
        let known = try Reference.decode(MeierCase.self, from: "kaplan_meier.json")
        let curve = try KaplanMeier(SurvivalTable(times: known.inputs.time, causes: known.inputs.event))
        #expect(curve.times == known.outputs.times && curve.median == known.outputs.median)
        #expect(curve.atRisk == known.outputs.atRisk && curve.events == known.outputs.events)
        expect(curve.survival, known.outputs.survival, "survival")
        for (found, wanted) in [
            (curve.low, known.outputs.loglogLower), (curve.high, known.outputs.loglogUpper),
            (curve.standardErrors, known.outputs.greenwoodSe),
        ] {
            for (one, other) in zip(found, wanted) {
                #expect((one == nil) == (other == nil) && isClose(one ?? 0, other ?? 0, within: 1e-9))
            }
        }
    }

    private struct RankCase: Decodable {
        struct Inputs: Decodable {
            let time: [Double]
            let event: [UInt8]
            let group: [Int]
        }
        struct Outputs: Decodable {
            let chi2, p, expected1: Double
            let observed1: Int
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("log_rank.json"), missing))
    func `the log-rank test has the statistic of lifelines`() throws {
        let known = try Reference.decode(RankCase.self, from: "log_rank.json")
        let groups = try [0, 1].map { wanted in
            let rows = known.inputs.group.indices.filter { known.inputs.group[$0] == wanted }
            return try SurvivalTable(
                times: rows.map { known.inputs.time[$0] }, causes: rows.map { known.inputs.event[$0] })
        }
        let test = try LogRank(groups)
        expect(
            [test.statistic, test.p, test.expected[1]], [known.outputs.chi2, known.outputs.p, known.outputs.expected1],
            "test")
        #expect(test.observed[1] == known.outputs.observed1 && test.degrees == 1)
    }

    private struct CoxCase: Decodable {
        struct Inputs: Decodable {
            let time: [Double]
            let event: [UInt8]
            let rows: [[Double]]

            enum CodingKeys: String, CodingKey {
                case time, event
                case rows = "X"
            }
        }
        struct Outputs: Decodable {
            let coef, se, z: [Double]
            let loglik, loglikNull: Double
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("cox_efron.json"), missing))
    func `Cox's model with Efron's ties has the estimates of lifelines and statsmodels`() throws {
        let known = try Reference.decode(CoxCase.self, from: "cox_efron.json")
        let model = try CoxModel(
            times: known.inputs.time, events: known.inputs.event, design: design(known.inputs.rows, from: 0))
        expect(model.coefficients.map(\.estimate), known.outputs.coef, "estimates")
        expect(model.coefficients.map(\.standardError), known.outputs.se, "errors")
        expect(
            [model.logLikelihood, model.nullLogLikelihood], [known.outputs.loglik, known.outputs.loglikNull], "fit")
    }

    private struct SeriesCase: Decodable {
        struct Inputs: Decodable {
            let y, t: [Double]
            let changeAt: Double
            let maxlags: Int
        }
        struct Outputs: Decodable {
            let coef, seNw, zNw: [Double]
            let durbinWatson, r2: Double
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("its_newey_west.json"), missing))
    func `an interrupted series has the Newey–West errors of statsmodels`() throws {
        let known = try Reference.decode(SeriesCase.self, from: "its_newey_west.json")
        let series = try InterruptedSeries(
            times: known.inputs.t, values: known.inputs.y, breakAt: known.inputs.changeAt, lags: known.inputs.maxlags)
        expect(series.model.coefficients.map(\.estimate), known.outputs.coef, "estimates")
        expect(series.model.coefficients.map(\.standardError), known.outputs.seNw, "errors")
        expect(series.model.coefficients.map(\.z), known.outputs.zNw, "z")
        expect(
            [series.model.durbinWatson, series.model.rSquared], [known.outputs.durbinWatson, known.outputs.r2], "fit")
    }

    private struct DifferenceCase: Decodable {
        struct Inputs: Decodable {
            let y, treated, post: [Double]
            let area: [Int]
        }
        struct Outputs: Decodable {
            let coef, se, t, clusterSe: [Double]
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("did.json"), missing))
    func `difference in differences has the errors of statsmodels, plain and by cluster`() throws {
        let known = try Reference.decode(DifferenceCase.self, from: "did.json")
        let (inputs, names) = (known.inputs, (treated: "treated", post: "post"))
        let plain = try DifferenceInDifferences(
            outcome: inputs.y, treated: inputs.treated, post: inputs.post, names: names)
        expect(plain.model.coefficients.map(\.estimate), known.outputs.coef, "estimates")
        expect(plain.model.coefficients.map(\.standardError), known.outputs.se, "errors")
        expect(plain.model.coefficients.map(\.z), known.outputs.t, "t")
        let robust = try DifferenceInDifferences(
            outcome: inputs.y, treated: inputs.treated, post: inputs.post, names: names, clusters: codes(inputs.area))
        expect(robust.model.coefficients.map(\.standardError), known.outputs.clusterSe, "errors by cluster")
    }
}
