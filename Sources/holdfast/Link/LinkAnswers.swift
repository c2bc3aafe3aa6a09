import Feeds
import Linkage

/// A column that says which rows are one person, read beside the rows.
final class LinkAnswers {
    let column: String
    private let people = ValuePool()
    private var numbers: [Int] = []
    private var areFebrl = true

    init(_ column: String) { self.column = column }

    /// Whether the truth stands in ids as FEBRL writes them: `rec-7-org` and `rec-7-dup-0` are one person.
    var isFebrl: Bool { areFebrl && people.count > 0 }

    func add(_ value: UnsafeBufferPointer<UInt8>) {
        guard value.count > 0 else { return numbers.append(0) }
        if areFebrl, !LinkAnswers.isFebrl(value) { areFebrl = false }
        numbers.append(Int(people.intern(value)))
    }

    /// For each row the number of its person; 0 where nothing is written.
    func persons() -> [Int] {
        guard isFebrl else { return numbers }
        let stems = ValuePool()
        let stemmed = (1...people.count).map { code -> Int in
            var stem = people.text(UInt32(code)).split(separator: "-").prefix(2).joined(separator: "-")
            return stem.withUTF8 { Int(stems.intern($0)) }
        }
        return numbers.map { $0 == 0 ? 0 : stemmed[$0 - 1] }
    }

    /// The same for measuring: a row without an answer is a person of its own.
    func truth() -> [Int] { persons().enumerated().map { $1 == 0 ? -1 - $0 : $1 } }

    private static func isFebrl(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let parts = String(decoding: value, as: UTF8.self).split(separator: "-")
        return parts.count >= 3 && parts[0] == "rec" && (parts[2] == "org" || parts[2] == "dup")
    }
}
