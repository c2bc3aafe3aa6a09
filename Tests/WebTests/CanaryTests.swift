import Access
import Foundation
import HTTPTypes
import Kernel
import Ledger
import People
import Synchronization
import TestKit
import Testing

@testable import Accounts
@testable import Web

/// Known values in every form in which they might leak.
private struct Planted {
    static let texts = [
        "zqharbour \"vj\" & <zqlantern> Ærø 4'417", "zqreason her sister asked at the desk", "zqolder quay",
    ]

    private(set) var forms: [(name: String, bytes: Data)] = []

    init(secrets: [[UInt8]]) {
        for text in Planted.texts {
            add(text, Array(text.utf8))
            for word in text.split(separator: " ") where word.contains("zq") { add("\(word)", Array(word.utf8)) }
            forms.append((text + " UTF-16LE", text.data(using: .utf16LittleEndian) ?? Data()))
            forms.append((text + " UTF-16BE", text.data(using: .utf16BigEndian) ?? Data()))
            add(text + " JSON", Array((try? JSONEncoder().encode(text)).map { $0.dropFirst().dropLast() } ?? Data()))
            add(text + " \\u", Array(text.utf16.map { String(format: "\\u%04x", $0) }.joined().utf8))
            for allowed in [CharacterSet.alphanumerics, .urlQueryAllowed] {
                add(text + " %", Array((text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "").utf8))
            }
        }
        for (index, secret) in secrets.enumerated() {
            add("secret \(index)", secret)
            add("secret \(index) base32", Array(Base32.encode(secret).utf8))
        }
    }

    /// The bytes, and what hexadecimal and base64 make of them wherever they begin.
    private mutating func add(_ name: String, _ bytes: [UInt8]) {
        forms.append((name, Data(bytes)))
        let hex = Hex.encode(bytes)
        forms.append((name + " hex", Data(hex.utf8)))
        forms.append((name + " HEX", Data(hex.uppercased().utf8)))
        for shift in 0..<3 where bytes.count > 6 {
            // Without the characters at the ends, which neighbours have a part in.
            let text = Data([UInt8](repeating: 0, count: shift) + bytes).base64EncodedString()
            let core = text.dropFirst(4).prefix(while: { $0 != "=" }).dropLast(2)
            forms.append((name + " base64", Data(core.utf8)))
            forms.append(
                (
                    name + " base64url",
                    Data(core.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.map(String.init).joined().utf8)
                ))
        }
    }

    func found(in data: Data) -> [String] { forms.filter { data.range(of: $0.bytes) != nil }.map(\.name) }
}

/// Pages share most of what they say: each piece between two tags is searched once.
private final class Pieces: Sendable {
    private let seen = Mutex<Set<String>>([])

    func new(in text: String) -> Data {
        let fresh = seen.withLock { seen in
            text.components(separatedBy: "><").filter { seen.insert($0).inserted }
        }
        return Data(fresh.joined(separator: "><").utf8)
    }
}

@Suite("Canaries: what is sealed is found nowhere")
struct CanaryTests {
    private let pieces = Pieces()

    @Test func `in no page, list, export, log, file of the store or copy of it`() async throws {
        try await WebHouse.open { house in
            house.clock.advance(seconds: 40 * 86_400)
            let (id, secret) = try await plant(house)
            let planted = Planted(secrets: [secret])
            let first = try await house.audit()
            #expect(first.contains { $0.about == "reveal safe-contact own-words" })
            #expect(planted.found(in: Data(first.map { "\($0)" }.joined(separator: "\n").utf8)) == [])
            for role in Role.allCases { try await walk(house, try await house.person([role]), id, planted) }
            try await walk(house, try await house.person(Set(Role.allCases)), id, planted)
            try await walk(house, nil, id, planted)

            let log = try await house.audit()
            #expect(log.count > first.count + 100)
            #expect(planted.found(in: Data(log.map { "\($0)" }.joined(separator: "\n").utf8)) == [])
            #expect(planted.found(in: Data(house.faults.all.joined(separator: "\n").utf8)) == [])
            #expect(planted.found(in: Data("\(try await house.ledger.verify())".utf8)) == [])
            try await files(house, planted)
        }
    }

    @Test func `and the search for them would find them`() throws {
        let planted = Planted(secrets: [Array("12345678901234567890".utf8)])
        let text = Planted.texts[0]
        for hidden in [
            Data(text.utf8), Data((text + "x").utf8.map { $0 }),
            Data("--\(Data(("ab" + text + "c").utf8).base64EncodedString())".utf8),
            text.data(using: .utf16LittleEndian) ?? Data(), Data("…GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ…".utf8),
            try JSONEncoder().encode([text]), Data(Hex.encode(Array(text.utf8)).utf8),
        ] {
            #expect(!planted.found(in: hidden).isEmpty)
        }
        #expect(planted.found(in: Data("nothing of the kind".utf8)) == [])
    }

    /// Sealed twice, revealed in words, amended, in conflict; and an app's key.
    private func plant(_ house: WebHouse) async throws -> (Identifier<Person>, [UInt8]) {
        let (ledger, texts) = (house.ledger, Planted.texts)
        let (keeper, desk) = (TestActor.practitioner("keeper"), house.site.people)
        let body = Person(names: [KnownName(given: "Ama", family: "Visiblewords")], narrative: "visiblewords")
        let id = try await desk.create(body, as: keeper)
        try await desk.seal(texts[2], Person.safeContact, of: id, expecting: 0, as: keeper)
        try await desk.seal(texts[0], Person.safeContact, of: id, expecting: 1, as: keeper)
        let told = try await ledger.reveal(
            Person.safeContact, of: id, because: .words(Sealed.Plain(texts[1])), as: keeper)
        #expect(told.exposed == texts[0])
        await #expect(throws: Conflict.self) {
            try await ledger.commit(
                [
                    try .amend(id, expecting: 9, body)
                        .sealing(Sealed.Plain(texts[0]), Person.safeContact, expecting: 2)
                ], as: keeper)
        }
        let (person, secret) = (try await house.person([.analyst]), Ledger.systemRandom(20))
        let (secrets, now) = (ledger.secrets, ledger.now)
        try await ledger.upkeep {
            try CredentialRows.offerSecondFactor(of: person.id.text, secret, secrets, at: now, $0)
        }
        return (id, secret)
    }

    private func walk(_ house: WebHouse, _ person: WebPerson?, _ id: Identifier<Person>, _ planted: Planted)
        async throws
    {
        for route in House.routes where route.method == .get {
            let path = DoorTests.filled(route.path)
            let known = path.split(separator: "/", omittingEmptySubsequences: false)
                .map { $0 == "7" ? id.text : String($0) }.joined(separator: "/")
            let asking = known + "?q=zq&search=zq&name=visiblewords&key=\(id)"
            for path in (person?.actor.roles.count ?? 2) > 1 ? Set([path, known, asking]) : [known] {
                let reply = try await house.get(path, as: person)
                let head = reply.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
                #expect(planted.found(in: pieces.new(in: reply.text + "><" + head)) == [], "\(path)")
                // What is no text is searched as it is.
                guard String(bytes: reply.body, encoding: .utf8) == nil else { continue }
                #expect(planted.found(in: Data(reply.body)) == [], "\(path)")
            }
        }
    }

    private func files(_ house: WebHouse, _ planted: Planted) async throws {
        let copy = house.store.folder.appendingPathComponent("copy.sqlite")
        try await house.ledger.copy(to: copy)
        #expect(try Data(contentsOf: copy).range(of: Data("visiblewords".utf8)) != nil)
        var seen: [String] = []
        for file in try FileManager.default.contentsOfDirectory(at: house.store.folder, includingPropertiesForKeys: nil)
        {
            guard let bytes = try? Data(contentsOf: file) else { continue }
            seen.append(file.lastPathComponent)
            #expect(planted.found(in: bytes) == [], "\(file.lastPathComponent)")
        }
        #expect(Set(seen).isSuperset(of: ["holdfast.sqlite", "holdfast.sqlite-wal", "copy.sqlite", "holdfast.keys"]))
    }
}
