import Logging
import ServiceLifecycle
import Webhooks

/// Tells subscribers every few seconds what there is to tell, while the server runs.
struct WebhookKeeper: Service {
    private static let pause = Duration.seconds(3)

    let courier: WebhookCourier
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await tell()
                try? await Task.sleep(for: WebhookKeeper.pause)
            }
        }
    }

    /// What stands in the way is told to whoever runs the machine; people go on working.
    private func tell() async {
        do {
            _ = try await courier.round()
        } catch is CancellationError {
            return
        } catch {
            logger.error("webhooks were not told", metadata: ["cause": "\(error)"])
        }
    }
}
