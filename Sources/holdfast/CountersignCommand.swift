import ArgumentParser
import Foundation
import Kernel
import Ledger

/// Run by a partner, on its own machine, with nothing of ours but the files named.
struct CountersignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countersign", abstract: "Check a head against the last one you signed, sign it, and print it.",
        discussion: """
            Keep what it prints: it is what you compare with the next time. Send it to the log:
              curl --data-binary @signed.txt https://holdfast.example/log/head/countersignature
            """)

    @Argument(help: "The text of the head, from /log/head.") var head: String
    @Option(name: .long, help: "The file with your key.") var key: String
    @Option(name: .long, help: "The public key of the log, as /log/key gave it to you the first time.") var logKey:
        String
    @Option(name: .long, help: "The head that you signed last.") var previous: String?
    @Option(name: .long, help: "The proof from that head to this one, from /log/consistency/FROM/TO.") var proof:
        String?
    @Flag(name: .long, help: "You have signed none of this log before.") var first = false

    func validate() throws {
        guard first != (previous != nil), (previous != nil) == (proof != nil) else {
            throw ValidationError("Give --previous and --proof, or --first for the first head you sign.")
        }
    }

    func run() throws {
        guard let log = NoteKey(logKey), log.kind == .log else {
            throw Problem(.invalid, "--log-key is no key of a log.", next: "It looks like name+12345678+….")
        }
        guard let signer = NoteSigner(try text(key)), signer.key.kind == .countersignature else {
            throw Problem(.invalid, "\(key) holds no key for countersigning.", next: "Make one: holdfast head key")
        }
        var (note, checkpoint) = try head(head, signedBy: log)
        if let previous, let proof {
            let (_, old) = try self.head(previous, signedBy: log, signer.key)
            try check(proof, from: old, to: checkpoint)
        }
        note.signatures.append(try signer.sign(note.body, at: TimeSource.system.now()))
        Console.terminal.out(note.text)
    }

    private func head(_ path: String, signedBy keys: NoteKey...) throws -> (SignedNote, Checkpoint) {
        guard let note = SignedNote(try text(path)), let checkpoint = Checkpoint(note.body),
            checkpoint.origin == keys[0].name
        else {
            throw Problem(.invalid, "\(path) is no head of that log.", next: "Give the text as /log/head sent it.")
        }
        for key in keys where !note.isSigned(by: key) {
            throw Problem(.refused, "\(path) is not signed by \(key.name). Nothing was signed.")
        }
        return (note, checkpoint)
    }

    private func check(_ path: String, from old: Checkpoint, to new: Checkpoint) throws {
        let proof = try? JSONDecoder().decode(ConsistencyProof.self, from: Data(try text(path).utf8))
        guard let proof, proof.from == old.head, proof.to == new.head, proof.holds else {
            throw Problem(
                .refused,
                "The log of \(old.head.size) entries that you signed is not shown to be the beginning of this one. Nothing was signed.",
                next: "Fetch the proof again. If it is refused again, the log was changed: keep both heads and ask.")
        }
    }

    private func text(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20 else {
            throw Problem(.absent, "\(path) cannot be read, or is too large.", next: "Name the file again.")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
