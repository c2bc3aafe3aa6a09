import Feeds
import Foundation
import Kernel
import Linkage

/// Reads one file into the table: while one lot of rows is cleaned and numbered, the next is cut out of the file.
final class LinkReader: @unchecked Sendable {
    /// Rows of a file as they were cut: the fields of the table, then the id, then the answers.
    private struct Lot {
        let batch: RecordBatch
        var lines: [Int] = []
    }

    private static let rows = 8192

    private let file: DelimitedFile
    private let table: RecordTable
    private let progress: LinkProgress
    private let path: String
    private let places: [Int]
    private let answers: [LinkAnswers]
    private let ids = ValuePool()
    private var coming: Result<Lot, any Error>
    private let lots: [Lot]
    /// The lot that is filled next, while the other is worked on.
    private var spare: Lot
    private var count = 0
    private var repeated: Int?

    init(
        _ path: String, _ table: RecordTable, id: String, answers: [LinkAnswers], progress: LinkProgress
    ) throws {
        file = try DelimitedFile(path)
        (self.path, self.table, self.progress, self.answers) = (path, table, progress, answers)
        let header = file.header
        places =
            table.fields.compactMap { header.firstIndex(of: $0.column) } + [header.firstIndex(of: id) ?? 0]
            + answers.compactMap { header.firstIndex(of: $0.column) }
        let columns = places.count
        lots = (0..<2).map { _ in Lot(batch: RecordBatch(columns: columns)) }
        (spare, coming) = (lots[0], .success(lots[0]))
    }

    /// The ids, numbered by row.
    func read() throws -> ValuePool {
        scan()
        while true {
            let lot = try coming.get()
            guard lot.batch.count > 0 else { return ids }
            spare = lots[lot.batch === lots[0].batch ? 1 : 0]
            table.add(lot.batch, beside: [{ self.scan() }, { self.keep(lot) }])
            if let row = repeated { throw repeated(lot, row) }
            try Task.checkCancellation()
            progress.say("Reading \(URL(fileURLWithPath: path).lastPathComponent): \(ids.count) rows")
        }
    }

    /// Cuts the next rows.
    private func scan() {
        var lot = spare
        lot.batch.removeAll()
        lot.lines.removeAll(keepingCapacity: true)
        coming = Result {
            while lot.batch.count < LinkReader.rows, try file.next() {
                for (column, place) in places.enumerated() { lot.batch.add(file[place], column: column) }
                lot.lines.append(file.line)
            }
            return lot
        }
    }

    /// Numbers the ids and keeps the answers; each id must be new.
    private func keep(_ lot: Lot) {
        lot.batch.forEach([table.fields.count]) { row, _, value in
            guard repeated == nil else { return }
            let number = value.count > 0 ? Int(ids.intern(value)) : 0
            if number != ids.count || number != count + row + 1 { repeated = row }
        }
        count += lot.batch.count
        let columns = answers.indices.map { table.fields.count + 1 + $0 }
        lot.batch.forEach(columns) { _, place, value in answers[place].add(value) }
    }

    private func repeated(_ lot: Lot, _ row: Int) -> Problem {
        var id = ""
        lot.batch.forEach([table.fields.count]) { at, _, value in
            if at == row { id = String(decoding: value, as: UTF8.self) }
        }
        return Problem(
            .invalid,
            id.isEmpty
                ? "Line \(lot.lines[row]) of \(path) has no id."
                : "Line \(lot.lines[row]) of \(path): the id \(id) was used before.",
            next: "Each row needs an id of its own. Number the rows, or name another column with --id.")
    }
}
