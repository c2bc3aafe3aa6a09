import Foundation
import Kernel

/// Finds the CSV files behind the paths that a person gave.
struct Discovery {
    /// In the order given; folders and zips in order of name.
    private(set) var files: [FoundFile] = []
    /// What was passed over because it is no CSV file.
    private(set) var ignored: [String] = []
    /// Files that could not be looked into, with why.
    private(set) var failures: [(path: String, problem: Problem)] = []

    /// - Throws: `Problem` when a path does not exist: nothing is loaded then.
    init(_ inputs: [ImportInput], limits: ImportLimits) throws {
        guard !inputs.isEmpty else {
            throw Problem(.invalid, "No file was given.", next: "Name a file, a folder or a zip.")
        }
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder) else {
                throw Problem(
                    .absent, "There is no file or folder “\(input.name)”.", next: "Check the path. Nothing was loaded.")
            }
            if isFolder.boolValue { folder(input, limits) } else { container(input, limits, wasNamed: true) }
        }
    }

    private mutating func folder(_ input: ImportInput, _ limits: ImportLimits) {
        let names = (FileManager.default.enumerator(atPath: input.path)?.allObjects as? [String] ?? []).sorted()
        for name in names {
            let inner = ImportInput(path: input.path + "/" + name, name: input.name + "/" + name)
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: inner.path, isDirectory: &isFolder)
            guard !isFolder.boolValue else { continue }
            let lower = name.lowercased()
            let isWanted = [".csv", ".csv.gz", ".zip"].contains { lower.hasSuffix($0) }
            if isWanted { container(inner, limits, wasNamed: false) } else { ignored.append(inner.name) }
        }
    }

    /// - Parameter wasNamed: A file that was named itself is looked at whatever its name ends in.
    private mutating func container(_ input: ImportInput, _ limits: ImportLimits, wasNamed: Bool) {
        do {
            guard try Container(path: input.path) == .zip else {
                files.append(FoundFile(container: input.path, member: 0, path: input.name))
                return
            }
            try zip(input, limits)
        } catch let problem as Problem {
            failures.append((input.name, problem))
        } catch {
            failures.append((input.name, ArchiveInput.unreadable(input.name)))
        }
    }

    private mutating func zip(_ input: ImportInput, _ limits: ImportLimits) throws {
        let archive = try ArchiveInput(path: input.path, limits: limits)
        var members: [ArchiveMember] = []
        while let member = try archive.nextMember() {
            if member.isFolder { continue }
            if member.name.lowercased().hasSuffix(".csv") {
                members.append(member)
            } else {
                ignored.append(input.name + "/" + member.name)
            }
        }
        guard !members.isEmpty else {
            throw Problem(
                .invalid, "There is no CSV file in this zip.",
                next: "Choose a zip as it was downloaded from data.police.uk.")
        }
        files += members.sorted { $0.name < $1.name }.map {
            FoundFile(container: input.path, member: $0.index, path: input.name + "/" + $0.name)
        }
    }
}
