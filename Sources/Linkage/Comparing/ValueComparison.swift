/// On which level two different cleaned values of a kind agree; see `FieldKind.levels`. Levels are 1 for equal to
/// `levels.count` for different.
struct ValueComparison: Sendable {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    let nicknames: Nicknames
    var places: PostcodePlaces?

    /// - Parameters:
    ///   - soundsAlike: whether names share their sound key.
    ///   - mayBeNicknames: whether both are in the list of nicknames at all.
    func level(
        _ kind: FieldKind, _ one: Bytes, _ other: Bytes, soundsAlike: Bool, mayBeNicknames: Bool
    ) -> UInt8 {
        switch kind {
        case .givenName: givenName(one, other, soundsAlike, mayBeNicknames)
        case .surname: ValueComparison.surname(one, other, soundsAlike)
        case .dateOfBirth: ValueComparison.date(one, other)
        case .postcode: postcode(one, other)
        case .address: ValueComparison.address(one, other)
        case .houseNumber: DamerauLevenshtein.isWithin(1, one, other) && max(one.count, other.count) > 1 ? 2 : 3
        case .town, .text: ValueComparison.words(one, other)
        case .phone: ValueComparison.phone(one, other)
        case .email: ValueComparison.email(one, other)
        case .identifier:
            DamerauLevenshtein.isWithin(1, one, other) ? 2 : DamerauLevenshtein.isWithin(2, one, other) ? 3 : 4
        case .category, .fullName, .ignored: 2
        }
    }

    private func givenName(_ one: Bytes, _ other: Bytes, _ soundsAlike: Bool, _ mayBeNicknames: Bool) -> UInt8 {
        if ValueComparison.sharesWord(one, other) || (mayBeNicknames && isNickname(one, other)) { return 2 }
        let alike = JaroWinkler.similarity(one, other)
        if alike >= 0.92 { return 3 }
        if one.count == 1 || other.count == 1 { return one.first == other.first ? 4 : 7 }
        return alike >= 0.8 || soundsAlike ? 5 : 7
    }

    private static func surname(_ one: Bytes, _ other: Bytes, _ soundsAlike: Bool) -> UInt8 {
        if ValueComparison.sharesWord(one, other) { return 2 }
        let alike = JaroWinkler.similarity(one, other)
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
        let (year, month, day) = (part(0, 4, one, other), part(4, 6, one, other), part(6, 8, one, other))
        if year == .unknown || month == .unknown || day == .unknown {
            return year == .different || month == .different || day == .different ? 6 : 3
        }
        let isTurned =
            year == .same && one[4] == other[6] && one[5] == other[7] && one[6] == other[4] && one[7] == other[5]
        if isTurned || DamerauLevenshtein.isWithin(1, one, other) { return 2 }
        let agreeing = (year == .same ? 1 : 0) + (month == .same ? 1 : 0) + (day == .same ? 1 : 0)
        return agreeing == 2 ? 4 : year == .same ? 5 : 6
    }

    private enum Part { case same, different, unknown }

    @inline(__always)
    private static func part(_ start: Int, _ end: Int, _ one: Bytes, _ other: Bytes) -> Part {
        var (isSame, left, right) = (true, false, false)
        for place in start..<end {
            if one[place] != other[place] { isSame = false }
            if one[place] != 0x30 { left = true }
            if other[place] != 0x30 { right = true }
        }
        return !left || !right ? .unknown : isSame ? .same : .different
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
    private static func address(_ one: Bytes, _ other: Bytes) -> UInt8 {
        let (alike, sameNumbers) = (JaroWinkler.similarity(one, other), haveSameDigits(one, other))
        if sameNumbers, alike >= 0.88 { return 2 }
        if alike >= 0.92 || sharesWord(one, other, atLeast: 6) { return 3 }
        return sharesWord(one, other, atLeast: 4) ? 4 : 5
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

    private static func words(_ one: Bytes, _ other: Bytes) -> UInt8 {
        let alike = JaroWinkler.similarity(one, other)
        if alike >= 0.92 { return 2 }
        return alike >= 0.8 || sharesWord(one, other, atLeast: 4) ? 3 : 4
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
