import Foundation
import Kernel
import Ledger
import People
import Yams

#if canImport(Glibc)
import Glibc
#endif

/// What a load, or a preview of one, says.
struct IntakeWriting {
    let console: Console
    let isJSON: Bool

    private struct Preview: Encodable {
        let rows: Int, rejected: Int, columns: [ColumnMapping.Column], notices: [String], faults: [Intake.Fault]
    }

    private struct Result: Encodable {
        let id: String, state: String, read: Int, created: Int, amended: Int, unchanged: Int, rejected: Int
        let notices: [String], faults: [Intake.Fault]
    }

    func show(_ survey: IntakeSurvey, _ mapping: ColumnMapping) throws {
        if isJSON {
            return try console.json(
                Preview(
                    rows: survey.rows, rejected: survey.rejected, columns: mapping.columns, notices: survey.notices,
                    faults: Array(survey.faults.prefix(100))))
        }
        console.line(
            "\(survey.form): \(survey.rows) rows, \(survey.rejected) that cannot be used. Nothing was written.")
        for sample in survey.samples {
            let person = sample.person
            let numbers = person.identifiers.map { "\($0.scheme) \($0.value)" }.joined(separator: ", ")
            let parts: [String?] = [
                person.name, person.born.map { "born \($0.words)" }, person.addresses.last?.postcode, numbers,
            ]
            console.line(
                "  line \(sample.line)  \(sample.number)  "
                    + parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  "))
        }
        notes(survey.notices, survey.faults)
    }

    func show(_ record: Record<Intake>) throws {
        let (intake, counts) = (record.body, record.body.counts)
        if isJSON {
            return try console.json(
                Result(
                    id: record.id.text, state: intake.state.rawValue, read: counts.read, created: counts.created,
                    amended: counts.amended, unchanged: counts.unchanged, rejected: counts.rejected,
                    notices: intake.notices, faults: intake.faults))
        }
        console.line(
            "\(counts.read) rows read: \(counts.created) persons added, \(counts.amended) changed, "
                + "\(counts.unchanged) as they were, \(counts.rejected) rejected.")
        if counts.created > 0 {
            console.line(
                "Nobody was joined with anybody. Those who look like somebody held before come to the queue of matches."
            )
        }
        notes(intake.notices, intake.faults)
    }

    func notes(_ notices: [String], _ faults: [Intake.Fault]) {
        for notice in notices { console.line(notice) }
        for fault in faults.prefix(20) { console.line("  line \(fault.line): \(fault.words)") }
        if faults.count > 20 { console.line("  … Name a file with --rejects for all of them.") }
    }
}

/// Rows that were not taken, for whoever sent the file. Nobody else may read it, and nothing is written over.
final class RejectsFile {
    private let handle: Int32

    init(_ target: URL) throws {
        handle = open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw Problem(
                .refused, "The file \(target.path) cannot be made, or is there already.",
                next: "Name another with --rejects.")
        }
        try put(CSVWriter.line(["Line", "Reason", "Row"]))
    }

    func write(_ fault: Intake.Fault, _ values: [String]) throws {
        try put(CSVWriter.line([String(fault.line), fault.words] + values))
    }

    func close() throws {
        guard Glibc.close(handle) == 0 else {
            throw Problem(.failed, "The file of rejected rows could not be written.")
        }
    }

    private func put(_ text: String) throws {
        guard StandardOutput.put(text, handle) == nil else {
            throw Problem(.failed, "The file of rejected rows could not be written.", next: "Make room and repeat.")
        }
    }
}

/// A mapping in YAML.
enum MappingFile {
    private static let most = 1 << 20

    static func read(_ path: String) throws -> ColumnMapping {
        let fields = ColumnMapping.Field.allCases.map(\.rawValue).joined(separator: ", ")
        return try read(path, next: "Write columns: as a list of {column: …, field: …}. Fields: \(fields).")
    }

    /// - Parameter next: what whoever wrote a wrong one can do.
    static func read<Mapping: Decodable>(_ path: String, next: String) throws -> Mapping {
        guard let data = FileManager.default.contents(atPath: path), data.count <= most else {
            throw Problem(.absent, "The mapping \(path) cannot be read.", next: "Give a file of at most 1 MiB.")
        }
        do {
            return try YAMLDecoder().decode(Mapping.self, from: String(decoding: data, as: UTF8.self))
        } catch {
            throw Problem(
                .invalid, "The mapping cannot be used: \(String(describing: error).prefix(200)).", next: next)
        }
    }

    static func words(_ column: ColumnMapping.Column) -> String {
        column.scheme.map { "\(column.field.rawValue) of \($0)" } ?? column.field.rawValue
    }
}
