import Foundation

/// Distinct byte strings, numbered from 1 in order of arrival; 0 stands for a missing value.
///
/// Comparing two numbers then tells whether two values are equal, and each distinct value is worked on once. A pool is
/// filled by one thread; when nothing is added any more, several may read it.
public final class ValuePool: @unchecked Sendable {
    private let store: UnsafeMutablePointer<ValueView.Store>
    private let isShaped: Bool
    private var hashes: [UInt32] = []
    private var slots: [UInt32]

    public convenience init() { self.init(shaped: false) }

    /// - Parameter shaped: whether the shapes of its values are kept, for texts that are compared letter by letter.
    init(shaped: Bool) {
        isShaped = shaped
        store = .allocate(capacity: 1)
        let first = 1 << 8
        store.initialize(
            to: ValueView.Store(
                bytes: .allocate(capacity: 1 << 12), room: 1 << 12, starts: .allocate(capacity: first + 1),
                shapes: .allocate(capacity: shaped ? first : 0), capacity: first))
        store.pointee.starts[0] = 0
        slots = Array(repeating: 0, count: 1 << 9)
    }

    deinit {
        store.pointee.bytes.deallocate()
        store.pointee.starts.deallocate()
        store.pointee.shapes.deallocate()
        store.deallocate()
    }

    /// How many distinct values there are; their numbers are `1...count`.
    public var count: Int { hashes.count }

    /// Its values to read in loops; good for as long as the pool lives.
    var view: ValueView { ValueView(store: store) }

    /// The value with this number. Valid until the next value is added.
    /// - Parameter code: in `1...count`.
    @inline(__always)
    public subscript(code: UInt32) -> UnsafeBufferPointer<UInt8> { ValueView(store: store)[code] }

    /// The value as text.
    public func text(_ code: UInt32) -> String {
        code == 0 ? "" : String(decoding: self[code], as: UTF8.self)
    }

    /// The number of a value, which is added when it is new.
    public func intern(_ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = ValuePool.hash(value)
        let slot = place(of: value, hash)
        if slots[slot] != 0 { return slots[slot] }
        append(value, hash)
        let code = UInt32(hashes.count)
        slots[slot] = code
        if hashes.count * 2 > slots.count { grow() }
        return code
    }

    /// The number of a value; 0 when it is not here.
    func find(_ value: UnsafeBufferPointer<UInt8>) -> UInt32 { slots[place(of: value, ValuePool.hash(value))] }

    /// Takes the values after `count` away again. The last to come stands at the end of its run of slots, also after
    /// the slots were made more, so a cleared slot breaks no run.
    func rewind(to count: Int) {
        while hashes.count > count {
            let mask = slots.count - 1
            var slot = Int(hashes[hashes.count - 1]) & mask
            while slots[slot] != UInt32(hashes.count) { slot = (slot + 1) & mask }
            slots[slot] = 0
            hashes.removeLast()
        }
    }

    private func place(of value: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            let code = slots[slot]
            if hashes[Int(code) - 1] == hash, ValuePool.equal(self[code], value) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func append(_ value: UnsafeBufferPointer<UInt8>, _ hash: UInt32) {
        let number = hashes.count
        if number == store.pointee.capacity { widen() }
        let used = store.pointee.starts[number]
        let next = used + value.count
        if next > store.pointee.room {
            let room = max(store.pointee.room * 2, next)
            store.pointee.bytes = ValuePool.moved(store.pointee.bytes, used, room)
            store.pointee.room = room
        }
        if let base = value.baseAddress { (store.pointee.bytes + used).update(from: base, count: value.count) }
        store.pointee.starts[number + 1] = next
        if isShaped { (store.pointee.shapes + number).initialize(to: TextShape(value)) }
        hashes.append(hash)
    }

    private func widen() {
        let (count, capacity) = (store.pointee.capacity, store.pointee.capacity * 2)
        store.pointee.starts = ValuePool.moved(store.pointee.starts, count + 1, capacity + 1)
        if isShaped { store.pointee.shapes = ValuePool.moved(store.pointee.shapes, count, capacity) }
        store.pointee.capacity = capacity
    }

    private static func moved<Element>(
        _ old: UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.moveInitialize(from: old, count: count)
        old.deallocate()
        return new
    }

    private func grow() {
        let mask = slots.count * 2 - 1
        var next = [UInt32](repeating: 0, count: mask + 1)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & mask
            while next[slot] != 0 { slot = (slot + 1) & mask }
            next[slot] = UInt32(index + 1)
        }
        slots = next
    }

    private static func equal(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        guard let left = one.baseAddress, let right = other.baseAddress else { return true }
        return memcmp(left, right, one.count) == 0
    }

    /// Each eight bytes go through a full 64 × 64 bit product, so that values which begin alike do not fall together.
    private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(value)
        var state = Mixing.mix(UInt64(value.count) &+ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F)
        var index = 0
        while index + 8 <= raw.count {
            state = Mixing.mix(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self), 0xE703_7ED1_A0B4_28DB)
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        state = Mixing.mix(state ^ rest, 0x8EBC_6AF0_9C88_C6E3)
        return UInt32(truncatingIfNeeded: state ^ (state >> 32))
    }
}

/// The values of a pool, read through one pointer that never changes: a look costs no count of references and no check
/// of exclusive access.
struct ValueView {
    struct Store {
        var bytes: UnsafeMutablePointer<UInt8>
        var room: Int
        /// Value `code` lies at `starts[code - 1]..<starts[code]`.
        var starts: UnsafeMutablePointer<Int>
        /// By code; only when the pool is one of texts.
        var shapes: UnsafeMutablePointer<TextShape>
        var capacity: Int
    }

    fileprivate let store: UnsafeMutablePointer<Store>

    @inline(__always)
    subscript(code: UInt32) -> UnsafeBufferPointer<UInt8> {
        let starts = store.pointee.starts
        let start = starts[Int(code) - 1]
        return UnsafeBufferPointer(start: store.pointee.bytes + start, count: starts[Int(code)] - start)
    }

    /// The shape of the value with this number; only in a pool of texts.
    @inline(__always)
    func shape(_ code: UInt32) -> TextShape { store.pointee.shapes[Int(code) - 1] }

    /// The eight bytes of a value that has as many, the first lowest.
    @inline(__always)
    func word(_ code: UInt32) -> UInt64 {
        let place = UnsafeRawPointer(store.pointee.bytes + store.pointee.starts[Int(code) - 1])
        return UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
    }
}

/// Number mixing for hash tables and repeatable samples.
enum Mixing {
    @inline(__always)
    static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }

    /// Uniform in [0, 1) for a number and a seed.
    @inline(__always)
    static func unit(_ number: UInt64, _ seed: UInt64) -> Double {
        let mixed = mix(number &+ 0x9E37_79B9_7F4A_7C15, seed | 1 &+ 0xD1B5_4A32_D192_ED03)
        return Double(mix(mixed ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB) >> 11) * 0x1p-53
    }
}
