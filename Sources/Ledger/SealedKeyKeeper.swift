public import Crypto
public import Kernel

/// Keeps the keys under which the data keys of records are wrapped. A file today; PKCS#11 or OpenBao may follow, and then
/// the keys themselves never come here.
///
/// Calls may block. They are made on the threads of readers and of the writer.
public protocol KeyKeeper: Sendable {
    /// - Parameter mayMake: nothing was sealed yet, so that a first key may be made.
    /// - Throws: `Problem` that says what is wrong with the keys and what to do.
    func open(mayMake: Bool) throws

    /// Every key there is, oldest first.
    func all() throws -> [KeyState]

    /// Wraps a data key under the present key.
    /// - Parameters:
    ///   - nonce: 12 random bytes.
    ///   - place: whose key it is: it opens nowhere else.
    func wrap(_ key: SymmetricKey, nonce: [UInt8], place: [UInt8]) throws -> WrappedKey

    func unwrap(_ wrapped: WrappedKey, place: [UInt8]) throws -> SymmetricKey

    /// Makes a new key and uses it for wrapping from now on; durable when it returns.
    func add(at now: Moment) throws -> Int

    /// Marks a key as out of use; it opens old copies of the data until it is destroyed, 35 days later.
    func retire(_ number: Int, at now: Moment) throws
}

/// A data key, wrapped under the key of that number.
public struct WrappedKey: Sendable, Equatable {
    public let number: Int
    public let bytes: [UInt8]

    public init(number: Int, bytes: [UInt8]) { (self.number, self.bytes) = (number, bytes) }
}

/// What may be known of a key.
public struct KeyState: Sendable, Equatable {
    public let number: Int
    public let madeAt: Moment
    public let retiredAt: Moment?
    /// It wraps what is sealed now.
    public let isPresent: Bool
}
