import Access
import Kernel

/// The bytes that stand for an entry in the tree, as docs/log-format.md has them: other programs make the same. A byte
/// for the form, then each field as four bytes of length (big-endian) and its content; a field that is empty in the
/// store has the length 2^32 - 1 and no content. Integers are eight bytes, big-endian.
struct LeafBytes {
    /// Of this form of the bytes.
    private static let form: UInt8 = 1
    private static let absent = UInt32.max

    /// The zero byte of a leaf, then the entry's bytes.
    private var buffer: [UInt8] = []

    init() { buffer.reserveCapacity(512) }

    /// The leaf of the row under `cursor`, which holds `AuditEntry.columns`.
    mutating func leaf(_ cursor: borrowing any Cursor) -> LogHash {
        begin()
        integer(cursor.integer(0))
        integer(cursor.integer(1))
        for column in 2...6 { text(cursor, column) }
        optionalText(cursor, 7)
        text(cursor, 8)
        integer(cursor.integer(9))
        if cursor.isNull(10) { length(Self.absent) } else { integer(cursor.integer(10)) }
        if cursor.isNull(11) { length(Self.absent) } else { bytes(cursor.row().blob(11)) }
        optionalText(cursor, 12)
        return LogHash.prefixed(buffer)
    }

    /// The bytes of an entry, without the zero byte of a leaf.
    static func of(_ entry: AuditEntry) -> [UInt8] {
        var leaf = LeafBytes()
        leaf.begin()
        leaf.integer(entry.sequence)
        leaf.integer(entry.at.milliseconds)
        for text in [entry.user, entry.agency, entry.purpose, entry.operation.rawValue, entry.kind] {
            leaf.bytes(Array(text.utf8))
        }
        leaf.optional(entry.record.map { Array($0.utf8) })
        leaf.bytes(Array(entry.about.utf8))
        leaf.integer(entry.wasAllowed ? 1 : 0)
        if let version = entry.version { leaf.integer(Int64(version)) } else { leaf.length(absent) }
        leaf.optional(entry.digest)
        leaf.optional(entry.recipient.map { Array($0.utf8) })
        return Array(leaf.buffer.dropFirst())
    }

    private mutating func begin() {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(0)
        buffer.append(Self.form)
    }

    private mutating func length(_ count: UInt32) {
        withUnsafeBytes(of: count.bigEndian) { buffer.append(contentsOf: $0) }
    }

    private mutating func integer(_ value: Int64) {
        length(8)
        withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
    }

    private mutating func bytes(_ bytes: some Collection<UInt8>) {
        length(UInt32(bytes.count))
        buffer.append(contentsOf: bytes)
    }

    private mutating func optional(_ content: [UInt8]?) {
        if let content { bytes(content) } else { length(Self.absent) }
    }

    private mutating func text(_ cursor: borrowing any Cursor, _ column: Int) {
        cursor.withText(column) { bytes($0) }
    }

    private mutating func optionalText(_ cursor: borrowing any Cursor, _ column: Int) {
        if cursor.isNull(column) { length(Self.absent) } else { text(cursor, column) }
    }
}
