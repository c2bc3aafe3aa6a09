import Foundation
import Kernel
import Linkage
import Yams

/// Settings of `holdfast link`, from YAML that the analyst wrote.
enum LinkSettingsFile {
    private struct Written: Decodable {
        let columns: [String: String]?
        let rules: [[String]]?
        let threshold: Double?
        let pairsFrom: Double?
        let seed: UInt64?
        let sample: Int?
        let pairsPerRecord: Int?
        let labels: String?
        let postcodes: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case columns, rules, threshold, seed, sample, labels, postcodes
            case pairsFrom = "pairs-from"
            case pairsPerRecord = "pairs-per-record"
        }
    }

    private static let most = 1 << 20

    static func read(_ path: String) throws -> LinkageSettings {
        guard let data = FileManager.default.contents(atPath: path), data.count <= most else {
            throw Problem(.absent, "The settings \(path) cannot be read.", next: "Give a file of at most 1 MiB.")
        }
        return try settings(String(decoding: data, as: UTF8.self))
    }

    static func settings(_ text: String) throws -> LinkageSettings {
        let names = try known(text)
        for name in names where !Written.CodingKeys.allCases.map(\.rawValue).contains(name) {
            throw refused("it has no setting named \(name)")
        }
        do {
            return try settings(YAMLDecoder().decode(Written.self, from: text))
        } catch let error as DecodingError {
            throw refused(String(describing: error).prefix(200))
        }
    }

    private static func known(_ text: String) throws -> [String] {
        do {
            return try Yams.compose(yaml: text)?.mapping?.keys.compactMap(\.string) ?? []
        } catch {
            throw refused("\(error)".prefix(200))
        }
    }

    private static func settings(_ written: Written) throws -> LinkageSettings {
        var settings = LinkageSettings()
        for (column, name) in written.columns ?? [:] {
            guard let kind = FieldKind(rawValue: name) else {
                throw refused("\(column) has the kind \(name), which is none")
            }
            settings.columns[column] = kind
        }
        settings.rules = written.rules ?? []
        settings.threshold = written.threshold ?? settings.threshold
        settings.pairsFrom = written.pairsFrom ?? settings.pairsFrom
        settings.seed = written.seed ?? settings.seed
        settings.sample = written.sample ?? settings.sample
        settings.pairsPerRecord = written.pairsPerRecord ?? settings.pairsPerRecord
        (settings.labels, settings.postcodes) = (written.labels, written.postcodes)
        let isProbable = [settings.threshold, settings.pairsFrom].allSatisfy { $0 > 0 && $0 < 1 }
        guard isProbable else { throw refused("threshold and pairs-from lie between 0 and 1") }
        guard settings.sample >= 1000, settings.pairsPerRecord >= 1 else {
            throw refused("sample is at least 1000 and pairs-per-record at least 1")
        }
        return settings
    }

    private static func refused(_ what: some StringProtocol) -> Problem {
        let kinds = FieldKind.allCases.map(\.rawValue).joined(separator: ", ")
        return Problem(
            .invalid, "The settings cannot be used: \(what).",
            next:
                "Settings: \(Written.CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")). Kinds: \(kinds)."
        )
    }
}
