import Foundation
import Kernel

/// Reads the values of fields straight from their bytes.
enum Fields {
    /// Degrees in millionths, or nil when it is no decimal number below 1000.
    static func microdegrees(_ text: UnsafeRawBufferPointer) -> Int32? {
        var index = 0
        let isNegative = text.first == 0x2D
        if isNegative { index = 1 }
        var (value, digits) = (0, 0)
        while index < text.count, let digit = digit(text[index]) {
            (value, digits, index) = (value * 10 + digit, digits + 1, index + 1)
            guard digits <= 3 else { return nil }
        }
        guard digits > 0 else { return nil }
        var decimals = 0
        if index < text.count, text[index] == 0x2E {
            index += 1
            while index < text.count, decimals < 6, let digit = digit(text[index]) {
                (value, decimals, index) = (value * 10 + digit, decimals + 1, index + 1)
            }
        }
        while decimals < 6 { (value, decimals) = (value * 10, decimals + 1) }
        guard let roundsUp = restRounds(text, index) else { return nil }
        let rounded = value + (roundsUp ? 1 : 0)
        return Int32(isNegative ? -rounded : rounded)
    }

    private static func restRounds(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool? {
        guard start < text.count else { return false }
        guard text.count <= 40, text[start...].allSatisfy({ digit($0) != nil }) else { return nil }
        return text[start] >= 0x35
    }

    private static func digit(_ byte: UInt8) -> Int? { byte &- 0x30 < 10 ? Int(byte &- 0x30) : nil }

    /// `2023-01`.
    static func month(_ text: UnsafeRawBufferPointer) -> Month? {
        text.count == 7 ? Month(String(decoding: text, as: UTF8.self)) : nil
    }

    /// 64 hexadecimal digits as four numbers, the first digits first; nil for anything else.
    static func identifier(_ text: UnsafeRawBufferPointer) -> CrimeIdentifier? {
        guard text.count == 64 else { return nil }
        guard let first = hexadecimal(text, 0), let second = hexadecimal(text, 16), let third = hexadecimal(text, 32),
            let fourth = hexadecimal(text, 48)
        else { return nil }
        return CrimeIdentifier(first: first, second: second, third: third, fourth: fourth)
    }

    private static func hexadecimal(_ text: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
        var (value, flaws) = (UInt64(0), UInt8(0))
        let digits = hexadecimalDigits
        for index in start..<start + 16 {
            let digit = digits[Int(text[index])]
            flaws |= digit
            value = value << 4 | UInt64(digit & 0x0F)
        }
        return flaws & 0x80 == 0 ? value : nil
    }

    private static let hexadecimalDigits: [UInt8] = (0..<256).map { byte in
        switch byte {
        case 0x30...0x39: UInt8(byte - 0x30)
        case 0x41...0x46: UInt8(byte - 0x41 + 10)
        case 0x61...0x66: UInt8(byte - 0x61 + 10)
        default: 0x80
        }
    }

    /// Blank, or a letter of the four nations and eight digits.
    static func isAreaCode(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count > 0 else { return true }
        guard text.count == 9, [0x45, 0x57, 0x53, 0x4E].contains(text[0]) else { return false }
        return (1..<9).allSatisfy { text[$0] &- 0x30 < 10 }
    }

    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: [UInt8]) -> Bool {
        guard left.count == right.count, let base = left.baseAddress else { return left.isEmpty && right.isEmpty }
        return right.withUnsafeBytes { memcmp(base, $0.baseAddress.unsafelyUnwrapped, left.count) == 0 }
    }
}

/// A Crime ID: 256 bits.
struct CrimeIdentifier: Sendable, Hashable, Comparable {
    let first, second, third, fourth: UInt64

    static func < (left: CrimeIdentifier, right: CrimeIdentifier) -> Bool {
        (left.first, left.second, left.third, left.fourth) < (right.first, right.second, right.third, right.fourth)
    }

    /// What rows are ordered and looked up by: `crime_key` of the tables, so it can never change. All 256 bits are mixed,
    /// so that identifiers with a part in common spread as others do. Each step can be undone, so that two identifiers
    /// that differ in one word alone never meet; still, a file can be made whose keys meet, and whoever looks up by key
    /// bounds the work.
    var key: Int64 {
        var state = CrimeIdentifier.spread(first)
        state = CrimeIdentifier.spread(state ^ second)
        state = CrimeIdentifier.spread(state ^ third)
        return Int64(bitPattern: CrimeIdentifier.spread(state ^ fourth))
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
    static func spread(_ word: UInt64) -> UInt64 {
        var state = word &+ 0x9E37_79B9_7F4A_7C15
        state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
        return state ^ state >> 31
    }

    var bytes: [UInt8] {
        [first, second, third, fourth].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
        }
    }
}

/// A point in millionths of a degree, or none.
struct Point: Sendable, Hashable {
    let longitude, latitude: Int32

    /// The British Isles with their waters; Shetland to Scilly, Rockall left out.
    private static let longitudes: ClosedRange<Int32> = -9_500_000...2_500_000
    private static let latitudes: ClosedRange<Int32> = 49_000_000...61_500_000

    enum Reading {
        case none
        case at(Point)
        case flawed(String)
    }

    static func read(longitude: UnsafeRawBufferPointer, latitude: UnsafeRawBufferPointer) -> Reading {
        if longitude.isEmpty, latitude.isEmpty { return .none }
        guard !longitude.isEmpty, !latitude.isEmpty else {
            return .flawed("only one of longitude and latitude is given")
        }
        guard let east = Fields.microdegrees(longitude) else { return .flawed("the longitude is not a number") }
        guard let north = Fields.microdegrees(latitude) else { return .flawed("the latitude is not a number") }
        if longitudes.contains(east), latitudes.contains(north) { return .at(Point(longitude: east, latitude: north)) }
        if longitudes.contains(north), latitudes.contains(east) {
            return .flawed("longitude and latitude are the wrong way round")
        }
        return .flawed("the place is outside the British Isles")
    }
}
