import Foundation
import Kernel
import Reference
import Yams

/// What is suggested, in what order it is looked at and where two must agree: `Reference/match-rules.yaml`.
struct MatchRules: Sendable, Equatable {
    /// When a second person must agree.
    enum SecondPerson: String, Sendable, CaseIterable {
        case childAcross = "child-across"
        case kept
    }

    /// In bits.
    let lookFrom: Double
    let suggestFrom: Double
    let againAfter: Double
    /// Bits that each counts as in the order of the queue.
    let (warning, child, across): (Int, Int, Int)
    let (victim, suspect): (Int, Int)
    /// Under this age, in years, somebody is a child.
    let childUnder: Int
    let secondPerson: Set<SecondPerson>

    /// - Throws: `ReferenceError` with the line of the mistake.
    static func packaged(on day: Day) throws -> MatchRules {
        try MatchRules(file: .bundled("match-rules", in: .module), on: day)
    }

    init(file: ReferenceFile, on day: Day) throws {
        let held = try PersonModel.holding("rules", file, on: day)
        func number(_ key: String) throws -> Int {
            guard let number = Int(try file.string(key, of: held)) else {
                throw file.error(held, "“\(key)” is not a whole number.")
            }
            return number
        }
        (lookFrom, suggestFrom) = (Double(try number("lookFrom")), Double(try number("suggestFrom")))
        againAfter = Double(try number("againAfter"))
        (warning, child, across) = (try number("warning"), try number("child"), try number("across"))
        (victim, suspect) = (try number("victim"), try number("suspect"))
        childUnder = try number("childUnder")
        secondPerson = Set(
            try file.string("secondPerson", of: held).split(separator: " ").map { word in
                guard let rule = SecondPerson(rawValue: String(word)) else {
                    throw file.error(held, "“\(word)” is no rule: write child-across or kept.")
                }
                return rule
            })
    }
}
