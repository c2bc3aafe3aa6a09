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
        try await house.feeds.recover(as: house.keeper)
        return house
    }

    private static func opened(_ folder: URL) async throws -> OpenHouse {
        let ledger = Ledger(engine: try SQLiteEngine(folder: folder))
        try await ledger.migrate(AccountsSchema.migrations + FeedsSchema.migrations + InspectionSchema.migrations)
        return OpenHouse(
            folder: folder, ledger: ledger, directory: Directory(ledger: ledger), signIn: SignIn(ledger: ledger),
            inspection: try .bundled(ledger: ledger), feeds: FeedStore(ledger: ledger),
            measures: MeasureShelf(ledger: ledger), keeper: .command(user: machineUser))
    }

    func close() async throws { try await ledger.close() }

    /// The name of the account on the machine, reduced to what a log may hold.
    private static var machineUser: String {
        let name = NSUserName().lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return name.isEmpty ? "unknown" : String(name.prefix(32))
    }
}
