public import Foundation
public import Kernel
import Reference

/// One instrument, with each version of it that is known.
public struct Instrument: Sendable, Identifiable {
    public let id: String
    /// Newest first.
    public let versions: [InstrumentVersion]

    /// The newest in which a new assessment is made on `day`.
    public func inForce(on day: Day) -> InstrumentVersion? { versions.first { $0.holds(on: day) } }
}

/// Every version of every instrument: those that come with the house, and a force's own.
///
/// A version is never taken away by a newer one: what was answered in it is read in it.
public struct InstrumentShelf: Sendable {
    /// In the order of their ids.
    public let instruments: [Instrument]
    private let byKey: [InstrumentVersion.Key: InstrumentVersion]

    /// Those that come with the house (`Reference/Instruments`).
    /// - Throws: `DefinitionMistakes`.
    public static func bundled() throws -> InstrumentShelf { try InstrumentShelf(files: try bundledFiles()) }

    /// Those that come with the house, and each `.yaml` file of `folder`.
    /// - Throws: `DefinitionMistakes` with all mistakes of all files; `Problem` when the folder cannot be read.
    public static func bundled(with folder: URL) throws -> InstrumentShelf {
        try InstrumentShelf(files: try bundledFiles() + files(in: folder))
    }

    /// - Throws: `DefinitionMistakes`: also where two files claim one version and differ.
    public init(files: [(name: String, text: String)]) throws {
        var (mistakes, held): ([ReferenceError], [InstrumentVersion.Key: (name: String, version: InstrumentVersion)]) =
            ([], [:])
        for file in files {
            do {
                let version = try InstrumentReader.read(file.text, name: file.name)
                if let other = held[version.key], other.version != version {
                    mistakes.append(InstrumentShelf.twice(version.key, file.name, other.name))
                }
                held[version.key] = held[version.key] ?? (file.name, version)
            } catch let error as DefinitionMistakes {
                mistakes += error.mistakes
            }
        }
        guard mistakes.isEmpty else { throw DefinitionMistakes(mistakes) }
        byKey = held.mapValues(\.version)
        instruments = Dictionary(grouping: byKey.values, by: \.id).map { id, versions in
            Instrument(id: id, versions: versions.sorted { ($0.from, $0.version) > ($1.from, $1.version) })
        }.sorted { $0.id < $1.id }
    }

    public func instrument(_ id: String) -> Instrument? { instruments.first { $0.id == id } }

    public func version(_ key: InstrumentVersion.Key) -> InstrumentVersion? { byKey[key] }

    public func inForce(_ id: String, on day: Day) -> InstrumentVersion? { instrument(id)?.inForce(on: day) }

    /// One file alone, as `holdfast instrument check` reads it.
    /// - Throws: `DefinitionMistakes`.
    public static func check(_ text: String, name: String) throws -> InstrumentVersion {
        try InstrumentReader.read(text, name: name)
    }

    private static func twice(_ key: InstrumentVersion.Key, _ file: String, _ other: String) -> ReferenceError {
        ReferenceError(
            file: file, line: 1,
            message: "\(key) is in “\(other)” too, and they differ. Give this one a version of its own: what was "
                + "answered in the other must read as it was asked.")
    }

    private static func bundledFiles() throws -> [(name: String, text: String)] {
        guard let folder = Bundle.module.url(forResource: "Instruments", withExtension: nil, subdirectory: "Reference")
        else {
            throw DefinitionMistakes([ReferenceError(file: "Instruments", line: 1, message: "The folder is missing.")])
        }
        return try files(in: folder)
    }

    private static func isInstrument(_ name: String) -> Bool {
        (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !InstrumentLibrary.ruleFiles.contains(name)
    }

    private static func files(in folder: URL) throws -> [(name: String, text: String)] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
            throw Problem(
                .invalid, "The folder of instruments cannot be read: \(folder.path).",
                next: "Name the right one with --instruments, or leave it out.")
        }
        return try names.filter { InstrumentShelf.isInstrument($0) }.sorted().map { name in
            guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
                throw DefinitionMistakes([ReferenceError(file: name, line: 1, message: "This is not text in UTF-8.")])
            }
            return (name, text)
        }
    }
}
