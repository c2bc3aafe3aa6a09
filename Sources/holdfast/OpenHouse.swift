import Access
import Accounts
import Actions
import Feeds
import Foundation
import Inspection
import Kernel
import Ledger
import Measures
import People
import Retention
import RiskAssessment
import Webhooks

/// Every room over one open place.
struct OpenHouse: Sendable {
    let place: Place
    let ledger: Ledger
    let directory: Directory
    let signIn: SignIn
    let inspection: InspectionDesk
    let people: PeopleDesk
    let feeds: FeedStore
    let measures: MeasureShelf
    /// Whoever may open the place.
    let keeper: Actor

    /// What every room but the ledger keeps in the store.
    static let rooms =
        AccountsSchema.migrations + FeedsSchema.migrations + InspectionSchema.migrations
        + PeopleSchema.migrations + RetentionSchema.migrations + WebhooksSchema.migrations

    /// Every kind of record that is reviewed.
    static let retained = RetainedKinds([
        RetainedKind(InspectionReport.self), RetainedKind(AreaForImprovement.self), RetainedKind(Action.self),
        RetainedKind(Person.self), RetainedKind(Disclosure.self), RetainedKind(Match.self),
        RetainedKind(SharingAgreement.self), RetainedKind(AgencyMapping.self), RetainedKind(Intake.self),
        RetainedKind(Occurrence.self), RetainedKind(People.Place.self), RetainedKind(PersonLink.self),
        RetainedKind(Assessment.self), RetainedKind(AssessmentColumns.self), RetainedKind(ReportedCall.self),
        RetainedKind(ErasureCanary.self),
    ])

    /// What belongs to the house and not into its store: keys, settings, work under way.
    var folder: URL { place.home }

    /// Opens the place, brings its shape up to date and puts right what a sudden stop left behind.
    /// - Parameter isJob: A job of the command may take hours where a page may not.
    /// - Throws: `StorageError.locked` when a server or another command has the folder.
    static func open(_ place: Place, isJob: Bool = true) async throws -> OpenHouse {
        let house = try await opened(place, isJob)
        // What a backup that was cut off left: a copy in plain.
        try? FileManager.default.removeItem(at: house.folder.appendingPathComponent(Backup.workFolder))
        try await house.signIn.sealPlainSecrets()
        do {
            try await house.ledger.publishChronologies(
                ChronologyKinds(
                    PeopleDesk.chronologyKinds + AssessmentDesk.chronologyKinds + CallDesk.chronologyKinds))
            try await house.feeds.recover(as: house.keeper)
        } catch let problem as Problem where problem.code == .unavailable {
            // A full disk: reading goes on, and what was half loaded counts nowhere until there is room to remove it.
        }
        return house
    }

    /// Where the keys of what is sealed are: beside the data, or where HOLDFAST_KEYS says.
    static func keyFile(of folder: URL) -> URL {
        let named = ProcessInfo.processInfo.environment["HOLDFAST_KEYS"] ?? ""
        return named.isEmpty ? folder.appendingPathComponent(KeyFile.usualName) : URL(fileURLWithPath: named)
    }

    private static func opened(_ place: Place, _ isJob: Bool) async throws -> OpenHouse {
        try place.makeHome()
        let ledger = Ledger(engine: try place.engine(isJob: isJob), keys: KeyFile(keyFile(of: place.home)))
        try await ledger.migrate(rooms)
        guard try await !StoreMove.isUnfinished(ledger) else {
            try await ledger.close()
            throw Problem(
                .refused, "A move into this place was begun and not finished.",
                next: "Repeat the move; the place it comes from is whole.")
        }
        guard try await ledger.unknownMigrations(rooms).isEmpty else {
            try await ledger.close()
            throw Problem(
                .refused, "A newer Holdfast has written this data, and this one could harm it.",
                next: "Run the newer program.")
        }
        return OpenHouse(
            place: place, ledger: ledger, directory: Directory(ledger: ledger), signIn: SignIn(ledger: ledger),
            inspection: try .bundled(ledger: ledger), people: PeopleDesk(ledger: ledger),
            feeds: FeedStore(ledger: ledger),
            measures: MeasureShelf(ledger: ledger), keeper: .command(user: machineUser))
    }

    func close() async throws { try await ledger.close() }

    /// The name of the account on the machine, reduced to what a log may hold.
    static var machineUser: String {
        let name = NSUserName().lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return name.isEmpty ? "unknown" : String(name.prefix(32))
    }
}
