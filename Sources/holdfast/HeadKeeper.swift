import Kernel
import Ledger
import Logging
import ServiceLifecycle

/// Signs a head each minute when the log has grown, while the server runs.
struct HeadKeeper: Service {
    private static let pause = Duration.seconds(60)

    let ledger: Ledger
    let signer: NoteSigner
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sign()
                try? await Task.sleep(for: HeadKeeper.pause)
            }
        }
    }

    /// What stands in the way is told to whoever runs the machine; people go on working.
    private func sign() async {
        do {
            _ = try await ledger.signHead(with: signer)
        } catch is CancellationError {
            return
        } catch {
            logger.error("the log was not signed", metadata: ["cause": "\(error)"])
        }
    }
}
