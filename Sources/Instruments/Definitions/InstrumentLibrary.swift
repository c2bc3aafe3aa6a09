public import Foundation
import Kernel
import Reference

/// Every instrument with the rules that read its answers: what raises a concern, and what quality is.
public struct InstrumentLibrary: Sendable {
    public let shelf: InstrumentShelf
    public let concerns: ConcernRules
    public let quality: QualityRules

    static let concernsFile = "concerns.yaml"
    static let qualityFile = "quality.yaml"
    /// Files of a folder that hold rules and no instrument.
    static let ruleFiles: Set<String> = [concernsFile, qualityFile]

    /// Those that come with the house.
    /// - Throws: `DefinitionMistakes`.
    public static func bundled() throws -> InstrumentLibrary {
        InstrumentLibrary(shelf: try .bundled(), concerns: try .bundled(), quality: try .bundled())
    }

    /// Those that come with the house, with the files of a folder: instruments are added to ours, and `concerns.yaml`
    /// and `quality.yaml`, where they are there, take the place of ours.
    ///
    /// - Throws: `DefinitionMistakes` with all mistakes of all files; `Problem` when the folder cannot be read.
    public static func bundled(with folder: URL) throws -> InstrumentLibrary {
        var mistakes: [ReferenceError] = []
        func reading<Value>(_ read: () throws -> Value) throws -> Value? {
            do { return try read() } catch let error as DefinitionMistakes {
                mistakes += error.mistakes
            } catch let error as ReferenceError {
                mistakes.append(error)
            }
            return nil
        }
        let shelf = try reading { try InstrumentShelf.bundled(with: folder) }
        let concerns = try reading {
            try text(concernsFile, in: folder).map { try ConcernRules(yaml: $0, name: concernsFile) } ?? .bundled()
        }
        let quality = try reading {
            try text(qualityFile, in: folder).map { try QualityRules(yaml: $0, name: qualityFile) } ?? .bundled()
        }
        guard mistakes.isEmpty, let shelf, let concerns, let quality else { throw DefinitionMistakes(mistakes) }
        return InstrumentLibrary(shelf: shelf, concerns: concerns, quality: quality)
    }

    /// Checks one file, whichever kind its name says it is; nil for rules.
    /// - Throws: `DefinitionMistakes`.
    public static func check(_ text: String, name: String) throws -> InstrumentVersion? {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        do {
            switch last {
            case concernsFile: _ = try ConcernRules(yaml: text, name: name)
            case qualityFile: _ = try QualityRules(yaml: text, name: name)
            default: return try InstrumentShelf.check(text, name: name)
            }
        } catch let error as ReferenceError {
            throw DefinitionMistakes([error])
        }
        return nil
    }

    private static func text(_ name: String, in folder: URL) throws -> String? {
        let file = folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw ReferenceError(file: name, line: 1, message: "This is not text in UTF-8.")
        }
        return text
    }
}
