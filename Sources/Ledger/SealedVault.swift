import Access
import Crypto
import Kernel

/// The record and field a value belongs to.
struct SealedPlace: Sendable {
    let record: String
    let field: String

    func value(_ version: Int) -> [UInt8] { SealedCipher.place("sealed_value", record, field, number: version) }
    static func key(_ record: String) -> [UInt8] { SealedCipher.place("sealed_key", record, number: 0) }
}

/// A value as it lies in the store, with what is needed to open it.
struct SealedEnvelope: Sendable {
    let place: SealedPlace
    let version: Int
    let at: Moment
    let bytes: [UInt8]
    let key: WrappedKey
}

/// Who sets a value.
struct SealedAuthor: Sendable {
    let user: String
    let agency: String
    let purpose: String
}

/// Seals and opens, with SQL beside the cipher. Asks nobody whether it may: that is decided by its callers.
struct SealedVault: Sendable {
    let keys: any KeyKeeper
    let random: @Sendable (_ count: Int) -> [UInt8]

    /// Adds a version.
    /// - Throws: `Problem.conflict` when `expecting` is given and somebody else set it meanwhile.
    @discardableResult
    func put(
        _ value: [UInt8], _ place: SealedPlace, expecting: Int? = nil, by author: SealedAuthor, at now: Moment,
        _ writing: any Writing
    ) throws -> Int {
        let last = try SealedRows.last(place, writing)
        guard expecting == nil || expecting == last else {
            throw Problem(
                .conflict, "Somebody else changed this while you were writing.",
                next: "Look at what is there now, then save again.")
        }
        let key = try dataKey(of: place.record, at: now, writing)
        let bytes = try SealedCipher.close(
            SealedCipher.padded(value), key, nonce: random(SealedCipher.nonceLength), place: place.value(last + 1))
        try SealedRows.insert(place, last + 1, bytes, author, now, writing)
        return last + 1
    }

    func open(_ envelope: SealedEnvelope) throws -> [UInt8] {
        let key = try keys.unwrap(envelope.key, place: SealedPlace.key(envelope.place.record))
        let bytes = try SealedCipher.open(envelope.bytes, key, place: envelope.place.value(envelope.version))
        return try SealedCipher.unpadded(bytes)
    }

    private func dataKey(of record: String, at now: Moment, _ writing: any Writing) throws -> SymmetricKey {
        if let wrapped = try SealedRows.key(of: record, writing) {
            return try keys.unwrap(wrapped, place: SealedPlace.key(record))
        }
        let key = SymmetricKey(data: random(SealedCipher.keyLength))
        let nonce = random(SealedCipher.nonceLength)
        let wrapped = try keys.wrap(key, nonce: nonce, place: SealedPlace.key(record))
        try SealedRows.insert(wrapped, of: record, now, writing)
        return key
    }

    /// Moves up to `limit` data keys to the present key; how many it moved.
    func rewrap(to number: Int, limit: Int, _ writing: any Writing) throws -> Int {
        let stale = try SealedRows.stale(number, limit: limit, writing)
        for (record, wrapped) in stale {
            let place = SealedPlace.key(record)
            let key = try keys.unwrap(wrapped, place: place)
            let next = try keys.wrap(key, nonce: random(SealedCipher.nonceLength), place: place)
            try SealedRows.update(next, of: record, writing)
        }
        return stale.count
    }
}
