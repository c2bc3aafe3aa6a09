import Foundation

/// The files of this repository, found from where this file was compiled.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func manifest() throws -> Manifest {
        try Manifest(parsing: text("Package.swift"))
    }

    /// The files under a folder that end in `suffix`, as paths from the root, in order.
    static func files(under folder: String, suffix: String) -> [String] {
        let base = root.appending(path: folder).resolvingSymlinksInPath()
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
    }

    static func folders(in folder: String) throws -> [String] {
        let base = root.appending(path: folder).resolvingSymlinksInPath()
        return try FileManager.default.contentsOfDirectory(at: base, includingPropertiesForKeys: [.isDirectoryKey])
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent).sorted()
    }

    /// Every import in `Sources/`.
    static func imports() throws -> [Import] {
        try files(under: "Sources", suffix: ".swift").flatMap { path in
            Import.all(in: try text(path), of: path)
        }
    }
}
