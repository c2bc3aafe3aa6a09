import Foundation
import Kernel
import Ledger
import People
import Synchronization

/// Partners’ files that people of this node sent and that are not loaded yet. What was loaded, and its result, are in
/// the store: a restart loses a file that can be sent again, and nothing else.
final class IntakeArrivals: Sendable {
    enum Stage: Sendable {
        /// It waits for what its columns hold.
        case columns(Problem?)
        case checking(IntakeProgress?)
        /// It was looked through, and waits for the word.
        case checked(IntakeSurvey)
        case loading(IntakeProgress?)
        case done(Identifier<Intake>)
        case failed(Problem)

        var isWorking: Bool {
            switch self {
            case .checking, .loading: true
            case .columns, .checked, .done, .failed: false
            }
        }
    }

    struct Arrival: Sendable {
        let id: String
        let user: String
        let file: IntakeFile
        let header: [String]
        let form: String
        var plan: IntakePlan
        /// Whether the columns are those of the last load, or worked out from their names.
        let isRemembered: Bool
        let since: Moment
        var stage: Stage
        fileprivate let upload: Upload
    }

    /// How long a file waits for an answer, in seconds.
    private static let patience: Int64 = 3600
    /// Files that may wait at once.
    private static let most = 50

    private let arrivals = Mutex<[String: Arrival]>([:])

    /// - Throws: `Problem.unavailable` while too many wait.
    func add(
        _ upload: Upload, _ file: IntakeFile, _ table: IntakeTable, _ plan: IntakePlan, isRemembered: Bool,
        user: String, at now: Moment
    ) throws -> String {
        let arrival = Arrival(
            id: UUID().uuidString.lowercased(), user: user, file: file, header: table.header, form: table.form,
            plan: plan, isRemembered: isRemembered, since: now, stage: .columns(nil), upload: upload)
        forget(before: now.adding(seconds: -Self.patience))
        return try arrivals.withLock { held in
            guard held.count < Self.most else {
                throw Problem(
                    .unavailable, "Too many files wait to be loaded.",
                    next: "Load or drop those that wait, then try again."
                )
            }
            held[arrival.id] = arrival
            return arrival.id
        }
    }

    private func forget(before moment: Moment) {
        let old = arrivals.withLock { held in
            let old = held.values.filter { $0.since < moment && !$0.stage.isWorking }
            for arrival in old { held[arrival.id] = nil }
            return old
        }
        for arrival in old { arrival.upload.discard() }
    }

    func find(_ id: String) -> Arrival? { arrivals.withLock { $0[id] } }

    func of(_ user: String) -> [Arrival] {
        arrivals.withLock { held in held.values.filter { $0.user == user } }.sorted { $0.since < $1.since }
    }

    func update(_ id: String, _ stage: Stage) { arrivals.withLock { $0[id]?.stage = stage } }

    /// Takes the mapping and goes on, unless it is at work already: two presses of one button are one.
    /// - Returns: whether it may go on.
    func begin(_ id: String, _ mapping: ColumnMapping?, _ stage: Stage) -> Bool {
        arrivals.withLock { held in
            guard let arrival = held[id], !arrival.stage.isWorking else { return false }
            if let mapping { held[id]?.plan.mapping = mapping }
            held[id]?.stage = stage
            return true
        }
    }

    /// The file is deleted; its stage stays for whoever looks.
    func discard(_ id: String) { find(id)?.upload.discard() }

    func drop(_ id: String) {
        arrivals.withLock { $0.removeValue(forKey: id) }?.upload.discard()
    }
}
