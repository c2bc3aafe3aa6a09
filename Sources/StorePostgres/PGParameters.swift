import CLibPQ
import Ledger

/// Values as libpq takes them: binary, with their types, in one piece of memory.
struct PGParameters {
    let types: [Oid]
    /// Begins with a byte of nothing, so that an empty value has an address too: without one it would be null.
    private var arena: [UInt8] = [0]
    private var places: [Int?] = []
    private var lengths: [Int32] = []

    /// - Throws: `StorageError.statement` for a text with NUL in it, which PostgreSQL cannot keep.
    init(_ values: [Value]) throws {
        types = values.map(PGParameters.type)
        for value in values {
            let start = arena.count
            switch value {
            case .null: break
            case .integer(let number): PGType.store(number, into: &arena)
            case .real(let number): PGType.store(number.bitPattern, into: &arena)
            case .blob(let bytes): arena.append(contentsOf: bytes)
            case .text(let text):
                arena.append(contentsOf: text.utf8)
                guard !arena[start...].contains(0) else { throw PGParameters.nul }
            }
            places.append(value == .null ? nil : start)
            lengths.append(Int32(arena.count - start))
        }
    }

    static let nul = StorageError.statement("a text holds the character NUL, which cannot be stored")

    func withPointers<Result>(
        _ body: (
            _ count: Int32, UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        arena.withUnsafeBytes { arena in
            let base = arena.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = places.map { place in place.flatMap { base?.advanced(by: $0) }.map { UnsafePointer($0) } }
            let formats = [Int32](repeating: 1, count: pointers.count)
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(
                            Int32(pointers.count), pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }

    private static func type(_ value: Value) -> Oid {
        switch value {
        case .null: PGType.unknown
        case .integer: PGType.long
        case .real: PGType.double
        case .text: PGType.text
        case .blob: PGType.bytes
        }
    }
}
