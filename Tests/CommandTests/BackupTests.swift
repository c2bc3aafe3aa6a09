import Foundation
import Testing

@Suite(
    "Backup and restore", .enabled(if: Command.binary != nil, Command.missing),
    .enabled(if: Keyholder.tool != nil, Keyholder.missing))
struct BackupTests {
    private func restore(_ file: String, _ holder: Keyholder, to target: String) async throws -> Command.Ended {
        try await Command.run("restore", file, "--identity", holder.identity, "--to", target)
    }

    private func names(_ place: Place) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: place.folder.path))
    }

    @Test func `made while people write, it comes back whole, and what was printed says the same`() async throws {
        let place = try Place()
        let holder = try Keyholder(place)
        let server = try await RunningServer(place.data)
        let file = place.folder.appending(path: "one.age").path
        let made = try await withThrowingTaskGroup(of: Command.Ended?.self) { group in
            for number in 0..<6 {
                group.addTask {
                    for step in 0..<4 {
                        let name = "person-\(number)-\(step)"
                        let added = try await place.run(["user", "add", name, "--name", "Invented Person"])
                        #expect(added.code == 0, "\(added.err)")
                    }
                    return nil
                }
            }
            group.addTask {
                try await place.run(["backup", "--to", file, "--recipient", holder.recipient, "--json"])
            }
            return try await group.reduce(nil) { $0 ?? $1 }
        }
        let said = try JSONValue(try #require(made).out)
        let target = place.folder.appending(path: "again").path
        let restored = try await Command.run(
            "restore", file, "--identity", holder.identity, "--to", target, "--json")
        try #require(restored.code == 0, "\(restored.err)")
        let found = try JSONValue(restored.out)
        #expect(found["root"] == said["root"] && found["logSize"] == said["logSize"])
        #expect(found["rehearsed"] == .bool(false) && found["keysChecked"] == .bool(false))
        let keys = "/holdfast.keys"
        try FileManager.default.copyItem(atPath: place.data + keys, toPath: target + keys)
        #expect(try await Command.run("verify", "--data", target).code == 0)
        #expect(try await place.run(["verify"]).code == 0)
        #expect(try await server.stop().code == 0)
        #expect(try names(place).isDisjoint(with: ["one.age.part", ".again.restoring"]))
        #expect(!FileManager.default.fileExists(atPath: place.data + "/backup-work"))
    }

    @Test func `a rehearsal says what it compared and how long it took, and leaves nothing`() async throws {
        let (place, holder, file) = try await Keyholder.backed()
        let temporary = place.folder.appending(path: "temporary")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let done = try await Command.run(
            "restore", file, "--identity", holder.identity, "--rehearse", environment: ["TMPDIR": temporary.path])
        #expect(done.code == 0, "\(done.err)")
        for words in ["all is sound", "The root is the same", "Rehearsed in", "4 one-time links"] {
            #expect(done.out.contains(words), "\(words): \(done.out)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    }

    @Test func `links that were open are dead in what was restored`() async throws {
        let place = try Place()
        let holder = try Keyholder(place)
        let server = try await RunningServer(place.data)
        let link = try #require(server.lines[1].split(separator: " ").last.flatMap { URL(string: String($0))?.path })
        #expect(try await server.get(link).body.contains("Choose a password"))
        let file = place.folder.appending(path: "one.age").path
        let made = try await place.run(["backup", "--to", file, "--recipient", holder.recipient, "--with-keys"])
        #expect(made.code == 0, "\(made.err)")
        #expect(try await server.stop().code == 0)
        let target = place.folder.appending(path: "again").path
        let restored = try await restore(file, holder, to: target)
        #expect(restored.code == 0 && restored.out.contains("The keys open what is sealed"), "\(restored.err)")
        let again = try await RunningServer(target)
        #expect(try await !again.get(link).body.contains("Choose a password"))
        #expect(try await again.stop().code == 0)
    }

    @Test func `a changed byte, a cut and another's identity are refused, and nothing is left`() async throws {
        let (place, holder, file) = try await Keyholder.backed()
        let other = try Keyholder(place, "other")
        let bytes = try Data(contentsOf: URL(filePath: file))
        let target = place.folder.appending(path: "again").path
        let before = try names(place)
        for position in [bytes.count / 3, bytes.count / 2, bytes.count - 1] {
            var changed = bytes
            changed[position] ^= 1
            try changed.write(to: URL(filePath: file))
            let ended = try await restore(file, holder, to: target)
            #expect(ended.code == 1 && ended.err.contains("damaged"), "\(position): \(ended.err)")
        }
        try bytes.prefix(bytes.count * 2 / 3).write(to: URL(filePath: file))
        let cut = try await restore(file, holder, to: target)
        #expect(cut.code == 1 && cut.err.contains("cut short"), "\(cut.err)")
        try bytes.write(to: URL(filePath: file))
        let foreign = try await restore(file, other, to: target)
        #expect(foreign.code == 1 && foreign.err.contains("identity does not open"), "\(foreign.err)")
        #expect(try names(place) == before)
        #expect(try await restore(file, holder, to: target).code == 0)
    }

    @Test func `neither data nor a backup is ever written over`() async throws {
        let (place, holder, file) = try await Keyholder.backed()
        let onto = try await restore(file, holder, to: place.data)
        #expect(onto.code == 1 && onto.err.contains("holds something already"))
        let twice = try await place.run(["backup", "--to", file, "--recipient", holder.recipient])
        #expect(twice.code == 1 && twice.err.contains("already"))
        #expect(try await place.run(["verify"]).code == 0)
    }

    @Test func `without age it says how to install it, and without a recipient how to name one`() async throws {
        let (place, holder, file) = try await Keyholder.backed()
        let without = ["PATH": place.folder.path]
        for arguments in [
            ["backup", "--to", file + "2", "--recipient", holder.recipient, "--data", place.data],
            ["restore", file, "--identity", holder.identity, "--rehearse"],
        ] {
            let ended = try await Command(arguments, environment: without).end()
            #expect(ended.code == 1 && ended.err.contains("apt-get install age"), "\(ended.err)")
        }
        #expect(try await place.run(["backup", "--to", file + "2"]).code == 2)
        #expect(try await place.run(["backup", "--to", file + "2", "--recipient", "-o"]).code == 2)
        let wrong = try await place.run(["backup", "--to", file + "2", "--recipient", "age1nonsense"])
        #expect(wrong.code == 1 && wrong.err.contains("stopped by age"), "\(wrong.err)")
        #expect(try names(place).isDisjoint(with: ["one.age2", "one.age2.part"]))
    }

    @Test func `the archive is readable to its owner alone, opens by hand, and holds no key unless asked`() async throws
    {
        let (place, holder, file) = try await Keyholder.backed()
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try listed(file, holder, place) == ["manifest.json", "holdfast.sqlite"])
        let (second, reader, whole) = try await Keyholder.backed("--with-keys")
        #expect(try listed(whole, reader, second) == ["manifest.json", "holdfast.sqlite", "holdfast.keys"])
    }

    private func listed(_ file: String, _ holder: Keyholder, _ place: Place) throws -> [String] {
        let process = Process()
        let out = place.folder.appending(path: "listed")
        _ = FileManager.default.createFile(atPath: out.path, contents: nil)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "age --decrypt -i \"$1\" \"$2\" | tar -t", "sh", holder.identity, file]
        process.standardOutput = try FileHandle(forWritingTo: out)
        try process.run()
        process.waitUntilExit()
        return try String(contentsOf: out, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}

@Suite("Keys of what is sealed", .enabled(if: Command.binary != nil, Command.missing))
struct KeyTests {
    @Test func `they are changed while the server runs, and the server starts with the new one`() async throws {
        let place = try Place()
        let server = try await RunningServer(place.data)
        let rotated = try await place.run(["key", "rotate"])
        #expect(rotated.code == 0 && rotated.out.contains("Key 2 is in use"), "\(rotated.err)")
        let status = try await place.json("key", "status").list
        #expect(status.map { $0["present"] } == [.bool(false), .bool(true)])
        #expect(try await server.stop().code == 0)
        #expect(try await place.json("key", "status").list.count == 2)
    }

    @Test func `a key file that others may read stops the start, with what to do`() async throws {
        let place = try Place()
        #expect(try await place.run(["user", "list"]).code == 0)
        let file = place.data + "/holdfast.keys"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let refused = try await Command.run("serve", "--port", "0", "--data", place.data)
        #expect(refused.code == 1 && refused.err.contains("chmod 600 \(file)"), "\(refused.err)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(try await place.run(["verify"]).code == 0)
    }
}
