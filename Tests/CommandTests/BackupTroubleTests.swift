import Foundation
import Testing

/// What goes wrong while a backup is made or brought back. A program of ours stands in for `age`.
@Suite(
    "Trouble with a backup", .enabled(if: Command.binary != nil, Command.missing),
    .enabled(if: Keyholder.tool != nil, Keyholder.missing))
struct BackupTroubleTests {
    private func standIn(_ script: String, in place: Place) throws -> [String: String] {
        let file = try place.write("#!/bin/sh\n" + script, to: "bin/age")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file)
        return ["PATH": place.folder.appending(path: "bin").path + ":/usr/bin:/bin"]
    }

    private func expectNothingLeft(_ place: Place, _ name: String) throws {
        let left = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
        #expect(!left.contains { $0.hasPrefix(name) }, "\(left)")
        #expect(!FileManager.default.fileExists(atPath: place.data + "/backup-work"))
    }

    @Test func `a disk that fills up under it is said, and nothing half is left`() async throws {
        let (place, holder, _) = try await Keyholder.backed()
        let trouble = try standIn(
            "head -c 5000\necho 'age: error: failed to write: no space left on device' >&2\nexit 1\n", in: place)
        let ended = try await Command(
            ["backup", "--to", place.folder.path + "/two.age", "--recipient", holder.recipient, "--data", place.data],
            environment: trouble
        ).end()
        #expect(ended.code == 1 && ended.err.contains("the disk is full"), "\(ended.err)")
        try expectNothingLeft(place, "two.age")
        #expect(try await place.run(["verify"]).code == 0)
    }

    @Test func `one that is stopped leaves nothing, and the next can be made`() async throws {
        let (place, holder, _) = try await Keyholder.backed()
        let endless = try standIn("touch \"\(place.folder.path)/begun\"\nexec sleep 100\n", in: place)
        let line = ["backup", "--to", place.folder.path + "/two.age", "--recipient", holder.recipient]
        let command = try Command(line + ["--data", place.data], environment: endless)
        while command.isRunning, !FileManager.default.fileExists(atPath: place.folder.path + "/begun") {
            try await Task.sleep(for: .milliseconds(20))
        }
        command.signal(SIGINT)
        let ended = try await command.end()
        #expect(ended.code == 1 && ended.err.contains("Stopped."), "\(ended.code) \(ended.err)")
        try expectNothingLeft(place, "two.age")
        #expect(try await place.run(line).code == 0)
    }

    @Test func `a copy that a sudden end left in plain is removed at the next start`() async throws {
        let (place, holder, _) = try await Keyholder.backed()
        let endless = try standIn("touch \"\(place.folder.path)/begun\"\nexec sleep 100\n", in: place)
        let recipient = ["--recipient", holder.recipient]
        let line = ["backup", "--to", place.folder.path + "/two.age", "--data", place.data] + recipient
        let command = try Command(line, environment: endless)
        while command.isRunning, !FileManager.default.fileExists(atPath: place.folder.path + "/begun") {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(FileManager.default.fileExists(atPath: place.data + "/backup-work"))
        command.signal(SIGKILL)
        _ = try await command.end()
        #expect(try await place.run(["verify"]).code == 0)
        #expect(!FileManager.default.fileExists(atPath: place.data + "/backup-work"))
        #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/two.age"))
        #expect(try await place.run(["backup", "--to", place.folder.path + "/three.age"] + recipient).code == 0)
    }

    @Test func `an empty folder takes it; a folder that another restore left does not`() async throws {
        let (place, holder, file) = try await Keyholder.backed()
        let target = place.folder.appending(path: "again").path
        let line = ["restore", file, "--identity", holder.identity, "--to", target]
        let left = place.folder.appending(path: ".again.restoring").path
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
        let refused = try await Command(line).end()
        #expect(refused.code == 1 && refused.err.contains("remove that folder"), "\(refused.err)")
        try FileManager.default.removeItem(atPath: left)
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
        #expect(try await Command(line).end().code == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func `a key file that is kept apart is tried when it is named, and never made`() async throws {
        let (place, holder, file) = try await Keyholder.backed()
        let line = ["restore", file, "--identity", holder.identity, "--rehearse"]
        let named = try await Command(line, environment: ["HOLDFAST_KEYS": place.data + "/holdfast.keys"]).end()
        #expect(named.code == 0 && named.out.contains("The keys open what is sealed"), "\(named.err)")
        let absent = place.folder.appending(path: "absent.keys").path
        #expect(try await Command(line, environment: ["HOLDFAST_KEYS": absent]).end().code == 0)
        #expect(!FileManager.default.fileExists(atPath: absent))
    }

    @Test func `an archive that is no backup of ours is refused`() async throws {
        let (place, holder, _) = try await Keyholder.backed()
        let target = place.folder.appending(path: "again").path
        let other = try place.write("holdfast", to: "other/holdfast.sqlite")
        for (number, script) in [
            "tar -C \"$(dirname \"$3\")\" -cf - holdfast.sqlite", "echo not a tar file at all",
            "tar -C / -cPf - \"$3\" | sed s,holdfast.sqlite,../../../esc.sqlit,",
        ].enumerated() {
            let forged = place.folder.appending(path: "forged-\(number).age").path
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "(\(script)) | age -r \"$1\" -o \"$2\"", "sh", holder.recipient, forged, other]
            try process.run()
            process.waitUntilExit()
            let ended = try await Command(["restore", forged, "--identity", holder.identity, "--to", target]).end()
            #expect(ended.code == 1 && ended.err.contains("backup"), "\(number): \(ended.err)")
            #expect(!FileManager.default.fileExists(atPath: target))
        }
    }
}
