import Access
import ArgumentParser
import Foundation
import Kernel
import Ledger
import StoreSQLite

#if canImport(Glibc)
import Glibc
#endif

struct BackupCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write an encrypted copy of everything, while the server runs.",
        discussion: """
            Encrypted with age for each recipient: whoever holds one of their identities can open it. The key file of
            sealed fields is left out: keep its copies elsewhere, so that what is erased stays erased.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The file to write. It must not be there yet.") var to: String
    @Option(name: .long, help: "Who can open it: age1… May be repeated.") var recipient: [String] = []
    @Option(name: .long, help: "A file with a recipient on each line.") var recipientsFile: String?
    @Flag(name: .long, help: "Put the key file in too. Then whoever opens the backup reads what is sealed.")
    var withKeys =
        false

    var needsData: Bool { true }

    func validate() throws {
        guard !recipient.isEmpty || recipientsFile != nil else {
            throw ValidationError("Name who can open it: --recipient age1… or --recipients-file FILE.")
        }
        for name in recipient where !name.hasPrefix("age1") && !name.hasPrefix("ssh-") {
            throw ValidationError("\(name) is no recipient of age: it starts with age1.")
        }
    }

    struct Result: Encodable { let file: String, bytes: Int, logSize: Int, root: String, rows: [String: Int] }

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        let target = URL(fileURLWithPath: to, relativeTo: directory).absoluteURL
        var recipients = recipient.flatMap { ["--recipient", $0] }
        if let file = recipientsFile {
            recipients += ["--recipients-file", URL(fileURLWithPath: file, relativeTo: directory).path]
        }
        let manifest = try await Backup(house: house, target: target, recipients: recipients, withKeys: withKeys).make()
        let bytes = (try? FileManager.default.attributesOfItem(atPath: target.path)[.size] as? Int) ?? 0
        let standing = manifest.standing
        if output.json {
            return try console.json(
                Result(
                    file: target.path, bytes: bytes, logSize: standing.logSize, root: standing.root,
                    rows: standing.rows))
        }
        console.line("Backup written: \(target.path), \(bytes) bytes, with \(standing.logSize) log entries.")
        console.line("Root: \(standing.root)")
        if !withKeys { console.line("The key file is not in it: \(OpenHouse.keyFile(of: house.folder).path)") }
        console.line("See whether it can be restored: holdfast restore \(target.path) --identity FILE --rehearse")
    }
}

/// One backup in the making: a copy of the store in a folder of ours, then an encrypted archive, then its name.
struct Backup {
    /// Removed whole at each start: a sudden stop may leave a copy there.
    static let workFolder = "backup-work"
    private static let slack = 64 << 20

    let house: OpenHouse
    let target: URL
    /// As age takes them.
    let recipients: [String]
    let withKeys: Bool

    func make() async throws -> BackupManifest {
        let age = try Age.find()
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw Problem(.refused, "There is a file \(target.path) already.", next: "Choose another name.")
        }
        let work = house.folder.appendingPathComponent(Backup.workFolder).appendingPathComponent(UUID().uuidString)
        try checkRoom()
        try FileManager.default.createDirectory(
            at: work, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer {
            try? FileManager.default.removeItem(at: work)
            // Only when no other backup is being made there.
            rmdir(work.deletingLastPathComponent().path)
        }
        try await house.ledger.copy(to: SQLiteEngine.file(in: work))
        let manifest = try await manifest(of: work)
        let file = try PartFile(target)
        do {
            try await encrypt(manifest, from: work, to: file, age)
            try file.flush()
            try await note(manifest.standing)
            try file.finish()
        } catch {
            file.abandon()
            throw error
        }
        return manifest
    }

    private func manifest(of work: URL) async throws -> BackupManifest {
        let engine = try SQLiteEngine(folder: work, readers: 1, reserveBytes: 0)
        let ledger = Ledger(engine: engine)
        let standing = try await ledger.standing(of: Ledger.tables(of: OpenHouse.rooms))
        try await ledger.settle()
        try await ledger.close()
        if withKeys { try copyKeys(to: work) }
        let members = try await Blocking.run { try BackupManifest.members(in: work) }
        return BackupManifest(
            program: Release.version, made: house.ledger.now, members: members, standing: standing)
    }

    private func copyKeys(to work: URL) throws {
        let source = OpenHouse.keyFile(of: house.folder)
        let copy = work.appendingPathComponent(KeyFile.usualName)
        guard let keys = try? Data(contentsOf: source),
            FileManager.default.createFile(atPath: copy.path, contents: keys, attributes: [.posixPermissions: 0o600])
        else { throw Problem(.failed, "The key file \(source.path) could not be read.") }
    }

    private func encrypt(_ manifest: BackupManifest, from work: URL, to file: PartFile, _ age: Age) async throws {
        let process = try age.encrypt(for: recipients, to: file.handle)
        try await withTaskCancellationHandler {
            let outcome = await Blocking.result {
                try ArchiveWriter.write(manifest, from: work, to: process.pipe) { process.isStopped }
            }
            try await process.end(after: outcome, as: "The backup")
        } onCancel: {
            process.stop()
        }
    }

    private func note(_ standing: Standing) async throws {
        let about = "log of \(standing.logSize) entries, root \(standing.root), with keys: \(withKeys ? "yes" : "no")"
        try await house.ledger.note(
            Consultation(kind: "backup", .organisation, .disclosure, about: about), as: house.keeper)
    }

    /// Asked before, because a copy that fills the disk would stop everybody's work.
    private func checkRoom() throws {
        let store = SQLiteEngine.file(in: house.folder)
        let size = [store.path, store.path + "-wal"].reduce(0) { sum, path in
            sum + ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
        }
        let there = target.deletingLastPathComponent()
        let isOneDisk = Disk.number(of: there) == Disk.number(of: house.folder)
        let wanted = size + Backup.slack
        for (folder, need) in [(house.folder, isOneDisk ? 2 * wanted : wanted), (there, wanted)] {
            guard let free = Disk.free(at: folder) else {
                throw Problem(.absent, "There is no folder \(folder.path).", next: "Make it, or choose another.")
            }
            guard free >= need else {
                throw Problem(
                    .refused,
                    "The disk of \(folder.path) has \(free >> 20) MB free and the backup needs \(need >> 20).",
                    next: "Make room. Nothing was written.")
            }
        }
    }
}
