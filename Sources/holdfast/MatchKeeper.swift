import Kernel
import Logging
import People
import ServiceLifecycle

/// Fills the look-up of persons at the start and keeps it and the queues of matches true while the server runs. Each
/// server has its own look-up; of several on one store one writes the queues at a time.
struct MatchKeeper: Service {
    private static let pause = Duration.seconds(2)

    let people: PeopleDesk
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await catchUp()
                try? await Task.sleep(for: MatchKeeper.pause)
            }
        }
    }

    /// What stands in the way is told to whoever runs the machine, and tried again.
    private func catchUp() async {
        do {
            try await people.finder.catchUp()
            try await people.matchIndex.catchUp()
        } catch is CancellationError {
            return
        } catch {
            logger.error("matches were not looked for", metadata: ["cause": "\(error)"])
        }
    }
}
