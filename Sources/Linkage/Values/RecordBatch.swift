/// Rows on their way into a table: the raw text of some fields of many records, field by field, so that fields can be worked
/// on side by side. Filled by one thread; when nothing is added any more, several may read it.
public final class RecordBatch: @unchecked Sendable {
    private struct Column {
        var bytes: [UInt8] = []
        var ends: [Int] = []
    }

    private var columns: [Column]

    public init(columns: Int) { self.columns = Array(repeating: Column(), count: columns) }

    public var count: Int { columns.first?.ends.count ?? 0 }

    /// Adds the next value of a column.
    public func add(_ text: UnsafeBufferPointer<UInt8>, column: Int) {
        columns[column].bytes += text
        columns[column].ends.append(columns[column].bytes.count)
    }

    public func removeAll() {
        for column in columns.indices {
            columns[column].bytes.removeAll(keepingCapacity: true)
            columns[column].ends.removeAll(keepingCapacity: true)
        }
    }

    /// The values of some columns, row by row.
    public func forEach(_ some: [Int], _ body: (_ row: Int, _ place: Int, UnsafeBufferPointer<UInt8>) -> Void) {
        let texts = some.map { (bytes: columns[$0].bytes, ends: columns[$0].ends) }
        for row in 0..<count {
            for (place, text) in texts.enumerated() {
                text.bytes.withUnsafeBufferPointer {
                    body(
                        row, place,
                        UnsafeBufferPointer(rebasing: $0[(row == 0 ? 0 : text.ends[row - 1])..<text.ends[row]]))
                }
            }
        }
    }
}

extension RecordTable {
    /// Adds many records at once, on both cores: fields side by side, those that share a pool one after the other, so that
    /// numbers are given as they are when records come one by one.
    /// - Parameters:
    ///   - batch: its first columns are the fields of the table, in order.
    ///   - beside: other work to do meanwhile, each piece by one thread.
    public func add(_ batch: RecordBatch, beside: [@Sendable () -> Void] = []) {
        reserve(batch.count)
        let groups = groups
        _ = Work.spread(beside.count + groups.count) { place in
            if place < beside.count { beside[place]() } else { fill(batch, groups[place - beside.count]) }
        }
        finish(batch.count)
    }

    /// Fields in groups that can be filled side by side, the longest work first.
    private var groups: [[Int]] {
        let names = fields.indices.filter { fields[$0].kind.isName }
        let others = fields.indices.filter { !fields[$0].kind.isName }
        let dear: (Int) -> Int = { [.address, .text].contains(self.fields[$0].kind) ? 0 : 1 }
        return others.filter { dear($0) == 0 }.map { [$0] } + (names.isEmpty ? [] : [names])
            + others.filter { dear($0) == 1 }.map { [$0] }
    }

    private func fill(_ batch: RecordBatch, _ group: [Int]) {
        let first = count
        batch.forEach(group) { row, place, text in set(group[place], of: first + row, text) }
    }
}
