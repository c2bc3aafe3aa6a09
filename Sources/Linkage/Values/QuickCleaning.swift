/// Cleans the plain values, of which there are most, without making a text of each: the same answers as `Cleaning`, which
/// is asked for everything else. Used by one thread.
final class QuickCleaning {
    private let kind: FieldKind
    private let part: LinkageField.Part
    private var bytes: UnsafeMutablePointer<UInt8>
    private var room = 256

    init(_ field: LinkageField) {
        (kind, part) = (field.kind, field.part)
        bytes = .allocate(capacity: room)
    }

    deinit { bytes.deallocate() }

    /// The cleaned value; empty when it says nothing. Valid until the next one is asked for.
    func cleaned(_ raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        if part == .whole, let count = plain(raw) { return UnsafeBufferPointer(start: bytes, count: count) }
        return slowly(raw)
    }

    private func slowly(_ raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let text = String(decoding: raw, as: UTF8.self)
        let clean: String? =
            switch part {
            case .whole: Cleaning.cleaned(text, as: kind)
            case .givenName: Cleaning.cleaned(Cleaning.halves(of: text).given, as: .givenName)
            case .surname: Cleaning.cleaned(Cleaning.halves(of: text).surname, as: .surname)
            }
        let result = Array((clean ?? "").utf8)
        reserve(result.count)
        for (place, byte) in result.enumerated() { bytes[place] = byte }
        return UnsafeBufferPointer(start: bytes, count: result.count)
    }

    private func reserve(_ count: Int) {
        guard count > room else { return }
        bytes.deallocate()
        room = count * 2
        bytes = .allocate(capacity: room)
    }

    /// How many bytes the cleaned value has; nil when this is no plain value of its kind.
    private func plain(_ raw: UnsafeBufferPointer<UInt8>) -> Int? {
        guard raw.count > 0, raw[0] > 0x20, raw[raw.count - 1] > 0x20, !QuickCleaning.mayBeEmpty(raw) else {
            return nil
        }
        reserve(raw.count)
        switch kind {
        case .givenName, .surname: return oneWord(raw)
        case .dateOfBirth: return date(raw)
        case .postcode, .identifier, .houseNumber: return code(raw)
        case .phone: return phone(raw)
        case .address, .town, .text: return words(raw)
        case .category: return kept(raw) { _ in true }
        case .email: return kept(raw) { $0 > 0x20 }
        case .fullName, .ignored: return nil
        }
    }

    /// Whether a text may be one of those that stand where nothing was known, told by its first two bytes.
    @inline(__always)
    private static func mayBeEmpty(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
        guard raw.count > 1, raw.count <= Cleaning.longestEmpty else { return raw.count < 2 && !raw[0].isLetterOrDigit }
        switch (raw[0] | 0x20, raw[1] | 0x20) {
        case (0x6E, _): return true
        case (0x75, 0x6E), (0x78, 0x78), (0x74, 0x62), (0x6D, 0x69): return true
        default: return !raw[0].isLetterOrDigit
        }
    }

    /// In small letters, without those that `keep` refuses; nil when a byte is not ASCII.
    @inline(__always)
    private func kept(_ raw: UnsafeBufferPointer<UInt8>, _ keep: (UInt8) -> Bool) -> Int? {
        var count = 0
        for byte in raw {
            guard byte < 0x80 else { return nil }
            let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            bytes[count] = small
            count += keep(small) ? 1 : 0
        }
        return count
    }

    /// One digit over and over is left to `Cleaning`.
    private func code(_ raw: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let count = kept(raw, { $0.isLetterOrDigit }), count > 2, bytes[0] != bytes[1] || bytes[1] != bytes[2]
        else { return nil }
        return count
    }

    /// Eleven digits, the first 0 and the second not.
    private func phone(_ raw: UnsafeBufferPointer<UInt8>) -> Int? {
        guard raw.count == 11, raw[0] == 0x30, raw[1] != 0x30, raw[1] != 0x39, raw.allSatisfy(\.isDigit) else {
            return nil
        }
        for place in 1..<11 { bytes[place - 1] = raw[place] }
        return 10
    }

    /// `yyyy-mm-dd` or `yyyymmdd`, month and day in their places.
    private func date(_ raw: UnsafeBufferPointer<UInt8>) -> Int? {
        guard raw.count == 10 ? raw[4] == 0x2D && raw[7] == 0x2D : raw.count == 8 else { return nil }
        var count = 0
        for (place, byte) in raw.enumerated() where raw.count == 8 || (place != 4 && place != 7) {
            guard byte.isDigit else { return nil }
            bytes[count] = byte
            count += 1
        }
        func number(_ place: Int) -> Int { Int(bytes[place] - 0x30) * 10 + Int(bytes[place + 1] - 0x30) }
        let year = number(0) * 100 + number(2)
        guard (1850...2100).contains(year), number(4) <= 12, number(6) <= 31 else { return nil }
        return 8
    }

    /// Words of letters and digits with one blank between them.
    private func words(_ raw: UnsafeBufferPointer<UInt8>) -> Int? {
        var (count, isOpen) = (0, false)
        for byte in raw {
            guard byte < 0x80 else { return nil }
            if byte.isLetterOrDigit {
                if isOpen, count > 0 {
                    bytes[count] = 0x20
                    count += 1
                }
                isOpen = false
                bytes[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                count += 1
            } else if byte != 0x27 {
                isOpen = true
            }
        }
        return count
    }

    /// A name of one word that is no title.
    private func oneWord(_ raw: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let count = words(raw), count > 0 else { return nil }
        var packed: UInt64 = 0
        for place in 0..<count {
            guard bytes[place] != 0x20 else { return nil }
            packed = packed << 8 | UInt64(bytes[place])
        }
        guard count > Cleaning.longestTitle || !QuickCleaning.titles.contains(packed) else { return nil }
        return count
    }

    /// Their letters as one number.
    private static let titles = Set(Cleaning.titles.map { $0.utf8.reduce(0 as UInt64) { $0 << 8 | UInt64($1) } })
}
