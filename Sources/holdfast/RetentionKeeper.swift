import Kernel
import Logging
import People
import Retention
import ServiceLifecycle

/// Sweeps once a day while the server runs, at night by the time of London. Of several servers on one store one does it.
struct RetentionKeeper: Service {
    private static let pause = Duration.seconds(600)
    /// From this hour on.
    private static let earliest = 2

    let desk: RetentionDesk
    let intake: IntakeDesk
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweepWhenDue()
                try? await Task.sleep(for: RetentionKeeper.pause)
            }
        }
    }

    /// What stands in the way is told to whoever runs the machine, and tried again.
    private func sweepWhenDue() async {
        do {
            guard hour >= RetentionKeeper.earliest, try await desk.isSweepDue() else { return }
            guard try await intake.carry() != nil else { return }
            guard let report = try await desk.sweep() else { return }
            guard report != SweepReport() else { return }
            logger.notice(
                "retention was swept",
                metadata: [
                    "expired": "\(report.expired)", "held": "\(report.held)", "finished": "\(report.finished)",
                    "tidied": "\(report.tidied)",
                ])
        } catch is CancellationError {
            return
        } catch {
            logger.error("retention was not swept", metadata: ["cause": "\(error)"])
        }
    }

    private var hour: Int {
        let now = TimeSource.system.now()
        let local = now.adding(seconds: LondonTime.offsetSeconds(at: now))
        return Int(local.milliseconds / 3_600_000 % 24)
    }
}
