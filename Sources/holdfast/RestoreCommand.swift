import ArgumentParser
import Foundation
import Kernel
import Ledger

/// A command that needs no open house.
protocol ApartCommand: ParsableCommand, Sendable {
    func run(apart console: Console, from directory: URL) async throws
}

struct RestoreCommand: ApartCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a backup back into a new folder, or see whether it could be.",
        discussion: """
            Everything is checked before anything counts: the archive against its manifest, the database, every version
            and the log, the number of rows, and the root. Sessions, one-time links and codes of apps are ended.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The backup.") var file: String
    @Option(name: .long, help: "The file with the identity of age that opens it.") var identity: String
    @Option(name: .long, help: "The folder to make. It must not hold anything.") var to: String?
    @Flag(name: .long, help: "Do it in a folder for temporary files, say what was found, and remove it.") var rehearse =
        false

    func validate() throws {
        guard (to == nil) == rehearse else {
            throw ValidationError("Say either where to restore it with --to, or --rehearse.")
        }
    }

    struct Result: Encodable {
        let rehearsed: Bool, made: Moment, records: Int, versions: Int, logSize: Int, root: String, tables: Int
        let sessionsEnded: Int, linksEnded: Int, keysChecked: Bool, seconds: Double
    }

    func run(apart console: Console, from directory: URL) async throws {
        let begin = ContinuousClock.now
        let target = to.map { URL(fileURLWithPath: $0, relativeTo: directory).absoluteURL }
        let restoring = try Restoring(
            archive: URL(fileURLWithPath: file, relativeTo: directory),
            identity: URL(fileURLWithPath: identity, relativeTo: directory), target: target)
        let found = try await restoring.run { console.advise($0) }
        let seconds = Double((ContinuousClock.now - begin) / .milliseconds(1)) / 1000
        let standing = found.manifest.standing
        if output.json {
            return try console.json(
                Result(
                    rehearsed: rehearse, made: found.manifest.made, records: found.verification.records,
                    versions: found.verification.versions, logSize: standing.logSize, root: standing.root,
                    tables: standing.rows.count, sessionsEnded: found.sessions, linksEnded: found.links,
                    keysChecked: found.wereKeysChecked, seconds: seconds))
        }
        say(found, target, seconds, console)
    }

    private func say(_ found: Restoring.Found, _ target: URL?, _ seconds: Double, _ console: Console) {
        let (manifest, checked) = (found.manifest, found.verification)
        console.line("Backup of \(LondonTime.inWords(manifest.made)), made by Holdfast \(manifest.program).")
        for member in manifest.members {
            console.line("\(member.name): \(member.bytes) bytes, SHA-256 as in the manifest.")
        }
        console.line(
            "\(checked.records) records in \(checked.versions) versions and the database were checked: all is sound.")
        console.line(
            "\(manifest.standing.rows.count) tables have the rows they had. The log has \(manifest.standing.logSize) entries."
        )
        console.line("The root is the same: \(manifest.standing.root)")
        console.line(
            "Ended: \(found.sessions) sessions, \(found.links) one-time links, and the codes of apps up to now.")
        console.line(
            found.wereKeysChecked
                ? "The keys open what is sealed."
                : "What is sealed was not opened: the key file is not in this backup. Put it back before the start.")
        let took = String(format: "%.1f", seconds)
        guard let target else { return console.line("Rehearsed in \(took) seconds. Nothing was kept.") }
        console.line("Restored to \(target.path) in \(took) seconds.")
        console.line("Accounts and passwords are those of that day: end again the access of who has left since.")
    }
}
