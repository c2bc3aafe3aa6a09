/// Records as rows of numbers: for each field the number of its value, then for each key the number of its key. A row
/// lies in one piece, so that looking at a pair touches two places of memory.
///
/// Filled by one thread; when nothing is added any more, several may read it.
public final class RecordTable: @unchecked Sendable {
    public let fields: [LinkageField]
    public let keys: [BlockingKey]
    /// Values of each field; given names and surnames share one pool, so that swapped ones can be told.
    public let pools: [ValuePool]
    /// With two files, whose pairs across are wanted: how many records the first has, which come first. Else 0.
    public var firstFile = 0
    /// Where postcodes lie, when that is known; set before anything is compared.
    public var places: PostcodePlaces?
    public private(set) var count = 0
    let stride: Int
    private(set) var rows: UnsafeMutablePointer<UInt32>
    private var capacity = 1024
    private let nicknames: Nicknames
    private var keyPools: [ValuePool]
    /// For each key, the number of the key of each value.
    private var keyCodes: [[UInt32]]
    /// For each field, what raw text was cleaned to.
    private var raw: [ValuePool]
    private var cleaned: [[UInt32]]

    /// - Parameter nicknames: which given names are looked up together.
    public init(fields: [LinkageField], nicknames: Nicknames = .packaged) {
        self.fields = fields
        self.nicknames = nicknames
        keys = BlockingKey.keys(for: fields)
        stride = fields.count + keys.count
        let names = ValuePool()
        pools = fields.map { $0.kind.isName ? names : ValuePool() }
        keyPools = keys.map { _ in ValuePool() }
        keyCodes = keys.map { _ in [0] }
        raw = fields.map { _ in ValuePool() }
        cleaned = fields.map { _ in [0] }
        rows = .allocate(capacity: capacity * max(1, stride))
    }

    deinit { rows.deallocate() }

    @inline(__always)
    func row(_ record: Int) -> UnsafeMutablePointer<UInt32> { rows + record * stride }

    /// What a field of a record holds, cleaned; empty when it is missing.
    public func text(_ record: Int, field: Int) -> String { pools[field].text(row(record)[field]) }

    /// Adds a record.
    /// - Parameter values: the raw text of each field, in the order of `fields`.
    @discardableResult
    public func add(_ values: [String]) -> Int {
        for (field, value) in values.enumerated() {
            var value = value
            value.withUTF8 { set(field, $0) }
        }
        return finish()
    }

    /// Sets a field of the record that `finish` will add.
    public func set(_ field: Int, _ text: UnsafeBufferPointer<UInt8>) {
        reserve()
        row(count)[field] = code(text, field)
    }

    /// Adds the record whose fields were set; each field must have been.
    @discardableResult
    public func finish() -> Int {
        reserve()
        let row = row(count)
        for (place, key) in keys.enumerated() { row[fields.count + place] = keyCode(row[key.field], place) }
        count += 1
        return count - 1
    }

    /// Takes the last record away again, and what only it held.
    func removeLast(to mark: Mark) {
        count = mark.count
        for (index, pool) in pools.enumerated() { pool.rewind(to: mark.pools[index]) }
        for (index, pool) in raw.enumerated() {
            pool.rewind(to: mark.raw[index])
            cleaned[index].removeLast(cleaned[index].count - mark.raw[index] - 1)
        }
        for (index, pool) in keyPools.enumerated() {
            pool.rewind(to: mark.keyPools[index])
            let values = pools[keys[index].field].count + 1
            if keyCodes[index].count > values { keyCodes[index].removeLast(keyCodes[index].count - values) }
        }
    }

    /// How much there is now, for `removeLast`.
    struct Mark {
        let count: Int
        let pools: [Int]
        let raw: [Int]
        let keyPools: [Int]
    }

    var mark: Mark {
        Mark(count: count, pools: pools.map(\.count), raw: raw.map(\.count), keyPools: keyPools.map(\.count))
    }

    /// How many numbers a key may have.
    func keyBound(_ place: Int) -> Int { keyPools[place].count + 1 }

    private func reserve() {
        guard count == capacity else { return }
        let next = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2 * max(1, stride))
        next.update(from: rows, count: count * stride)
        rows.deallocate()
        (rows, capacity) = (next, capacity * 2)
    }

    private func code(_ text: UnsafeBufferPointer<UInt8>, _ field: Int) -> UInt32 {
        guard text.count > 0 else { return 0 }
        let rawCode = Int(raw[field].intern(text))
        if rawCode < cleaned[field].count { return cleaned[field][rawCode] }
        let clean = clean(String(decoding: text, as: UTF8.self), fields[field])
        let code = Array((clean ?? "").utf8).withUnsafeBufferPointer { $0.isEmpty ? 0 : pools[field].intern($0) }
        cleaned[field].append(code)
        return code
    }

    private func clean(_ text: String, _ field: LinkageField) -> String? {
        switch field.part {
        case .whole: Cleaning.cleaned(text, as: field.kind)
        case .givenName: Cleaning.cleaned(Cleaning.halves(of: text).given, as: .givenName)
        case .surname: Cleaning.cleaned(Cleaning.halves(of: text).surname, as: .surname)
        }
    }

    private func keyCode(_ code: UInt32, _ place: Int) -> UInt32 {
        let key = keys[place]
        while keyCodes[place].count <= Int(code) {
            let value = pools[key.field][UInt32(keyCodes[place].count)]
            let bytes = key.key(of: value, isGiven: fields[key.field].kind == .givenName, nicknames: nicknames)
            keyCodes[place].append(bytes.withUnsafeBufferPointer { $0.isEmpty ? 0 : keyPools[place].intern($0) })
        }
        return keyCodes[place][Int(code)]
    }
}
