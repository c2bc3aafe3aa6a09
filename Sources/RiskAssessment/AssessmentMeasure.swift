public import Instruments
public import Kernel
import Statistics

/// What is counted of assessments that were sent.
public enum AssessmentMeasure: Sendable, Hashable {
    /// Those that meet it, of those to which it applies.
    case standard(QualityStandard)
    /// Those that meet every standard that applies.
    case everyStandard
    /// Those that the first review returned, of those reviewed.
    case returned

    public static let all = QualityStandard.allCases.map(standard) + [.everyStandard, .returned]

    /// As it stands in an address.
    public var code: String {
        switch self {
        case .standard(let standard): standard.rawValue
        case .everyStandard: "every-standard"
        case .returned: "returned"
        }
    }

    public init?(code: String) {
        guard let found = AssessmentMeasure.all.first(where: { $0.code == code }) else { return nil }
        self = found
    }

    /// Whether the forms to read are those that were counted, and not those that were not.
    public var isOfFault: Bool { self == .returned }

    /// Whether it counts; nil where it does not apply.
    func counts(_ line: JudgedAssessment, at now: Moment) -> Bool? {
        switch self {
        case .standard(let standard): line.meets(standard, at: now)
        case .everyStandard: line.meetsAll(at: now)
        case .returned: line.wasReturned
        }
    }
}

/// A share with its counts and the interval in which it lies.
public struct AssessmentShare: Sendable, Equatable {
    public let count: Int
    /// Those to which it applies.
    public let of: Int

    public var value: Double? { of == 0 ? nil : Double(count) / Double(of) }

    /// Wilson's, 95 %; nil where nothing was counted.
    public var bounds: (low: Double, high: Double)? {
        guard let proportion = try? Proportion(events: count, of: of) else { return nil }
        return (try? WilsonInterval.around(proportion)).flatMap { $0 }.map { ($0.low, $0.high) }
    }

    var proportion: Proportion? { of == 0 ? nil : try? Proportion(events: count, of: of) }

    init(count: Int, of total: Int) { (self.count, of) = (count, total) }

    init(_ measure: AssessmentMeasure, _ lines: some Sequence<JudgedAssessment>, at now: Moment) {
        var (count, total) = (0, 0)
        for line in lines {
            guard let counts = measure.counts(line, at: now) else { continue }
            total += 1
            if counts { count += 1 }
        }
        (self.count, of) = (count, total)
    }
}
