import Foundation
import Kernel
import Linkage
import Reference
import Yams

/// How two records of persons are compared: dated reference data, `Reference/person-model.yaml`. A look-up, a
/// suggestion and a batch under it give the same weight.
struct PersonModel: Sendable {
    let linkage: LinkageModel
    /// Words of an address that name no street.
    let streetWords: Set<String>

    /// - Throws: `ReferenceError` with the line of the mistake.
    static func packaged(on day: Day) throws -> PersonModel {
        try PersonModel(file: .bundled("person-model", in: .module), on: day)
    }

    init(file: ReferenceFile, on day: Day) throws {
        let held = try PersonModel.holding("models", file, on: day)
        let words = try file.string("words", of: try PersonModel.holding("streetWords", file, on: day))
        streetWords = Set(words.split(separator: " ").map(String.init))
        guard let prior = Double(try file.string("prior", of: held)), prior > 0, prior < 1 else {
            throw file.error(held, "“prior” is not a probability.")
        }
        let lines = held["fields"].map { Array($0.array()) } ?? []
        let kinds = try lines.map { try PersonModel.column($0, file) }
        let fields = LinkageField.fields(of: kinds)
        guard !lines.isEmpty, fields.count == lines.count else { throw file.error(held, "“fields” are not right.") }
        let parts = try zip(lines, fields).map { try PersonModel.part($0, $1.kind.levels.count, file) }
        linkage = .given(fields, parts, prior: prior)
    }

    static func holding(_ key: String, _ file: ReferenceFile, on day: Day) throws -> Node {
        for entry in try file.entries(key) {
            guard let from = try file.day("from", of: entry) else { throw file.error(entry, "“from” is missing.") }
            let until = try file.day("until", of: entry)
            if from <= day, until.map({ day < $0 }) ?? true { return entry }
        }
        // A clock before the first line holds: the first says what is usual.
        return try file.entries(key)[0]
    }

    private static func column(_ entry: Node, _ file: ReferenceFile) throws -> (name: String, kind: FieldKind) {
        let word = try file.string("kind", of: entry)
        guard let kind = FieldKind(rawValue: word) else { throw file.error(entry, "“\(word)” is no kind of field.") }
        return (try file.string("name", of: entry), kind)
    }

    private static func part(_ entry: Node, _ levels: Int, _ file: ReferenceFile) throws -> LinkageModel.FieldModel {
        func row(_ key: String, or other: [Double]? = nil) throws -> [Double] {
            if let other, entry[key] == nil { return other }
            let numbers = try file.string(key, of: entry).split(separator: " ").map { Double($0) ?? 0 }
            guard numbers.count == levels, numbers.allSatisfy({ $0 > 0 && $0 < 1 }),
                abs(numbers.reduce(0, +) - 1) < 0.001
            else { throw file.error(entry, "“\(key)” must be \(levels) probabilities that add up to 1.") }
            return numbers
        }
        let (m, u) = (try row("m"), try row("u"))
        return .given(
            m: [m, try row("mSame", or: m), try row("mApart", or: m)],
            u: [u, try row("uSame", or: u), try row("uApart", or: u)])
    }
}
