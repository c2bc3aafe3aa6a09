import Foundation
import UnixSignals

#if canImport(Glibc)
import Glibc
#endif

/// Ctrl-C and a polite stop while a command works: the first asks it to leave things tidy, the second ends it.
struct Interruption {
    private let watch: Task<Void, Never>

    init(_ console: Console, _ stop: @escaping @Sendable () -> Void) {
        watch = Task {
            var isFirst = true
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                guard isFirst else { _exit(1) }
                isFirst = false
                console.advise("Stopping. To end it at once, press Ctrl-C again.")
                stop()
            }
        }
    }

    func end() { watch.cancel() }
}
