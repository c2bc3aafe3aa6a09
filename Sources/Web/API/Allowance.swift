import Kernel
import Synchronization

/// How often a token may ask: so many requests in each minute, counted in this process.
final class Allowance: Sendable {
    private struct Window {
        var began: Moment
        var count: Int
    }

    static let usual = 300
    private static let most = 10_000

    private let windows = Mutex<[String: Window]>([:])

    /// Counts a request.
    /// - Returns: seconds to wait; 0 when it may go on.
    func take(_ reference: String, _ perMinute: Int, at now: Moment) -> Int {
        windows.withLock { windows in
            if windows.count >= Allowance.most { windows.removeAll() }
            var window = windows[reference] ?? Window(began: now, count: 0)
            if now < window.began || now >= window.began.adding(seconds: 60) { window = Window(began: now, count: 0) }
            window.count += 1
            windows[reference] = window
            guard window.count > perMinute else { return 0 }
            return max(1, Int((window.began.adding(seconds: 60).milliseconds - now.milliseconds + 999) / 1000))
        }
    }
}
