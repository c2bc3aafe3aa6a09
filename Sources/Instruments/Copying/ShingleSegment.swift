/// The shingles of one author's forms: an open table of hashes, each with a chain of the places where it stands.
///
/// Hashes of 32 bits: of a million one in four thousand strange shingles seems known, and never several in one line.
struct ShingleSegment: Sendable {
    struct Place: Sendable {
        let form: UInt16
        let position: UInt16
        /// The one before it in the chain, from 1; 0 at its end.
        let next: UInt32
    }

    static let mostForms = 16_384
    /// Of a chain only the newest are looked at: a run of words that stands in more forms is language.
    static let deepest = 32

    private(set) var forms: [String] = []
    private var keys = [UInt32](repeating: 0, count: 1 << 8)
    private var heads = [UInt32](repeating: 0, count: 1 << 8)
    private var places: [Place] = []
    private var filled = 0

    var isFull: Bool { forms.count >= ShingleSegment.mostForms || places.count >= 1 << 21 }

    /// Bytes held by its tables, without the names of forms.
    var bytes: Int {
        keys.capacity * 4 + heads.capacity * 4 + places.capacity * MemoryLayout<Place>.stride
    }

    mutating func add(_ form: String, _ marks: [Shingles.Mark]) {
        let number = UInt16(forms.count)
        forms.append(form)
        for mark in marks where mark.position <= Int(UInt16.max) {
            place(mark.hash, form: number, position: UInt16(mark.position))
        }
    }

    private mutating func place(_ hash: UInt32, form: UInt16, position: UInt16) {
        if filled * 10 >= keys.count * 7 { grow() }
        let slot = slot(of: hash)
        if keys[slot] == 0 {
            keys[slot] = hash
            filled += 1
        }
        places.append(Place(form: form, position: position, next: heads[slot]))
        heads[slot] = UInt32(places.count)
    }

    @inline(__always)
    private func slot(of hash: UInt32) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while keys[slot] != 0, keys[slot] != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldHeads) = (keys, heads)
        keys = [UInt32](repeating: 0, count: oldKeys.count * 2)
        heads = [UInt32](repeating: 0, count: oldKeys.count * 2)
        for (index, key) in oldKeys.enumerated() where key != 0 {
            let slot = slot(of: key)
            (keys[slot], heads[slot]) = (key, oldHeads[index])
        }
    }

    /// Where a hash stands, the newest first.
    func visit(_ hash: UInt32, _ body: (Place) -> Void) {
        var (next, left) = (heads[slot(of: hash)], ShingleSegment.deepest)
        while next != 0, left > 0 {
            let place = places[Int(next) - 1]
            body(place)
            (next, left) = (place.next, left - 1)
        }
    }

    /// The same without some forms: nothing of them stays, not even their hashes.
    func without(_ erased: Set<String>) -> ShingleSegment {
        var other = ShingleSegment()
        var numbers: [UInt16: UInt16] = [:]
        for (index, form) in forms.enumerated() where !erased.contains(form) {
            numbers[UInt16(index)] = UInt16(other.forms.count)
            other.forms.append(form)
        }
        for (slot, key) in keys.enumerated() where key != 0 {
            var (chain, next): ([Place], UInt32) = ([], heads[slot])
            while next != 0 {
                chain.append(places[Int(next) - 1])
                next = places[Int(next) - 1].next
            }
            for place in chain.reversed() {
                guard let form = numbers[place.form] else { continue }
                other.place(key, form: form, position: place.position)
            }
        }
        return other
    }
}
