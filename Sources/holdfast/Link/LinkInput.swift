import Feeds
import Foundation
import Kernel
import Linkage

/// The rows of one or two files as a table, with their ids and, where it is named, the truth.
struct LinkInput {
    let table: RecordTable
    let guesses: [KindGuess]
    let notes: [String]
    /// For each record the number of its person, to measure by.
    let truth: [Int]?
    /// For each record the number of its person, to learn from; 0 where it is not known.
    let labels: [Int]?
    /// Ids of each file, numbered by row from 1.
    private let ids: [ValuePool]

    private static let sampled = 5000

    /// - Throws: `Problem` when a file cannot be read or used, with what to do.
    init(
        paths: [String], id: String?, truth: String?, settings: LinkageSettings, progress: LinkProgress
    ) throws {
        let headers = try paths.map { try DelimitedFile($0).header }
        let shared = headers[0].filter { name in headers.allSatisfy { $0.contains(name) } }
        let id = try LinkInput.idColumn(id, shared)
        if let truth { try LinkInput.need(truth, shared, "the truth") }
        if let labels = settings.labels { try LinkInput.need(labels, shared, "the labels") }
        for name in settings.columns.keys { try LinkInput.need(name, shared, "the settings") }
        guesses = try LinkInput.guesses(
            paths[0], shared, settings, except: Set([id, truth, settings.labels].compactMap(\.self)))
        let fields = LinkageField.fields(of: guesses.map { ($0.column, $0.kind) })
        guard !fields.isEmpty, fields.count <= 16 else { throw LinkInput.unusable(fields.count, shared) }
        table = RecordTable(fields: fields)
        table.places = try settings.postcodes.map { try LinkPostcodes.read($0, progress: progress) }
        let (right, learnt) = (truth.map(LinkAnswers.init), settings.labels.map(LinkAnswers.init))
        var ids: [ValuePool] = []
        for path in paths {
            let answers = [right, learnt].compactMap(\.self)
            ids.append(try LinkReader(path, table, id: id, answers: answers, progress: progress).read())
            if paths.count == 2, ids.count == 1 { table.firstFile = table.count }
        }
        guard table.count > 1 else {
            throw Problem(
                .invalid, "There are fewer than two rows.", next: "Give a table with rows below its first line.")
        }
        self.ids = ids
        (self.truth, labels) = (right?.truth(), learnt?.persons())
        notes = LinkInput.notes(headers, shared, right, learnt, table.places)
        if let labels { try LinkInput.needPairs(labels) }
    }

    /// The id of a record, as it stands in its file.
    func id(_ record: Int) -> UnsafeBufferPointer<UInt8> {
        let first = table.firstFile > 0 ? table.firstFile : table.count
        return record < first ? ids[0][UInt32(record) + 1] : ids[1][UInt32(record - first) + 1]
    }

    /// Whether an id stands in both files, for two rows.
    var idsMeet: Bool {
        guard ids.count == 2, let first = ids.first else { return false }
        let before = first.count
        return (1...max(1, ids[1].count)).contains { Int(first.intern(ids[1][UInt32($0)])) <= before }
    }

    static func idColumn(_ id: String?, _ columns: [String]) throws -> String {
        if let id {
            try need(id, columns, "--id")
            return id
        }
        let usual = ["id", "rec_id", "record_id", "unique_id", "row_id", "uid"]
        guard let found = columns.first(where: { usual.contains($0.lowercased()) }) else {
            throw Problem(.invalid, "No column is named like an id.", next: "Name it: --id COLUMN. \(names(columns))")
        }
        return found
    }

    private static func need(_ name: String, _ columns: [String], _ whose: String) throws {
        guard !columns.contains(name) else { return }
        let only = columns.count == 1 ? " The whole first line was read as one column: is it a table at all?" : ""
        throw Problem(.invalid, "There is no column \(name), which \(whose) names.\(only)", next: names(columns))
    }

    private static func names(_ columns: [String]) -> String { "Columns: \(columns.joined(separator: ", "))." }

    private static func unusable(_ fields: Int, _ columns: [String]) -> Problem {
        fields == 0
            ? Problem(
                .invalid, "No column could be compared.",
                next: "Say what columns hold, with --settings. \(names(columns))")
            : Problem(
                .invalid, "There are \(fields) columns to compare, and 16 is the most.",
                next: "Set the less useful ones to ignored, with --settings. \(names(columns))")
    }

    private static func guesses(
        _ path: String, _ columns: [String], _ settings: LinkageSettings, except: Set<String>
    ) throws -> [KindGuess] {
        let file = try DelimitedFile(path)
        let places = columns.compactMap { file.header.firstIndex(of: $0) }
        var sample: [[String]] = []
        while sample.count < sampled, try file.next() { sample.append(places.map { file.text($0) }) }
        return KindGuess.guesses(columns, sample: sample, except: except, known: settings.columns)
    }

    /// Weights cannot be learnt from labels that no two rows share, or that all do.
    private static func needPairs(_ labels: [Int]) throws {
        let known = labels.filter { $0 != 0 }
        let persons = Set(known).count
        guard persons > 1, persons < known.count else {
            throw Problem(
                .invalid,
                "The labels name \(persons) persons on \(known.count) rows, so nothing can be learnt from them.",
                next: "Name a column that is the same for rows of one person and differs between persons.")
        }
    }

    private static func notes(
        _ headers: [[String]], _ shared: [String], _ truth: LinkAnswers?, _ labels: LinkAnswers?,
        _ places: PostcodePlaces?
    ) -> [String] {
        let left = headers.flatMap { $0.filter { !shared.contains($0) } }
        var notes = left.isEmpty ? [] : ["Not in both files, so not compared: \(left.joined(separator: ", "))."]
        if truth?.isFebrl == true {
            notes.append("The truth is read as FEBRL writes it: rec-7-org and rec-7-dup-0 are one.")
        }
        if let labels {
            notes.append("Weights were learnt from the labels in \(labels.column).")
            if labels.column == truth?.column {
                notes.append("The truth is the same column, so how right it is here is no measure for other rows.")
            }
        }
        if let places {
            notes.append(
                "It is known where \(places.count) postcodes lie: within \(Int(places.near)) m counts as one sector, within "
                    + "\(Int(places.nearby)) m as one district. Others are compared by their letters.")
        }
        return notes
    }
}
