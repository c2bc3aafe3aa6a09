import Access
import Kernel
import Ledger

enum WebhookRows {
    private static let columns =
        "id, person, purpose, address, topics, made_at, state, entry, attempts, failing_since, retry_at, trouble"

    static func keep(_ webhook: Webhook, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO webhook (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(webhook.id.text), .text(webhook.person), .text(webhook.purpose.rawValue), .text(webhook.address),
                .text(webhook.topics.sorted().joined(separator: " ")), .integer(webhook.made.milliseconds),
                .text(webhook.state.rawValue), .integer(webhook.cursor), .integer(Int64(webhook.attempts)),
                webhook.failingSince.map { .integer($0.milliseconds) } ?? .null,
                .integer(webhook.retryAt.milliseconds), .text(webhook.trouble),
            ])
    }

    static func all(_ reading: any Reading) throws -> [Webhook] {
        try reading.rows("SELECT \(columns) FROM webhook ORDER BY made_at DESC, id").compactMap(webhook)
    }

    static func find(_ id: String, _ reading: any Reading) throws -> Webhook? {
        try reading.row("SELECT \(columns) FROM webhook WHERE id = $1", [.text(id)]).flatMap(webhook)
    }

    static func end(_ id: String, _ writing: any Writing) throws -> Bool {
        try writing.run("DELETE FROM webhook WHERE id = $1", [.text(id)]) == 1
    }

    /// It has come so far, and nothing stands in its way.
    static func advance(_ id: String, to entry: Int64, _ writing: any Writing) throws {
        try writing.run(
            """
            UPDATE webhook SET entry = $2, attempts = 0, failing_since = NULL, retry_at = 0, trouble = ''
            WHERE id = $1 AND entry < $2
            """, [.text(id), .integer(entry)])
    }

    static func wait(
        _ id: String, attempts: Int, since: Moment, until: Moment, _ trouble: String, _ writing: any Writing
    ) throws {
        try writing.run(
            "UPDATE webhook SET attempts = $2, failing_since = $3, retry_at = $4, trouble = $5 WHERE id = $1",
            [
                .text(id), .integer(Int64(attempts)), .integer(since.milliseconds), .integer(until.milliseconds),
                .text(trouble),
            ])
    }

    static func lose(_ id: String, _ trouble: String, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE webhook SET state = $2, trouble = $3 WHERE id = $1",
            [.text(id), .text(Webhook.State.lost.rawValue), .text(trouble)])
    }

    static func resume(_ id: String, _ writing: any Writing) throws -> Bool {
        try writing.run(
            "UPDATE webhook SET state = $2, attempts = 0, failing_since = NULL, retry_at = 0 WHERE id = $1",
            [.text(id), .text(Webhook.State.active.rawValue)]) == 1
    }

    private static func webhook(_ row: Row) -> Webhook? {
        guard let id = Identifier<Webhook>(row.text(0)), let purpose = Purpose(rawValue: row.text(2)) else {
            return nil
        }
        return Webhook(
            id: id, person: row.text(1), purpose: purpose, address: row.text(3),
            topics: Set(row.text(4).split(separator: " ").map(String.init)), made: row.moment(5),
            state: Webhook.State(rawValue: row.text(6)) ?? .lost, cursor: row.integer(7),
            attempts: Int(row.integer(8)), failingSince: row.optionalMoment(9), retryAt: row.moment(10),
            trouble: row.text(11))
    }
}
