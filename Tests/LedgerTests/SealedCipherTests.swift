import Crypto
import Foundation
import Kernel
import TestKit
import Testing

@testable import Ledger

@Suite("Sealing")
struct SealedCipherTests {
    let key = SymmetricKey(size: .bits256)

    private func closed(_ text: String, _ place: [UInt8]) throws -> [UInt8] {
        try SealedCipher.close(Array(text.utf8), key, nonce: Ledger.systemRandom(12), place: place)
    }

    @Test func `the published vector of AES-256-GCM comes out`() throws {
        // McGrew and Viega, The Galois/Counter Mode of Operation, test case 14.
        let zeros = SymmetricKey(data: [UInt8](repeating: 0, count: 32))
        let bytes = try SealedCipher.close(
            [UInt8](repeating: 0, count: 16), zeros, nonce: [UInt8](repeating: 0, count: 12), place: [])
        let hex = bytes.dropFirst(12).map { String(format: "%02x", $0) }.joined()
        #expect(hex == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
    }

    @Test func `no two places have the same bytes`() {
        let places = [
            SealedPlace(record: "a", field: "bc").value(1), SealedPlace(record: "ab", field: "c").value(1),
            SealedPlace(record: "a", field: "bc").value(2), SealedPlace(record: "bc", field: "a").value(1),
            SealedPlace(record: "abc", field: "").value(1), SealedPlace.key("a"), SealedPlace.key("abc"),
        ]
        #expect(Set(places).count == places.count)
    }

    @Test func `a ciphertext moved to another record, field, version or table does not open`() throws {
        let home = SealedPlace(record: "r1", field: "safe-contact").value(3)
        let bytes = try closed("a word", home)
        #expect(try SealedCipher.open(bytes, key, place: home) == Array("a word".utf8))
        for other in [
            SealedPlace(record: "r2", field: "safe-contact").value(3),
            SealedPlace(record: "r1", field: "refuge").value(3),
            SealedPlace(record: "r1", field: "safe-contact").value(2), SealedPlace.key("r1"), [],
        ] {
            #expect(throws: Problem.self) { try SealedCipher.open(bytes, key, place: other) }
        }
    }

    @Test func `every flipped bit, every cut and another key are refused`() throws {
        let home = SealedPlace(record: "r1", field: "f").value(1)
        let bytes = try closed("where she is", home)
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                #expect(throws: Problem.self) { try SealedCipher.open(changed, key, place: home) }
            }
            #expect(throws: Problem.self) { try SealedCipher.open(Array(bytes[..<index]), key, place: home) }
        }
        #expect(throws: Problem.self) {
            try SealedCipher.open(bytes, SymmetricKey(size: .bits256), place: home)
        }
    }

    @Test func `values of all lengths come back, and short ones have one length`() throws {
        for count in [0, 1, 59, 60, 61, 64, 200, 5000] {
            let value = (0..<count).map { UInt8($0 % 251) }
            let padded = SealedCipher.padded(value)
            #expect(padded.count % 64 == 0)
            #expect(try SealedCipher.unpadded(padded) == value)
        }
        #expect(SealedCipher.padded([1]).count == SealedCipher.padded([UInt8](repeating: 1, count: 60)).count)
        #expect(throws: Problem.self) { try SealedCipher.unpadded([0, 0, 1, 0, 7]) }
    }
}

@Suite("The key file")
struct KeyFileTests {
    private func withFile(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appendingPathComponent(KeyFile.usualName))
    }

    private func mode(_ file: URL) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int ?? 0
    }

    private func refusal(_ file: URL, mayMake: Bool = false) -> String {
        do {
            try KeyFile(file).open(mayMake: mayMake)
            return ""
        } catch {
            return (error as? Problem)?.description ?? "\(error)"
        }
    }

    @Test func `it is made once, for its owner alone, and read again`() throws {
        try withFile { file in
            let (key, place) = (SymmetricKey(size: .bits256), SealedPlace.key("r"))
            let keys = KeyFile(file)
            try keys.open(mayMake: true)
            #expect(try mode(file) == 0o600)
            let wrapped = try keys.wrap(key, nonce: Ledger.systemRandom(12), place: place)
            let again = KeyFile(file)
            try again.open(mayMake: true)
            #expect(try again.unwrap(wrapped, place: place) == key)
            #expect(throws: Problem.self) { try again.unwrap(wrapped, place: SealedPlace.key("s")) }
        }
    }

    @Test func `one that others may read is refused, and the sentence says what to do`() throws {
        try withFile { file in
            try KeyFile(file).open(mayMake: true)
            for mode in [0o640, 0o604, 0o660, 0o644] {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
                #expect(refusal(file).contains("chmod 600 \(file.path)"))
            }
        }
    }

    @Test func `a missing one is not replaced, and a damaged one is not used`() throws {
        try withFile { file in
            #expect(refusal(file).contains("is missing"))
            #expect(!FileManager.default.fileExists(atPath: file.path))
            try Data("{}".utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            #expect(refusal(file, mayMake: true).contains("damaged"))
        }
    }

    @Test func `a link in its place is not followed`() throws {
        try withFile { file in
            let real = file.deletingLastPathComponent().appendingPathComponent("real")
            try KeyFile(real).open(mayMake: true)
            try FileManager.default.createSymbolicLink(at: file, withDestinationURL: real)
            #expect(refusal(file, mayMake: true).contains("cannot be read"))
        }
    }

    @Test func `a key out of use opens for 35 days and is then destroyed`() throws {
        try withFile { file in
            let clock = TestClock()
            let keys = KeyFile(file, time: clock.source)
            try keys.open(mayMake: true)
            let wrapped = try keys.wrap(SymmetricKey(size: .bits256), nonce: Ledger.systemRandom(12), place: [])
            #expect(try keys.add(at: clock.source.now()) == 2)
            try keys.retire(1, at: clock.source.now())
            _ = try keys.unwrap(wrapped, place: [])
            #expect(try keys.all().map(\.isPresent) == [false, true])
            clock.advance(seconds: 36 * 86_400)
            try keys.retire(1, at: clock.source.now())
            #expect(throws: Problem.self) { try keys.unwrap(wrapped, place: []) }
            #expect(try keys.all().map(\.number) == [2])
        }
    }
}
