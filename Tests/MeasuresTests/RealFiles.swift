import Foundation
import TestKit

/// The real files, read the plain way: one line after the other, without any of the code that is tested.
enum RealFiles {
    static let folder = SharedData.file("data/police.uk")
    static var isHere: Bool { folder.map { FileManager.default.fileExists(atPath: $0.path) } ?? false }
    static let absent = "The real files are not beside the repository (shared/data); this test is skipped."

    static func path(_ name: String) -> String { folder?.appendingPathComponent(name + ".csv.gz").path ?? "" }

    /// Each line as its fields, without the heading.
    static func rows(_ name: String) throws -> [[String]] {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path(name)]
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map { fields(String($0)) }
    }

    private static func fields(_ line: String) -> [String] {
        guard line.contains("\"") else {
            return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var (fields, field, isQuoted) = ([String](), "", false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                fields.append(field)
                field = ""
            default: field.append(character)
            }
        }
        return fields + [field]
    }

    static func district(_ lsoaName: String) -> String {
        lsoaName.split(separator: " ").dropLast().joined(separator: " ")
    }
}
