import Access
import Accounts
import Foundation
import Kernel
import Ledger
import StoreSQLite

#if canImport(Glibc)
import Glibc
#endif

/// A backup on its way back. Nothing has its final name before all of it was found right.
struct Restoring {
    struct Found: Sendable {
        let manifest: BackupManifest
        let verification: Verification
        let sessions: Int
        let links: Int
        let wereKeysChecked: Bool
    }

    let archive: URL
    let identity: URL
    /// Nil for a rehearsal.
    let target: URL?
    private let age: Age
    private let work: URL

    init(archive: URL, identity: URL, target: URL?) throws {
        (self.archive, self.identity, self.target) = (archive, identity, target)
        age = try Age.find()
        for file in [archive, identity] where !FileManager.default.isReadableFile(atPath: file.path) {
            throw Problem(.absent, "There is no file \(file.path) that can be read.")
        }
        if let target {
            try Restoring.requireEmpty(target)
            work = target.deletingLastPathComponent()
                .appendingPathComponent(".\(target.lastPathComponent).restoring", isDirectory: true)
        } else {
            work = FileManager.default.temporaryDirectory
                .appendingPathComponent("holdfast-rehearsal-\(UUID().uuidString)", isDirectory: true)
        }
    }

    func run(_ progress: (String) -> Void) async throws -> Found {
        try makeWork()
        defer { try? FileManager.default.removeItem(at: work) }
        progress("Opening the backup")
        let manifest = try await unpack()
        progress("Checking what is in it")
        let found = try await examine(manifest)
        try Task.checkCancellation()
        if let target { try keep(as: target) }
        return found
    }

    private static func requireEmpty(_ folder: URL) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: folder.path) else { return }
        guard try files.contentsOfDirectory(atPath: folder.path).isEmpty else {
            throw Problem(
                .refused, "\(folder.path) holds something already. Nothing was restored.",
                next: "Name a folder that is new or empty.")
        }
    }

    private func makeWork() throws {
        if let parent = target?.deletingLastPathComponent() {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        }
        guard mkdir(work.path, 0o700) == 0 else {
            guard errno == EEXIST else { throw Damage.unwritten }
            throw Problem(
                .refused, "Another restore is going on, or was cut off, in \(work.path).",
                next: "If none is going on, remove that folder and repeat.")
        }
    }

    private func unpack() async throws -> BackupManifest {
        let process = try age.decrypt(archive, identity: identity)
        return try await withTaskCancellationHandler {
            let outcome = await Blocking.result { [work] in
                // Read to the end also when what came is wrong: what age says about the end goes first.
                defer { ArchiveReader.drain(process.pipe) }
                return try ArchiveReader.read(from: process.pipe, into: work)
            }
            return try await process.end(after: outcome, as: "Opening the backup")
        } onCancel: {
            process.stop()
        }
    }

    private func examine(_ manifest: BackupManifest) async throws -> Found {
        let keys = keyFile(manifest)
        let ledger = Ledger(engine: try SQLiteEngine(folder: work), keys: keys)
        do {
            let verification = try await compare(ledger, manifest)
            // From here on it is a store of its own: it is brought up to date, and differs from the backup.
            try await ledger.migrate(OpenHouse.rooms)
            let ended = try await Revival.prevent(in: ledger)
            try await note(manifest, ledger)
            try await ledger.settle()
            try await ledger.close()
            return Found(
                manifest: manifest, verification: verification, sessions: ended.sessions, links: ended.links,
                wereKeysChecked: keys != nil)
        } catch {
            try? await ledger.close()
            throw error
        }
    }

    private func compare(_ ledger: Ledger, _ manifest: BackupManifest) async throws -> Verification {
        let known = Set(Ledger.tables(of: OpenHouse.rooms))
        guard try await ledger.unknownMigrations(OpenHouse.rooms).isEmpty,
            known.isSuperset(of: manifest.standing.rows.keys)
        else {
            throw Problem(.refused, "A newer Holdfast made this backup.", next: "Restore it with the newer program.")
        }
        let verification = try await ledger.verify()
        guard verification.faults.isEmpty else {
            throw Problem(.refused, "The store in this backup is not sound: \(verification.faults[0])")
        }
        let standing = try await ledger.standing(of: manifest.standing.rows.keys.sorted())
        guard standing == manifest.standing else {
            throw Problem(
                .refused,
                "What is in this backup is not what its manifest says. Root: \(standing.root), "
                    + "manifest: \(manifest.standing.root).")
        }
        return verification
    }

    /// The key file of the backup, or the one that is kept apart and named in the environment.
    private func keyFile(_ manifest: BackupManifest) -> KeyFile? {
        if manifest.members.contains(where: { $0.name == KeyFile.usualName }) {
            return KeyFile(work.appendingPathComponent(KeyFile.usualName))
        }
        let named = ProcessInfo.processInfo.environment["HOLDFAST_KEYS"] ?? ""
        guard FileManager.default.fileExists(atPath: named) else { return nil }
        return KeyFile(URL(fileURLWithPath: named))
    }

    private func note(_ manifest: BackupManifest, _ ledger: Ledger) async throws {
        let standing = manifest.standing
        try await ledger.note(
            Consultation(
                kind: "restore", .organisation, .collection,
                about: "made \(manifest.made), log of \(standing.logSize) entries, root \(standing.root)"),
            as: .command(user: OpenHouse.machineUser))
    }

    private func keep(as target: URL) throws {
        for name in ["holdfast.lock", "holdfast.sqlite-shm"] {
            try? FileManager.default.removeItem(at: work.appendingPathComponent(name))
        }
        Disk.flush(work)
        // Takes the place of an empty folder, and of nothing else.
        guard rename(work.path, target.path) == 0 else {
            throw Problem(.failed, "The restored folder could not be given its name \(target.path).")
        }
        Disk.flush(target.deletingLastPathComponent())
    }
}
