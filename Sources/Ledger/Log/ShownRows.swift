import Kernel

/// Which lists showed a record: one row for each record and entry, so that "who saw this" also finds lists. The entry
/// itself names the records too, and the tree holds the entry: `verify` compares the two.
enum ShownRows {
    private static let list = "list "

    /// What an entry says of a list: the index, and the records in their order.
    static func about(_ index: String, _ records: [String]) -> String {
        "\(list)\(index): \(records.joined(separator: " "))"
    }

    /// The records that an entry of a list names; empty for any other entry.
    static func records(in about: String) -> [String] {
        guard about.hasPrefix(list), let colon = about.firstIndex(of: ":") else { return [] }
        return about[about.index(after: colon)...].split(separator: " ").map { String($0) }
    }

    static func add(_ records: [String], at sequence: Int64, _ writing: any Writing) throws {
        let distinct = Array(Set(records))
        try writing.bulk(into: "audit_shown", columns: ["record", "sequence"], count: distinct.count) { index, row in
            row.text(distinct[index])
            row.integer(sequence)
        }
    }

    static func has(_ record: String, at sequence: Int64, _ reading: any Reading) throws -> Bool {
        try reading.row(
            "SELECT sequence FROM audit_shown WHERE record = $1 AND sequence = $2", [.text(record), .integer(sequence)]
        ) != nil
    }

    /// For entries that were written before this table was there; what is there already stays.
    static func addMissing(from first: Int64, through last: Int64, _ writing: any Writing) throws {
        for (sequence, records) in try lists(from: first, through: last, writing) {
            for record in Set(records) where try !has(record, at: sequence, writing) {
                try writing.run(
                    "INSERT INTO audit_shown (record, sequence) VALUES ($1, $2)", [.text(record), .integer(sequence)])
            }
        }
    }

    static func lists(
        from first: Int64, through last: Int64, _ reading: any Reading
    ) throws -> [(sequence: Int64, records: [String])] {
        try reading.rows(
            "SELECT sequence, about FROM audit WHERE sequence >= $1 AND sequence <= $2 AND record IS NULL ORDER BY 1",
            [.integer(first), .integer(last)]
        ).map { (sequence: $0.integer(0), records: records(in: $0.text(1))) }.filter { !$0.records.isEmpty }
    }
}
