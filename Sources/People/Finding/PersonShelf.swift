import Foundation
import Linkage

/// The persons of one agency as a look-up reads them. Each agency has its own, so that what others hold pushes nobody
/// out of what she is shown. Used by one executor.
final class PersonShelf {
    /// How many rows of a word's list are looked at, and how many persons one way of looking brings.
    private static let (looked, brought) = (50_000, 60)
    private static let start = 3

    private let index: PersonIndex
    private let table: RecordTable
    private let nicknames = Nicknames.packaged
    /// By row; nil once it was taken away.
    private var persons: [String?] = []
    private var rows: [String: [Int]] = [:]
    /// Of what she was indexed by: a change of anything else touches nothing here.
    private var marks: [String: Int] = [:]
    private var words = HeldWords()
    /// Rows by the first letters of the words of names, and by the sound of a street.
    private var starts: [String: [Int32]] = [:]
    private var streets: [String: [Int32]] = [:]

    init(_ model: LinkageModel) {
        table = RecordTable(fields: model.fields)
        index = PersonIndex(table, model: model)
    }

    var count: Int { rows.count }
    /// More rows were taken away than are left.
    var isWorn: Bool { persons.count > 10_000 && persons.count > rows.count * 12 }

    func put(_ id: String, _ person: Person, streets: Set<String>) {
        let values = person.linkageValues
        var hasher = Hasher()
        hasher.combine(values)
        hasher.combine(streets)
        let mark = hasher.finalize()
        guard marks[id] != mark else { return }
        remove(id)
        marks[id] = mark
        let added = values.map { index.insert($0) }
        persons += added.map { _ in id }
        rows[id] = added
        for row in added {
            words.add(given: NameWords.of(table.text(row, field: 0)), family: NameWords.of(table.text(row, field: 1)))
        }
        for (row, name) in zip(added, person.names) {
            for word in Set(name.words) where word.count >= Self.start {
                starts[String(word.prefix(Self.start)), default: []].append(Int32(row))
            }
        }
        for sound in Set(streets.map(SoundKey.of)) { self.streets[sound, default: []].append(Int32(added[0])) }
    }

    func remove(_ id: String) {
        marks[id] = nil
        for row in rows.removeValue(forKey: id) ?? [] {
            index.remove(row)
            persons[row] = nil
        }
    }

    /// The likeliest persons with their weights in bits, best first.
    /// - Parameter asked: rows of values; the best of them counts.
    func likely(_ asked: [[String]], limit: Int) -> [(id: String, weight: Double)] {
        var best: [String: Double] = [:]
        for values in asked {
            for found in index.lookUp(values, limit: limit * 2) {
                guard let id = persons[found.record] else { continue }
                best[id] = max(best[id] ?? -.infinity, found.weight)
            }
        }
        return Array(best.map { (id: $0, weight: $1) }.sorted { ($1.weight, $0.id) < ($0.weight, $1.id) }.prefix(limit))
    }

    /// Those whose names begin with every word asked, in whatever order; a nickname or a name that sounds alike fits too.
    func beginning(_ words: [String]) -> [String] {
        let lists = words.filter { $0.count >= Self.start }.compactMap { starts[String($0.prefix(Self.start))] }
        guard !lists.isEmpty else { return [] }
        let asked = fitting(words)
        return picked(lists) { row in asked.allSatisfy { $0.has(row) } }
    }

    /// Those who live or lived in a street that sounds alike, with a name of which some word fits; any name where none was
    /// asked for.
    func living(in streets: Set<String>, _ words: [String]) -> [String] {
        let lists = Set(streets.map(SoundKey.of)).compactMap { self.streets[$0] }
        guard !lists.isEmpty else { return [] }
        let asked = fitting(words)
        return picked(lists) { row in asked.isEmpty || asked.contains { $0.has(row) } }
    }

    private func fitting(_ asked: [String]) -> [HeldWords.Fitting] {
        asked.map { HeldWords.Fitting($0, words, nicknames) }
    }

    /// The shortest list first: the rarest word says most.
    private func picked(_ lists: [[Int32]], _ isRight: (Int) -> Bool) -> [String] {
        var (found, seen): ([String], Set<String>) = ([], [])
        for row in lists.sorted(by: { $0.count < $1.count }).joined().prefix(Self.looked) {
            guard let id = persons[Int(row)], isRight(Int(row)), seen.insert(id).inserted else { continue }
            found.append(id)
            if found.count == Self.brought { break }
        }
        return found
    }
}

/// Whether a word that was asked for fits a word of a name.
enum NameFit {
    static func fits(_ word: String, _ names: [String], _ nicknames: Nicknames = .packaged) -> Bool {
        names.contains { name in
            name.hasPrefix(word) || nicknames.related(word, name)
                || (word.count > 3 && SoundKey.of(word) == SoundKey.of(name))
        }
    }
}
