import Crypto
import Foundation
import Kernel
import Ledger

/// Slows guessing down. Every try is counted before it is looked at, so that many at once gain nothing, and a good one
/// is taken back. The wait grows with each failure to a bound: no stranger can keep a person out for good, and her own
/// usual address is not slowed by what others try with her name.
struct Throttle: Sendable {
    struct Rule: Sendable {
        /// Failures before the first wait, and the longest wait in seconds.
        let free: Int64
        let longest: Int64

        /// Seconds to wait after this many failures: 1, 2, 4, … from the first that is not free.
        func wait(after failures: Int64) -> Int64 {
            guard failures >= free else { return 0 }
            return min(longest, 1 << min(failures - free, 20))
        }
    }

    static let perAddress = Rule(free: 30, longest: 900)
    static let perNameAndAddress = Rule(free: 5, longest: 300)
    static let perName = Rule(free: 10, longest: 30)
    static let perCode = Rule(free: 5, longest: 900)

    private static let forgottenAfter: Int64 = 86_400_000
    private static let trustedFor: Int64 = 30 * 86_400_000

    struct Counter: Sendable {
        let name: String
        let rule: Rule
    }

    /// Nil for the second factor, where the person is known already.
    private let address: Counter?
    private let pair: Counter?
    private let own: Counter

    /// For a name and password. The store holds digests: what was typed may be a password in the wrong field.
    init(name: String, source: String) {
        let name = Naming.folded(name)
        address = Counter(name: "address " + Throttle.digest(source), rule: Throttle.perAddress)
        pair = Counter(name: "pair " + Throttle.digest(name + "\u{1F}" + source), rule: Throttle.perNameAndAddress)
        own = Counter(name: "name " + Throttle.digest(name), rule: Throttle.perName)
    }

    /// For the codes of one user.
    init(codesOf person: String) {
        (address, pair) = (nil, nil)
        own = Counter(name: "code " + person, rule: Throttle.perCode)
    }

    /// Counts a try.
    /// - Returns: Seconds still to wait; 0 when the try may go on. One that must wait is not counted.
    func admit(at now: Moment, _ writing: any Writing) throws -> Int64 {
        var counters = [address, pair].compactMap(\.self)
        if try !isTrusted(at: now, writing) { counters.append(own) }
        let waits = try counters.map { try wait($0, at: now, writing) }
        if let longest = waits.max(), longest > 0 { return longest }
        for counter in counters { try count(counter, at: now, writing) }
        return 0
    }

    /// The try was good: the name and the address start again.
    func clear(at now: Moment, _ writing: any Writing) throws {
        try forgive(writing)
        try writing.run("UPDATE account_throttle SET tries = 0 WHERE name = $1", [.text(own.name)])
        if let pair {
            try writing.run(
                "UPDATE account_throttle SET tries = 0, trusted_at = $2 WHERE name = $1",
                [.text(pair.name), .integer(now.milliseconds)])
        }
        try writing.run(
            "DELETE FROM account_throttle WHERE last_at < $1 AND (trusted_at IS NULL OR trusted_at < $2)",
            [.integer(now.milliseconds - Throttle.forgottenAfter), .integer(now.milliseconds - Throttle.trustedFor)])
    }

    /// The try was not looked at after all.
    func forgive(_ writing: any Writing) throws {
        for counter in [address, pair, own].compactMap(\.self) {
            try writing.run(
                "UPDATE account_throttle SET tries = tries - 1 WHERE name = $1 AND tries > 0", [.text(counter.name)])
        }
    }

    private func isTrusted(at now: Moment, _ reading: any Reading) throws -> Bool {
        guard let pair,
            let row = try reading.row("SELECT trusted_at FROM account_throttle WHERE name = $1", [.text(pair.name)]),
            let at = row.optionalInteger(0)
        else { return false }
        return abs(now.milliseconds - at) < Throttle.trustedFor
    }

    private func wait(_ counter: Counter, at now: Moment, _ writing: any Writing) throws -> Int64 {
        guard
            let row = try writing.row(
                "SELECT tries, last_at FROM account_throttle WHERE name = $1", [.text(counter.name)])
        else { return 0 }
        let (tries, last) = (row.integer(0), row.integer(1))
        if last > now.milliseconds {
            // The clock went back: without this the wait would last as long as the clock was wrong.
            try writing.run(
                "UPDATE account_throttle SET last_at = $2 WHERE name = $1",
                [.text(counter.name), .integer(now.milliseconds)])
        }
        let passed = max(0, now.milliseconds - last)
        guard passed < Throttle.forgottenAfter else {
            try writing.run("UPDATE account_throttle SET tries = 0 WHERE name = $1", [.text(counter.name)])
            return 0
        }
        return max(0, (counter.rule.wait(after: tries) * 1000 - passed + 999) / 1000)
    }

    private func count(_ counter: Counter, at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO account_throttle (name, tries, last_at, trusted_at) VALUES ($1, 1, $2, NULL)
            ON CONFLICT (name) DO UPDATE SET tries = account_throttle.tries + 1, last_at = excluded.last_at
            """, [.text(counter.name), .integer(now.milliseconds)])
    }

    private static func digest(_ text: String) -> String {
        Hex.encode(SHA256.hash(data: Data(text.utf8)).prefix(16))
    }

    static func problem(wait seconds: Int64) -> Problem {
        let time = seconds < 90 ? "\(seconds) second\(seconds == 1 ? "" : "s")" : "\((seconds + 59) / 60) minutes"
        return Problem(.unavailable, "There were too many tries.", next: "Wait \(time) and try again.")
    }
}
