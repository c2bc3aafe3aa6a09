import Kernel
import Ledger

/// Writes runs of facts. The statements of one transaction each: callers open it and keep it short.
enum FactWriter {
    /// Bits of a fact's number that are its place in its run.
    static let positionBits: Int64 = 20

    /// Makes words known and answers their stored numbers, in the order given.
    static func words(_ words: ArraySlice<NewWord>, _ writing: any Writing) throws -> [Int64] {
        var next = (try writing.integer("SELECT MAX(id) FROM feed_word") ?? 0) + 1
        return try words.map { word in
            let key: [Value] = [.integer(Int64(word.kind.rawValue)), .text(word.text)]
            if let known = try writing.integer("SELECT id FROM feed_word WHERE kind = $1 AND word = $2", key) {
                return known
            }
            try writing.run(
                "INSERT INTO feed_word (id, kind, word, detail) VALUES ($3, $1, $2, $4)",
                key + [.integer(next), word.detail.map { .text($0) } ?? .null])
            defer { next += 1 }
            return next
        }
    }

    /// - Returns: the number of the run.
    @discardableResult
    static func run(_ run: Run, part: Int64, words: [Int64], _ writing: any Writing) throws -> Int64 {
        try PartRows.requireLoading(part, writing)
        let number = (try writing.integer("SELECT MAX(run) FROM feed_run") ?? 0) + 1
        try writing.run(
            "INSERT INTO feed_run (run, part, size) VALUES ($1, $2, $3)",
            [.integer(number), .integer(part), .integer(Int64(run.rows.count))])
        let kind = run.key.kind
        let (wordCount, flagCount) = (kind.wordKinds.count, kind.flagCount)
        try writing.bulk(into: kind.factTable, columns: kind.factColumns, count: run.rows.count) { index, row in
            let fact = run.rows[index]
            row.integer(number << positionBits | Int64(index))
            row.integer(number)
            if kind == .stopAndSearch { stop(fact, row) } else { crime(fact, row) }
            for lane in 0..<wordCount { row.integer(words[Int(fact.words[lane])]) }
            for lane in wordCount..<wordCount + flagCount { row.integer(Int64(fact.words[lane])) }
        }
        return number
    }

    private static func crime(_ fact: FactRow, _ row: any BulkRow) {
        if let identifier = fact.identifier {
            row.integer(identifier.key)
            withUnsafeBytes(of: identifier.stored) { row.blob($0) }
        } else {
            row.null()
            row.null()
        }
        row.integer(Int64(fact.line))
        point(fact.point, row)
    }

    private static func stop(_ fact: FactRow, _ row: any BulkRow) {
        row.integer(Int64(fact.line))
        point(fact.point, row)
        row.integer(fact.at)
    }

    private static func point(_ point: Point?, _ row: any BulkRow) {
        guard let point else {
            row.null()
            row.null()
            return
        }
        row.integer(Int64(point.longitude))
        row.integer(Int64(point.latitude))
    }

    static func rejects(_ rejects: [Reject], file: Int64, _ writing: any Writing) throws {
        guard !rejects.isEmpty else { return }
        try writing.bulk(into: "feed_reject", columns: ["file", "line", "reason", "raw"], count: rejects.count) {
            index, row in
            row.integer(file)
            row.integer(Int64(rejects[index].line))
            row.text(rejects[index].reason)
            row.text(rejects[index].raw)
        }
    }

    /// Adds to the counted groups of one part.
    static func cells(
        _ kind: FeedKind, set: Int64, _ groups: ArraySlice<(dimensions: [Int64], count: Int)>, _ writing: any Writing
    ) throws {
        let keys = ["cells"] + kind.cellColumns
        let places = (1...keys.count + 1).map { "$\($0)" }.joined(separator: ", ")
        let sql = """
            INSERT INTO \(kind.cellTable) (\(keys.joined(separator: ", ")), n) VALUES (\(places))
            ON CONFLICT (\(keys.joined(separator: ", "))) DO UPDATE SET n = \(kind.cellTable).n + excluded.n
            """
        for group in groups {
            let values = [set] + group.dimensions + [Int64(group.count)]
            try writing.run(sql, values.map { .integer($0) })
        }
    }
}

extension CrimeIdentifier {
    /// As it is stored: 32 bytes, the first digit first.
    fileprivate var stored: CrimeIdentifier {
        CrimeIdentifier(
            first: first.bigEndian, second: second.bigEndian, third: third.bigEndian, fourth: fourth.bigEndian)
    }

    func isStored(as bytes: [UInt8]) -> Bool {
        withUnsafeBytes(of: stored) { $0.elementsEqual(bytes) }
    }
}
