public import Crypto
public import Foundation
public import Kernel
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Keys in a file that only its owner may read. Changed by writing a new file beside it and renaming.
public final class KeyFile: KeyKeeper {
    public static let usualName = "holdfast.keys"
    /// How long a key that is out of use still opens old backups.
    public static let daysKept: Int64 = 35

    struct Ring: Codable {
        struct Entry: Codable {
            let number: Int
            let made: Moment
            var retired: Moment?
            let key: Data
        }

        var format = 1
        var keys: [Entry]

        var present: Entry? { keys.last { $0.retired == nil } }
    }

    private let file: URL
    private let time: TimeSource
    private let random: @Sendable (_ count: Int) -> [UInt8]
    private let ring = Mutex<Ring?>(nil)

    public init(
        _ file: URL, time: TimeSource = .system,
        random: @escaping @Sendable (_ count: Int) -> [UInt8] = Ledger.systemRandom
    ) {
        (self.file, self.time, self.random) = (file, time, random)
    }

    public func open(mayMake: Bool) throws {
        try ring.withLock { ring in
            if let found = try read() {
                ring = found
                return
            }
            guard mayMake else { throw missing }
            let first = Ring.Entry(number: 1, made: time.now(), key: Data(random(SealedCipher.keyLength)))
            do {
                try write(Ring(keys: [first]), &ring, by: link)
            } catch {
                // Another server that starts in the same moment was first: its keys are the keys.
                guard let found = try read() else { throw error }
                ring = found
            }
        }
    }

    public func all() throws -> [KeyState] {
        try with { ring in
            ring.keys.map {
                KeyState(
                    number: $0.number, madeAt: $0.made, retiredAt: $0.retired,
                    isPresent: $0.number == ring.present?.number)
            }
        }
    }

    public func wrap(_ key: SymmetricKey, nonce: [UInt8], place: [UInt8]) throws -> WrappedKey {
        try with { ring in
            guard let entry = ring.present else { throw SealedProblem.noKeys }
            let bytes = key.withUnsafeBytes { Array($0) }
            let closed = try SealedCipher.close(bytes, SymmetricKey(data: entry.key), nonce: nonce, place: place)
            return WrappedKey(number: entry.number, bytes: closed)
        }
    }

    public func unwrap(_ wrapped: WrappedKey, place: [UInt8]) throws -> SymmetricKey {
        try with { ring in
            guard let entry = ring.keys.first(where: { $0.number == wrapped.number }) else {
                throw SealedProblem.broken
            }
            return SymmetricKey(
                data: try SealedCipher.open(wrapped.bytes, SymmetricKey(data: entry.key), place: place))
        }
    }

    public func add(at now: Moment) throws -> Int {
        try change { ring in
            let number = (ring.keys.map(\.number).max() ?? 0) + 1
            ring.keys.append(.init(number: number, made: now, key: Data(random(SealedCipher.keyLength))))
            return number
        }
    }

    public func retire(_ number: Int, at now: Moment) throws {
        try change { ring in
            for index in ring.keys.indices where ring.keys[index].number == number && ring.keys[index].retired == nil {
                ring.keys[index].retired = now
            }
            let limit = now.adding(days: -KeyFile.daysKept)
            ring.keys.removeAll { entry in entry.retired.map { $0 < limit } ?? false }
        }
    }

    private func with<Result>(_ body: (Ring) throws -> Result) throws -> Result {
        try ring.withLock { ring in
            guard let ring else { throw SealedProblem.noKeys }
            return try body(ring)
        }
    }

    private func change<Result>(_ body: (inout Ring) -> Result) throws -> Result {
        try ring.withLock { ring in
            guard var next = ring else { throw SealedProblem.noKeys }
            let result = body(&next)
            try write(next, &ring)
            return result
        }
    }
}

extension KeyFile {
    private var missing: Problem {
        Problem(
            .refused, "The key file \(file.path) is missing, and this data holds sealed values that only it can open.",
            next: "Put it back from where its copy is kept, or name it in HOLDFAST_KEYS. No new one is made.")
    }

    private func unsafe(_ fault: String, _ remedy: String) -> Problem {
        Problem(.refused, "The key file \(file.path) \(fault), so it is not used.", next: remedy)
    }

    /// Nil when there is no such file.
    private func read() throws -> Ring? {
        let handle = Glibc.open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard handle >= 0 else {
            guard errno != ENOENT else { return nil }
            throw unsafe("cannot be read", "Let it be an ordinary file that the user Holdfast runs as may read.")
        }
        defer { close(handle) }
        var facts = stat()
        guard fstat(handle, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw unsafe("is no ordinary file", "Let it be an ordinary file.")
        }
        guard facts.st_mode & 0o077 == 0 else {
            throw unsafe("can be read or changed by others", "Run: chmod 600 \(file.path)")
        }
        guard facts.st_uid == geteuid() else {
            throw unsafe("belongs to another user", "Let it belong to the user Holdfast runs as, with chown.")
        }
        let data = (try? FileHandle(fileDescriptor: handle, closeOnDealloc: false).readToEnd()) ?? Data()
        guard let ring = try? JSONDecoder().decode(Ring.self, from: data), ring.format == 1, ring.present != nil,
            ring.keys.allSatisfy({ $0.key.count == SealedCipher.keyLength })
        else { throw unsafe("is damaged", "Put back a sound copy.") }
        return ring
    }

    /// In the file and on the disk before it is used: a key that was lost after use would lose what it sealed.
    /// - Parameter naming: `rename` puts it over what is there, `link` only where nothing is.
    private func write(
        _ next: Ring, _ ring: inout Ring?,
        by naming: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32 = rename
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(next)
        let part = "\(file.path).part-\(getpid())"
        unlink(part)
        defer { unlink(part) }
        let handle = Glibc.open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw unsafe("cannot be written", "Let the user Holdfast runs as write there.") }
        let count = data.withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
        let isKept = count == data.count && fsync(handle) == 0
        close(handle)
        guard isKept, naming(part, file.path) == 0 else {
            throw unsafe("cannot be written", "Make room on the disk and try again.")
        }
        let folder = Glibc.open(file.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        ring = next
    }
}
