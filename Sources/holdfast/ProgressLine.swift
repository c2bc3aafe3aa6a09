import Feeds
import Foundation
import Ledger
import Synchronization

/// How far long work is, on standard error: one line that redraws on a terminal, a line every few seconds elsewhere.
final class ProgressLine: Sendable {
    private let console: Console
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(_ console: Console) { self.console = console }

    func show(_ progress: ImportProgress) { show(ProgressLine.words(progress)) }

    func show(_ progress: VerificationProgress) {
        show("Checking the log: \(progress.entries) of \(progress.of) entries")
    }

    func show(_ text: String) {
        let (now, pause) = (ContinuousClock.now, console.isTerminal ? Duration.milliseconds(200) : .seconds(5))
        let isDue = last.withLock { last in
            if let last, now - last < pause { return false }
            last = now
            return true
        }
        guard isDue else { return }
        console.err(console.isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
    }

    func end() {
        if console.isTerminal { console.err("\r\u{1B}[K") }
    }

    private static func words(_ progress: ImportProgress) -> String {
        let file = "file \(progress.file) of \(progress.files)"
        switch progress.stage {
        case .checking: return "Checking \(file)"
        case .settling: return "Joining outcomes to their crimes: \(file)"
        case .loading:
            let left = progress.secondsLeft.map { ", about \(time($0)) left" } ?? ""
            return "Loading \(file): \(progress.rows) rows, \(Int(progress.rowsPerSecond)) a second\(left)"
        }
    }

    private static func time(_ seconds: Double) -> String {
        seconds < 90 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
    }
}
