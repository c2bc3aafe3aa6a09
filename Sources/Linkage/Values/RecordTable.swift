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
    /// Behind a pointer that never changes, so that a look at a row is no more than that.
    private let rows: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
    private var capacity = 1024
    private let nicknames: Nicknames
    private let numbered: [KeyNumbers]
    private let cleaners: [QuickCleaning]
    /// For each field the places of its keys.
    private let keysOf: [[Int]]

    /// - Parameter nicknames: which given names are looked up together.
    public init(fields: [LinkageField], nicknames: Nicknames = .packaged) {
        self.fields = fields
        self.nicknames = nicknames
        let keys = BlockingKey.keys(for: fields)
        self.keys = keys
        stride = fields.count + keys.count
        let names = ValuePool(shaped: true)
        pools = fields.map { $0.kind.isName ? names : ValuePool(shaped: $0.kind.isCompared) }
        numbered = keys.map { KeyNumbers($0, isGiven: fields[$0.field].kind == .givenName, nicknames) }
        cleaners = fields.map(QuickCleaning.init)
        keysOf = fields.indices.map { field in keys.indices.filter { keys[$0].field == field } }
        rows = .allocate(capacity: 1)
        rows.initialize(to: .allocate(capacity: capacity * max(1, stride)))
    }

    deinit {
        rows.pointee.deallocate()
        rows.deallocate()
    }

    @inline(__always)
    func row(_ record: Int) -> UnsafeMutablePointer<UInt32> { rows.pointee + record * stride }

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
        reserve(1)
        set(field, of: count, text)
    }

    /// Adds the record whose fields were set; each field must have been.
    @discardableResult
    public func finish() -> Int {
        finish(1)
        return count - 1
    }

    /// Adds the records after the last whose fields were set.
    func finish(_ records: Int) { count += records }

    /// Sets a field of a record for which there is room, and the keys that come of it. Fields that share no pool may be set
    /// side by side.
    func set(_ field: Int, of record: Int, _ text: UnsafeBufferPointer<UInt8>) {
        let clean = text.count == 0 ? text : cleaners[field].cleaned(text)
        let code = clean.count == 0 ? 0 : pools[field].intern(clean)
        let row = row(record)
        row[field] = code
        for place in keysOf[field] { row[fields.count + place] = numbered[place].number(code, pools[field]) }
    }

    /// Takes the last record away again, and what only it held.
    func removeLast(to mark: Mark) {
        count = mark.count
        for (index, pool) in pools.enumerated() { pool.rewind(to: mark.pools[index]) }
        for (index, numbers) in numbered.enumerated() {
            numbers.rewind(to: mark.keyPools[index], values: pools[keys[index].field].count)
        }
    }

    /// How much there is now, for `removeLast`.
    struct Mark {
        let count: Int
        let pools: [Int]
        let keyPools: [Int]
    }

    var mark: Mark {
        Mark(count: count, pools: pools.map(\.count), keyPools: numbered.map(\.pool.count))
    }

    /// How many numbers a key may have.
    func keyBound(_ place: Int) -> Int {
        (numbered[place].isValue ? pools[keys[place].field].count : numbered[place].pool.count) + 1
    }

    func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = max(capacity * 2, count + more)
        let next = UnsafeMutablePointer<UInt32>.allocate(capacity: larger * max(1, stride))
        next.update(from: rows.pointee, count: count * stride)
        rows.pointee.deallocate()
        (rows.pointee, capacity) = (next, larger)
    }
}

/// The numbers of one key: for each value of its field, that of what the value is made into.
private final class KeyNumbers {
    let pool = ValuePool()
    private let key: BlockingKey
    let isValue: Bool
    private let isGiven: Bool
    private let nicknames: Nicknames
    private var codes: [UInt32] = [0]

    init(_ key: BlockingKey, isGiven: Bool, _ nicknames: Nicknames) {
        (self.key, self.isGiven, self.nicknames, isValue) = (key, isGiven, nicknames, key.grain == .same)
    }

    func number(_ code: UInt32, _ values: ValuePool) -> UInt32 {
        // A key that is the value itself has the number of the value.
        if isValue { return code }
        while codes.count <= Int(code) {
            let value = values[UInt32(codes.count)]
            let bytes = key.key(of: value, isGiven: isGiven, nicknames: nicknames)
            codes.append(bytes.withUnsafeBufferPointer { $0.isEmpty ? 0 : pool.intern($0) })
        }
        return codes[Int(code)]
    }

    /// Takes the last away again, so that as many stay.
    func rewind(to count: Int, values: Int) {
        pool.rewind(to: count)
        if codes.count > values + 1 { codes.removeLast(codes.count - values - 1) }
    }
}
