import Foundation

/// Real, openly licensed data that are not part of the project. Absent on most machines: the tests then say so.
enum SharedData {
    static let absence = "skipped: no shared/data beside the repository (or in HOLDFAST_SHARED)"

    static let root: URL? = {
        var candidates: [URL] = []
        if let named = ProcessInfo.processInfo.environment["HOLDFAST_SHARED"] {
            candidates += [URL(fileURLWithPath: named), URL(fileURLWithPath: named).appendingPathComponent("data")]
        }
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            candidates.append(folder.appendingPathComponent("../shared/data").standardized)
            folder.deleteLastPathComponent()
        }
        return candidates.first {
            FileManager.default.fileExists(atPath: $0.appendingPathComponent("inspection").path)
        }
    }()

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let root else { return [] }
        return try [UInt8](Data(contentsOf: root.appendingPathComponent(path)))
    }
}
