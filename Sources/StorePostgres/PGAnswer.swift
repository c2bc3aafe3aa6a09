import CLibPQ
import Ledger

import protocol Ledger.Cursor

/// An answer of the server, in binary form. Confined to the thread that asked.
final class PGAnswer {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var status: ExecStatusType { PQresultStatus(handle) }
    var rowCount: Int { Int(PQntuples(handle)) }
    /// Such as `COMMIT`, or `ROLLBACK` where a commit was asked for and could not be.
    var command: String { String(cString: PQcmdStatus(handle)) }

    var changed: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// SQLSTATE; empty when the fault is libpq's own, such as a lost connection.
    var state: String {
        PQresultErrorField(handle, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
    }

    /// Without the detail, which can quote what a row holds.
    var message: String {
        let main = PQresultErrorField(handle, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
        return main ?? String(cString: PQresultErrorMessage(handle))
    }

    func rows() -> [Row] { (0..<rowCount).map(row) }

    func row(_ row: Int) -> Row { Row((0..<Int(PQnfields(handle))).map { value(row, $0) }) }

    func isNull(_ row: Int, _ column: Int) -> Bool { PQgetisnull(handle, Int32(row), Int32(column)) == 1 }

    func value(_ row: Int, _ column: Int) -> Value {
        guard !isNull(row, column) else { return .null }
        let bytes = bytes(row, column)
        switch PQftype(handle, Int32(column)) {
        case PGType.boolean: return .integer(bytes.first == 0 ? 0 : 1)
        case PGType.short: return .integer(Int64(PGType.load(bytes, as: Int16.self)))
        case PGType.integer: return .integer(Int64(PGType.load(bytes, as: Int32.self)))
        case PGType.long: return .integer(PGType.load(bytes, as: Int64.self))
        case PGType.real: return .real(Double(Float(bitPattern: PGType.load(bytes, as: UInt32.self))))
        case PGType.double: return .real(Double(bitPattern: PGType.load(bytes, as: UInt64.self)))
        case PGType.numeric: return PGNumeric.value(bytes)
        case PGType.bytes: return .blob(Array(bytes))
        default: return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    func text(_ row: Int, _ column: Int) -> String {
        if case .text(let text) = value(row, column) { return text }
        return ""
    }

    private func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(handle, Int32(row), Int32(column)),
            count: Int(PQgetlength(handle, Int32(row), Int32(column))))
    }
}

/// The current row of an answer.
struct PGCursor: Cursor {
    let answer: PGAnswer

    func integer(_ column: Int) -> Int64 {
        switch answer.value(0, column) {
        case .integer(let value): value
        case .real(let value): Int64(exactly: value.rounded(.towardZero)) ?? 0
        default: 0
        }
    }

    func real(_ column: Int) -> Double {
        switch answer.value(0, column) {
        case .real(let value): value
        case .integer(let value): Double(value)
        default: 0
        }
    }

    func text(_ column: Int) -> String { answer.text(0, column) }

    func isNull(_ column: Int) -> Bool { answer.isNull(0, column) }

    func row() -> Row { answer.row(0) }
}

/// Numbers of types, as they stand in the catalogue of every server (src/include/catalog/pg_type.dat).
enum PGType {
    static let boolean: Oid = 16
    static let bytes: Oid = 17
    static let long: Oid = 20
    static let short: Oid = 21
    static let integer: Oid = 23
    static let text: Oid = 25
    static let real: Oid = 700
    static let double: Oid = 701
    static let numeric: Oid = 1700
    static let unknown: Oid = 0

    /// A number as it travels: the high byte first.
    static func load<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, as: Number.Type) -> Number {
        guard bytes.count >= MemoryLayout<Number>.size else { return 0 }
        return Number(bigEndian: bytes.loadUnaligned(as: Number.self))
    }

    static func store<Number: FixedWidthInteger>(_ number: Number, into bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

/// What `SUM` gives: digits to the base of ten thousand (src/backend/utils/adt/numeric.c, `numeric_send`).
enum PGNumeric {
    static func value(_ bytes: UnsafeRawBufferPointer) -> Value {
        func word(_ index: Int) -> Int {
            Int(PGType.load(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(index * 2)), as: Int16.self))
        }
        guard bytes.count >= 8 else { return .null }
        let (digits, weight, isNegative, scale) = (word(0), word(1), word(2) == 0x4000, word(3))
        guard scale == 0, weight < 5, digits >= 0, bytes.count >= 8 + digits * 2 else {
            return .real(real(digits, weight, isNegative, word))
        }
        var (sum, isWhole): (Int64, Bool) = (0, true)
        for place in 0...max(0, weight) {
            let (product, isBig) = sum.multipliedReportingOverflow(by: 10_000)
            let (next, isBigger) = product.subtractingReportingOverflow(Int64(place < digits ? word(4 + place) : 0))
            (sum, isWhole) = (next, isWhole && !isBig && !isBigger)
        }
        // Summed below zero, where there is room for the smallest number of all.
        guard isWhole, isNegative || sum != .min else { return .real(real(digits, weight, isNegative, word)) }
        return .integer(isNegative ? sum : -sum)
    }

    private static func real(_ digits: Int, _ weight: Int, _ isNegative: Bool, _ word: (Int) -> Int) -> Double {
        var sum = 0.0
        for place in 0..<max(0, digits) { sum = sum * 10_000 + Double(word(4 + place)) }
        let exponent = weight - digits + 1
        for _ in 0..<abs(exponent) { sum = exponent > 0 ? sum * 10_000 : sum / 10_000 }
        return isNegative ? -sum : sum
    }
}
