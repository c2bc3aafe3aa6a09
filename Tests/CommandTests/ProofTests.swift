import Foundation
import Testing

/// The command's proofs, as a partner checks them: with the stand-alone program, and nothing else of ours.
@Suite("Proofs that a partner can check", .enabled(if: Command.binary != nil, Command.missing))
struct ProofTests {
    static let verifier = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "tools/verify_log.py").path

    /// What a partner keeps: an old head and a new one, both countersigned, and the proofs.
    struct Kept {
        let place: Place
        let logKey: String
        let witness: String
        let old: String, new: String, inclusion: String, consistency: String
    }

    /// Makes a log, two heads of it and the proofs between them.
    private func kept() async throws -> Kept {
        let place = try Place()
        func well(_ arguments: String...) async throws -> String {
            let ended = try await place.run(arguments)
            try #require(ended.code == 0, "\(arguments.joined(separator: " ")): \(ended.err)")
            return ended.out
        }
        func partner(_ arguments: String...) async throws -> Command.Ended {
            try await Command(arguments, in: place.folder).end()
        }
        _ = try await well("sample")
        let key = try await partner("head", "key", "council.example/holdfast", "partner.key")
        let witness = key.out.trimmingCharacters(in: .newlines)
        _ = try await well("head", "trust", "--agency", "police", "--key", witness)
        let first = try place.write(try await well("head", "sign"), to: "first.txt")
        let logKey = try await well("head", "log-key").trimmingCharacters(in: .newlines)
        let old = try await partner(
            "head", "countersign", first, "--key", "partner.key", "--log-key", logKey, "--first")
        try #require(old.code == 0, "\(old.err)")
        let oldFile = try place.write(old.out, to: "old.txt")
        for _ in 0..<20 { _ = try await well("user", "list") }
        let second = try place.write(try await well("head", "sign"), to: "second.txt")
        let sizes = try [old.out, String(contentsOfFile: second, encoding: .utf8)].map { $0.split(separator: "\n")[1] }
        let consistency = try place.write(
            try await well("proof", "consistency", "--from", "\(sizes[0])", "--to", "\(sizes[1])", "--json"),
            to: "consistency.json")
        let new = try await partner(
            "head", "countersign", second, "--key", "partner.key", "--log-key", logKey, "--previous", oldFile,
            "--proof", consistency)
        try #require(new.code == 0, "\(new.err)")
        let inclusion = try place.write(
            try await well("proof", "inclusion", "--entry", "7", "--size", "\(sizes[1])", "--json"),
            to: "inclusion.json")
        return Kept(
            place: place, logKey: logKey, witness: witness, old: oldFile, new: try place.write(new.out, to: "new.txt"),
            inclusion: inclusion, consistency: consistency)
    }

    private func python(_ arguments: [String]) async throws -> (code: Int32, words: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    @Test func `the verifier is short, imports nothing of ours, and accepts what is true`() async throws {
        let source = try String(contentsOfFile: Self.verifier, encoding: .utf8)
        #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count - 1 < 200)
        let imports = source.split(separator: "\n").filter { $0.hasPrefix("import ") || $0.hasPrefix("from ") }
        #expect(Set(imports.map { $0.dropFirst(7) }) == ["argparse", "base64", "hashlib", "json", "struct", "sys"])
        let kept = try await kept()
        for job in kept.jobs {
            let ended = try await python([Self.verifier] + job)
            #expect(ended.code == 0, "\(job): \(ended.words)")
        }
        let verified = try await kept.place.json("verify")
        #expect(verified["sound"] == .bool(true) && verified["heads"] == .number(2))
    }

    @Test func `the verifier refuses every file with one bit turned`() async throws {
        let kept = try await kept()
        let ended = try await python(["-c", Self.turner, Self.verifier] + [kept.jobs.encoded])
        #expect(ended.code == 0, "\(ended.words)")
        let count = Int(ended.words.split(separator: " ").first ?? "")
        #expect(try #require(count) > 2000, "\(ended.words)")
    }

    @Test func `a partner signs nothing that is not shown to go on from what it signed`() async throws {
        let kept = try await kept()
        func countersign(_ head: String, _ rest: String...) async throws -> Command.Ended {
            try await Command(
                ["head", "countersign", head, "--key", "partner.key", "--log-key", kept.logKey] + rest,
                in: kept.place.folder
            ).end()
        }
        let back = try await countersign("first.txt", "--previous", kept.new, "--proof", kept.consistency)
        #expect(back.code == 1 && back.out.isEmpty && back.err.contains("Nothing was signed"))
        let text = try String(contentsOfFile: kept.consistency, encoding: .utf8)
        let digit = try #require(text.firstRange(of: "\"path\" : [\n    \"")?.upperBound)
        let other = text[..<digit] + (text[digit] == "0" ? "1" : "0") + text[text.index(after: digit)...]
        let falseProof = try kept.place.write(String(other), to: "false.json")
        let refused = try await countersign("second.txt", "--previous", kept.old, "--proof", falseProof)
        #expect(refused.code == 1 && refused.out.isEmpty && refused.err.contains("Nothing was signed"))
        let unsaid = try await countersign("second.txt")
        #expect(unsaid.code == 2)
    }

    @Test func `a server signs by itself, and gives partners what they need without signing in`() async throws {
        let place = try Place()
        let server = try await RunningServer(place.data)
        let end = ContinuousClock.now + .seconds(120)
        while try await server.get("/log/head").status != 200, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(50))
        }
        let head = try place.write(try await server.get("/log/head").body, to: "head.txt")
        let key = try await server.get("/log/key").body.trimmingCharacters(in: .newlines)
        let checked = try await python([Self.verifier, "head", head, "--log-key", key])
        #expect(checked.code == 0, "\(checked.words)")
        #expect(try await server.stop().code == 0)
        let verified = try await place.json("verify")
        #expect(verified["sound"] == .bool(true) && verified["heads"] == .number(1))
    }

    @Test func `private keys are their owner's alone, and are never written over`() async throws {
        let kept = try await kept()
        for file in ["partner.key", "data/log.key"] {
            let path = kept.place.folder.appending(path: file).path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        let again = try await Command(["head", "key", "a.example/b", "partner.key"], in: kept.place.folder).end()
        #expect(again.code == 1 && again.out.isEmpty)
    }

    /// Turns one bit in each byte of each file in turn, and asks the verifier.
    private static let turner = """
        import contextlib, io, json, sys
        source = open(sys.argv[1]).read()
        def accepts(words):
            sys.argv = ["verify_log.py"] + words
            try:
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    exec(compile(source, "verify_log.py", "exec"), {"__name__": "__main__"})
            except SystemExit as end:
                return not end.code
            return True
        turned = 0
        for words in json.loads(sys.argv[2]):
            for path in [word for word in words if word.endswith((".txt", ".json"))]:
                data = open(path, "rb").read()
                for place in range(len(data)):
                    changed = bytearray(data)
                    changed[place] ^= 1 << place * 5 % 8
                    open(path, "wb").write(changed)
                    turned += 1
                    if accepts(words):
                        sys.exit("accepted %s with byte %d turned: %r" % (path, place, bytes(changed)))
                open(path, "wb").write(data)
            if not accepts(words):
                sys.exit("refused what is true")
        print(turned, "files with one bit turned were refused")
        """
}

extension ProofTests.Kept {
    /// The verifier's jobs for these files.
    var jobs: [[String]] {
        let keys = ["--log-key", logKey, "--witness", witness]
        return [
            ["head", old] + keys, ["inclusion", inclusion, "--head", new] + keys,
            ["consistency", consistency, "--old", old, "--new", new] + keys,
        ]
    }
}

extension [[String]] {
    fileprivate var encoded: String {
        String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self)
    }
}
