import Foundation

/// A text that occurs in many rows, kept once: a place, a type, an outcome.
struct NewWord: Sendable, Equatable {
    let kind: WordKind
    let text: String
    /// The LSOA's name beside its code.
    let detail: String?
}

/// What a word is of. The number is stored: never change one.
enum WordKind: Int, Sendable, CaseIterable {
    case location = 1
    case lsoa, crimeType, outcome, force, context
    case searchType, operation, gender, ageRange, selfEthnicity, officerEthnicity, legislation, searchObject
    case searchOutcome
}

/// Gives each different word a number, from its bytes, without making a `String` of one already known. 0 is blank.
/// Used by one thread.
struct WordTable {
    static let blank: Int32 = 0
    static let longest = 300

    private(set) var count: Int32 = 0
    private var fresh: [NewWord] = []
    private var slots: [Int32] = Array(repeating: 0, count: 1 << 12)
    private var hashes: [UInt64] = [0]
    private var kinds: [WordKind] = [.location]
    private var starts: [Int] = [0, 0]
    private var bytes: [UInt8] = []
    private let seed: UInt64

    /// - Parameter seed: Differs from run to run, so that no file can be made to collide.
    init(seed: UInt64) { self.seed = seed }

    /// The number of `text`, or nil when it is no UTF-8 text or is longer than `longest`.
    mutating func number(
        _ kind: WordKind, _ text: UnsafeRawBufferPointer, detail: UnsafeRawBufferPointer? = nil
    ) -> Int32? {
        guard text.count > 0 else { return WordTable.blank }
        let hash = mixed(text, seed &+ UInt64(kind.rawValue) &* 0x9E37_79B9_7F4A_7C15)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, kinds[number] == kind, isEqual(number, text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return insert(kind, text, detail, hash, slot)
    }

    /// The words that are new since the last call, in the order of their numbers.
    mutating func takeFresh() -> [NewWord] {
        defer { fresh = [] }
        return fresh
    }

    private func isEqual(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let (start, end) = (starts[number], starts[number + 1])
        guard end - start == text.count, let other = text.baseAddress else { return false }
        return bytes.withUnsafeBytes { memcmp($0.baseAddress.unsafelyUnwrapped + start, other, end - start) == 0 }
    }

    private mutating func insert(
        _ kind: WordKind, _ text: UnsafeRawBufferPointer, _ detail: UnsafeRawBufferPointer?, _ hash: UInt64, _ slot: Int
    ) -> Int32? {
        guard text.count <= WordTable.longest, let string = String(validating: text, as: UTF8.self) else { return nil }
        let second = detail.flatMap {
            $0.isEmpty ? nil : String(validating: $0.prefix(WordTable.longest), as: UTF8.self)
        }
        count += 1
        hashes.append(hash)
        kinds.append(kind)
        bytes.append(contentsOf: text)
        starts.append(bytes.count)
        slots[slot] = count
        fresh.append(NewWord(kind: kind, text: string, detail: second))
        if Int(count) * 2 > slots.count { grow() }
        return count
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for number in 1...Int(count) {
            var slot = Int(truncatingIfNeeded: hashes[number]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }
}

/// A hash of bytes by multiplying and folding eight at a time (the step of wyhash).
func mixed(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(bytes.count) &* 0xA076_1D64_78BD_642F
    var offset = 0
    while offset + 8 <= bytes.count {
        state = folded(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
        tail = tail << 8 | UInt64(bytes[offset])
        offset += 1
    }
    return folded(folded(state ^ tail) ^ 0x8EBC_6AF0_9C88_C6E3)
}

private func folded(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
}
