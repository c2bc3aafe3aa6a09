/// On which level two different cleaned values of a kind agree; see `FieldKind.levels`. Levels are 1 for equal to
/// `levels.count` for different.
struct ValueComparison {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    let nicknames: Nicknames
    var places: PostcodePlaces?
    private let masks = LetterMasks()

    init(nicknames: Nicknames, places: PostcodePlaces? = nil) { (self.nicknames, self.places) = (nicknames, places) }

    /// What is known of two texts before they are read.
    struct Limits {
        /// At most so alike by Jaro and Winkler.
        var alike = 1.0
        var mayShareWord = true
    }

    /// - Parameters:
    ///   - soundsAlike: whether names share their sound key.
    ///   - mayBeNicknames: whether both are in the list of nicknames at all.
    func level(
        _ kind: FieldKind, _ one: Bytes, _ other: Bytes, soundsAlike: Bool, mayBeNicknames: Bool,
        limits: Limits = Limits()
    ) -> UInt8 {
        switch kind {
        case .givenName: givenName(one, other, soundsAlike, mayBeNicknames, limits)
        case .surname: surname(one, other, soundsAlike, limits)
        case .dateOfBirth: ValueComparison.date(one, other)
        case .postcode: postcode(one, other)
        case .address: address(one, other, limits)
        case .houseNumber: DamerauLevenshtein.isWithin(1, one, other) && max(one.count, other.count) > 1 ? 2 : 3
        case .town, .text: words(one, other, limits)
        case .phone: ValueComparison.phone(one, other)
        case .email: ValueComparison.email(one, other)
        case .identifier:
            DamerauLevenshtein.isWithin(1, one, other) ? 2 : DamerauLevenshtein.isWithin(2, one, other) ? 3 : 4
        case .category, .fullName, .ignored: 2
        }
    }

    /// How alike they are, where that may be `least` or more; else 0.
    @inline(__always)
    private func alike(_ one: Bytes, _ other: Bytes, from least: Double, _ limits: Limits) -> Double {
        limits.alike < least ? 0 : JaroWinkler.similarity(one, other, masks)
    }

    private func givenName(
        _ one: Bytes, _ other: Bytes, _ soundsAlike: Bool, _ mayBeNicknames: Bool, _ limits: Limits
    ) -> UInt8 {
        if limits.mayShareWord, ValueComparison.sharesWord(one, other) { return 2 }
        if mayBeNicknames, isNickname(one, other) { return 2 }
        let alike = alike(one, other, from: 0.8, limits)
        if alike >= 0.92 { return 3 }
        if one.count == 1 || other.count == 1 { return one.first == other.first ? 4 : 7 }
        return alike >= 0.8 || soundsAlike ? 5 : 7
    }

    private func surname(_ one: Bytes, _ other: Bytes, _ soundsAlike: Bool, _ limits: Limits) -> UInt8 {
        if limits.mayShareWord, ValueComparison.sharesWord(one, other) { return 2 }
        let alike = alike(one, other, from: 0.8, limits)
        if alike >= 0.92 { return 3 }
        return alike >= 0.8 || soundsAlike ? 4 : 6
    }

    private func isNickname(_ one: Bytes, _ other: Bytes) -> Bool {
        nicknames.related(
            String(decoding: one.prefix { $0 != 0x20 }, as: UTF8.self),
            String(decoding: other.prefix { $0 != 0x20 }, as: UTF8.self))
    }

    /// Both are `yyyymmdd` with zeros for what is not known.
    private static func date(_ one: Bytes, _ other: Bytes) -> UInt8 {
        guard one.count == 8, other.count == 8 else { return 6 }
        let (left, right) = (UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
        return date(
            UInt64(littleEndian: left.loadUnaligned(as: UInt64.self)),
            UInt64(littleEndian: right.loadUnaligned(as: UInt64.self)))
    }

    private static let year: UInt64 = 0xFFFF_FFFF
    private static let month: UInt64 = 0xFFFF << 32
    private static let day: UInt64 = 0xFFFF << 48
    /// Eight times the digit 0.
    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// The same of two dates whose eight digits are one number each, the first digit lowest.
    @inline(__always)
    static func date(_ one: UInt64, _ other: UInt64) -> UInt8 {
        let differing = one ^ other
        let (sameYear, sameMonth, sameDay) = (differing & year == 0, differing & month == 0, differing & day == 0)
        if isUnknown(one, other, year) || isUnknown(one, other, month) || isUnknown(one, other, day) {
            let differs =
                (!sameYear && !isUnknown(one, other, year)) || (!sameMonth && !isUnknown(one, other, month))
                || (!sameDay && !isUnknown(one, other, day))
            return differs ? 6 : 3
        }
        let isTurned = sameYear && one >> 32 & 0xFFFF == other >> 48 && one >> 48 == other >> 32 & 0xFFFF
        if isTurned || isOneSlip(one, other, differing) { return 2 }
        let agreeing = (sameYear ? 1 : 0) + (sameMonth ? 1 : 0) + (sameDay ? 1 : 0)
        return agreeing == 2 ? 4 : sameYear ? 5 : 6
    }

    @inline(__always)
    private static func isUnknown(_ one: UInt64, _ other: UInt64, _ part: UInt64) -> Bool {
        (one ^ zeros) & part == 0 || (other ^ zeros) & part == 0
    }

    /// Of two texts of one length: one digit is another, or two neighbours are swapped.
    @inline(__always)
    private static func isOneSlip(_ one: UInt64, _ other: UInt64, _ differing: UInt64) -> Bool {
        let (first, last) = (differing.trailingZeroBitCount / 8, 7 - differing.leadingZeroBitCount / 8)
        guard first < last else { return true }
        let shift = UInt64(first * 8)
        let (left, right) = (one >> shift & 0xFFFF, other >> shift & 0xFFFF)
        return last == first + 1 && left == (right >> 8 | (right & 0xFF) << 8)
    }

    /// A British postcode ends in a digit and two letters: without the letters it is a sector, without all three a
    /// district. Of others the last place, and all but the first two, are taken away. Where it is known where both lie, the
    /// metres between them count instead.
    private func postcode(_ one: Bytes, _ other: Bytes) -> UInt8 {
        if DamerauLevenshtein.isWithin(1, one, other) { return 2 }
        if let places, let metres = places.metres(one, other) {
            return metres <= places.near ? 3 : metres <= places.nearby ? 4 : 5
        }
        if ValueComparison.shares(ValueComparison.sector(one), ValueComparison.sector(other)) { return 3 }
        return ValueComparison.shares(ValueComparison.sector(one, -1), ValueComparison.sector(other, -1)) ? 4 : 5
    }

    private static func sector(_ code: Bytes, _ more: Int = 0) -> Slice<Bytes> {
        let isBritish = code.count >= 5 && code[0] > 0x39 && code[code.count - 3].isDigit
        if isBritish { return code.dropLast(2 - more) }
        return more == 0 ? code.dropLast(1) : code.prefix(2)
    }

    private static func shares(_ one: Slice<Bytes>, _ other: Slice<Bytes>) -> Bool {
        one.count > 1 && one.elementsEqual(other)
    }

    /// Numbers weigh more than letters: number 12 and number 14 are two homes.
    private func address(_ one: Bytes, _ other: Bytes, _ limits: Limits) -> UInt8 {
        let alike = alike(one, other, from: 0.88, limits)
        if alike >= 0.88, ValueComparison.haveSameDigits(one, other) { return 2 }
        if alike >= 0.92 { return 3 }
        guard limits.mayShareWord else { return 5 }
        if ValueComparison.sharesWord(one, other, atLeast: 6) { return 3 }
        return ValueComparison.sharesWord(one, other, atLeast: 4) ? 4 : 5
    }

    private static func haveSameDigits(_ one: Bytes, _ other: Bytes) -> Bool {
        var (left, right) = (0, 0)
        while true {
            while left < one.count, !one[left].isDigit { left += 1 }
            while right < other.count, !other[right].isDigit { right += 1 }
            guard left < one.count, right < other.count else { return left >= one.count && right >= other.count }
            guard one[left] == other[right] else { return false }
            (left, right) = (left + 1, right + 1)
        }
    }

    private func words(_ one: Bytes, _ other: Bytes, _ limits: Limits) -> UInt8 {
        let alike = alike(one, other, from: 0.8, limits)
        if alike >= 0.92 { return 2 }
        if alike >= 0.8 { return 3 }
        return limits.mayShareWord && ValueComparison.sharesWord(one, other, atLeast: 4) ? 3 : 4
    }

    private static func phone(_ one: Bytes, _ other: Bytes) -> UInt8 {
        if DamerauLevenshtein.isWithin(1, one, other) { return 2 }
        return one.count >= 6 && other.count >= 6 && one.suffix(6).elementsEqual(other.suffix(6)) ? 2 : 3
    }

    private static func email(_ one: Bytes, _ other: Bytes) -> UInt8 {
        if DamerauLevenshtein.isWithin(2, one, other) { return 2 }
        let (first, second) = (one.prefix { $0 != 0x40 }, other.prefix { $0 != 0x40 })
        return first.count > 3 && first.elementsEqual(second) ? 3 : 4
    }

    /// Whether a word of one is a word of the other, when either has several.
    static func sharesWord(_ one: Bytes, _ other: Bytes, atLeast length: Int = 3) -> Bool {
        guard one.contains(0x20) || other.contains(0x20) else { return false }
        var start = 0
        while start < one.count {
            var end = start
            while end < one.count, one[end] != 0x20 { end += 1 }
            if end - start >= length, has(other, Bytes(rebasing: one[start..<end])) { return true }
            start = end + 1
        }
        return false
    }

    private static func has(_ text: Bytes, _ word: Bytes) -> Bool {
        var start = 0
        while start + word.count <= text.count {
            var end = start
            while end < text.count, text[end] != 0x20 { end += 1 }
            if end - start == word.count, (0..<word.count).allSatisfy({ text[start + $0] == word[$0] }) { return true }
            start = end + 1
        }
        return false
    }
}
