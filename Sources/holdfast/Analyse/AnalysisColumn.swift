import CDecimal
import Kernel
import Linkage

/// One column of the analyst's table as it is read: numbers, or words by number. Used by one thread.
final class AnalysisColumn {
    enum Holds {
        /// Numbers if the first value is one, else words.
        case either
        case numbers
        case words
    }

    let name: String
    private(set) var holds: Holds
    private(set) var numbers: [Double] = []
    /// The word of each row, from 1 in the order in which words came.
    private(set) var codes: [Int32] = []
    private(set) var words = ValuePool()
    /// Rows in which this column is empty.
    private(set) var missing = 0
    /// How many different words it may hold.
    var most = Int.max
    private let wasNamed: Bool
    private var number = 0.0
    private var field = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    init(_ name: String, _ holds: Holds) {
        (self.name, self.holds, wasNamed) = (name, holds, holds == .words)
    }

    var count: Int { holds == .words ? codes.count : numbers.count }

    func word(_ code: Int32) -> String { words.text(UInt32(code)) }

    /// Looks at the next value; false when there is none. Nothing is kept yet.
    /// - Throws: `Problem` when it is not what the column holds.
    func look(at field: UnsafeBufferPointer<UInt8>, line: Int) throws -> Bool {
        if holds != .words, decimal_read(field.baseAddress, field.count, &number) == 1 {
            holds = .numbers
            return true
        }
        if AnalysisColumn.isMissing(field) {
            missing += 1
            return false
        }
        guard holds != .numbers else { throw notANumber(field, line) }
        (holds, self.field) = (.words, field)
        return true
    }

    /// Keeps what was looked at, once the whole row is known to count.
    func keep(line: Int) throws {
        guard holds == .words else { return numbers.append(number) }
        codes.append(Int32(words.intern(field)))
        guard words.count > most else { return }
        throw Problem(
            .invalid, "\(name) holds more than \(most) different words, up to line \(line).",
            next: "If it is a number, put the words in it right or leave them empty; if it is an id, leave it out.")
    }

    func reserve(_ rows: Int) {
        if holds == .words { codes.reserveCapacity(rows) } else { numbers.reserveCapacity(rows) }
    }

    /// What pandas and R write for a value that is not there.
    private static let absent: [[UInt8]] = [
        "", "NA", "N/A", "NaN", "nan", "-nan", "-NaN", "null", "NULL", "None", "n/a", "<NA>", "#N/A", "#NA", ".",
    ].map { Array($0.utf8) }

    static func isMissing(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        field.count <= 4 && absent.contains { $0.elementsEqual(field) }
    }

    private func notANumber(_ field: UnsafeBufferPointer<UInt8>, _ line: Int) -> Problem {
        let text = String(decoding: field.prefix(40), as: UTF8.self)
        return Problem(
            .invalid, "Line \(line): \(name) holds “\(text)”, and a number was expected.",
            next: "Put it right, or leave it empty when it is not known"
                + (wasNamed ? "." : "; a column of words as predictor is named with --category."))
    }
}
