import Feeds
import Foundation
import Kernel
import Synchronization

/// Files that people of this node sent and that are being read. Only their progress lives here: what is loaded, and
/// its report, are in the store, so that a restart loses a progress bar and nothing else.
final class Arrivals: Sendable {
    enum Stage: Sendable {
        case reading(ImportProgress?)
        case done(batch: Int64)
        case failed(Problem)
    }

    struct Arrival: Sendable {
        let id: String
        let user: String
        let name: String
        var stage: Stage
    }

    private let arrivals = Mutex<[String: Arrival]>([:])

    func add(user: String, name: String) -> String {
        let id = UUID().uuidString.lowercased()
        arrivals.withLock { held in
            // Old ones are forgotten; their result is under Data.
            if held.count > 200 { held = held.filter { if case .reading = $0.value.stage { true } else { false } } }
            held[id] = Arrival(id: id, user: user, name: name, stage: .reading(nil))
        }
        return id
    }

    func update(_ id: String, _ stage: Stage) {
        arrivals.withLock { $0[id]?.stage = stage }
    }

    func find(_ id: String) -> Arrival? { arrivals.withLock { $0[id] } }

    func reading(by user: String) -> [Arrival] {
        arrivals.withLock { held in
            held.values.filter { arrival in
                guard arrival.user == user, case .reading = arrival.stage else { return false }
                return true
            }
        }
    }
}
