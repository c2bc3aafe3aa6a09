import Access
import Accounts
import Feeds
import Foundation
import Inspection
import Kernel
import Ledger
import Measures
import StoreSQLite

/// Every room over one open data folder: the only place, beside the tests, that names an engine.
struct OpenHouse: Sendable {
    let folder: URL
    let ledger: Ledger
    let directory: Directory
    let signIn: SignIn
    let inspection: InspectionDesk
    let feeds: FeedStore
    let measures: MeasureShelf
    /// Whoever may open the data folder.
    let keeper: Actor

    /// Opens the folder, brings its shape up to date and puts right what a sudden stop left behind.
    /// - Throws: `StorageError.locked` when a server or another command has it.
    static func open(_ folder: URL) async throws -> OpenHouse {
        let house = try await opened(folder)
        // What a backup that was cut off left: a copy in plain.
        try? FileManager.default.removeItem(at: folder.appendingPathComponent(Backup.workFolder))
        try await house.signIn.sealPlainSecrets()
        do {
            try await house.feeds.recover(as: house.keeper)
        } catch let problem as Problem where problem.code == .unavailable {
            // A full disk: reading goes on, and what was half loaded counts nowhere until there is room to remove it.
        }
        return house
    }

    /// A folder named by mistake is said, not made.
    static func requireData(_ folder: URL) throws {
        guard !SQLiteEngine.holdsData(folder) else { return }
        throw Problem(
            .absent, "There is no data in \(folder.path).", next: "Name the folder with --data or HOLDFAST_DATA.")
    }

    /// What every room keeps in the store.
    static let rooms = AccountsSchema.migrations + FeedsSchema.migrations + InspectionSchema.migrations

    /// Where the keys of what is sealed are: in the data folder, or where HOLDFAST_KEYS says.
    static func keyFile(of folder: URL) -> URL {
        let named = ProcessInfo.processInfo.environment["HOLDFAST_KEYS"] ?? ""
        return named.isEmpty ? folder.appendingPathComponent(KeyFile.usualName) : URL(fileURLWithPath: named)
    }

    private static func opened(_ folder: URL) async throws -> OpenHouse {
        let ledger = Ledger(engine: try SQLiteEngine(folder: folder), keys: KeyFile(keyFile(of: folder)))
        try await ledger.migrate(rooms)
        guard try await ledger.unknownMigrations(rooms).isEmpty else {
            try await ledger.close()
            throw Problem(
                .refused, "A newer Holdfast has written this data, and this one could harm it.",
                next: "Run the newer program.")
        }
        return OpenHouse(
            folder: folder, ledger: ledger, directory: Directory(ledger: ledger), signIn: SignIn(ledger: ledger),
            inspection: try .bundled(ledger: ledger), feeds: FeedStore(ledger: ledger),
            measures: MeasureShelf(ledger: ledger), keeper: .command(user: machineUser))
    }

    func close() async throws { try await ledger.close() }

    /// The name of the account on the machine, reduced to what a log may hold.
    static var machineUser: String {
        let name = NSUserName().lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return name.isEmpty ? "unknown" : String(name.prefix(32))
    }
}
