/// Which entries of 256 showed which records in lists, as one small value beside the node over them: four bytes of a
/// digest of the record and one byte for the entry, sorted. It says where to look; the entry itself names the records,
/// so that two records of one digest mix nothing up. A row for each record and entry would make each list of 50 touch
/// 50 pages of the disk.
struct ShownRecords {
    private static let list = "list "
    private static let width = 5

    private var pairs: [UInt64] = []

    /// What an entry says of a list: the index, and the records in their order.
    static func about(_ index: String, _ records: [String]) -> String {
        "\(list)\(index): \(records.joined(separator: " "))"
    }

    /// The records that an entry of a list names; empty for any other entry.
    static func records(in about: String) -> [String] {
        guard about.hasPrefix(list), let colon = about.firstIndex(of: ":") else { return [] }
        return about[about.index(after: colon)...].split(separator: " ").map { String($0) }
    }

    /// Reads the records of a list from the row under `cursor`, which holds `AuditEntry.columns`.
    mutating func add(_ cursor: borrowing any Cursor) {
        guard cursor.isNull(7) else { return }
        let offset = UInt64((cursor.integer(0) - 1) % LogTiles.width)
        var found: [UInt64] = []
        cursor.withText(8) { text in
            guard text.starts(with: Self.list.utf8), let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
            for record in text[(colon + 1)...].split(separator: UInt8(ascii: " ")) {
                found.append(UInt64(Self.digest(record)) << 8 | offset)
            }
        }
        pairs += found
    }

    var bytes: [UInt8] {
        var (bytes, last) = ([UInt8](), UInt64.max)
        bytes.reserveCapacity(pairs.count * Self.width)
        for pair in pairs.sorted() where pair != last {
            last = pair
            for shift in stride(from: UInt64(32), through: 0, by: -8) { bytes.append(UInt8(pair >> shift & 0xFF)) }
        }
        return bytes
    }

    /// The entries among the 256, from 0, that may have shown one of the records with these digests.
    static func entries(in bytes: UnsafeRawBufferPointer, showing digests: [UInt32]) -> Set<Int> {
        let count = bytes.count / width
        func pair(_ index: Int) -> UInt64 {
            (0..<width).reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[index * width + $1]) }
        }
        return digests.reduce(into: []) { found, digest in
            let wanted = UInt64(digest) << 8
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                if pair(middle) < wanted { low = middle + 1 } else { high = middle }
            }
            while low < count, pair(low) >> 8 == UInt64(digest) {
                found.insert(Int(pair(low) & 0xFF))
                low += 1
            }
        }
    }

    /// FNV-1a: quick, and enough to say where to look.
    static func digest(_ record: some Sequence<UInt8>) -> UInt32 {
        record.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}
