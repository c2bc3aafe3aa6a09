import Foundation
import Testing

/// A person who can open backups.
struct Keyholder {
    static let tool = ["/usr/bin/age-keygen", "/usr/local/bin/age-keygen"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static let missing: Comment = "age is not installed: apt-get install age"

    let identity: String
    let recipient: String

    init(_ place: Place, _ name: String = "identity") throws {
        identity = place.folder.appending(path: name).path
        let process = Process()
        process.executableURL = URL(filePath: try #require(Keyholder.tool))
        process.arguments = ["-o", identity]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let lines = try String(contentsOfFile: identity, encoding: .utf8).split(separator: "\n")
        recipient = try #require(lines.first { $0.contains("age1") }?.split(separator: " ").last.map(String.init))
    }

    /// A place with a few people in it, a backup of it and who can open that.
    static func backed(_ arguments: String...) async throws -> (Place, Keyholder, String) {
        let place = try Place()
        let holder = try Keyholder(place)
        // The first start makes the agency, and a first link.
        #expect(try await RunningServer(place.data).stop().code == 0)
        for name in ["ada", "bea", "cy"] {
            #expect(try await place.run(["user", "add", name, "--name", "Person \(name)"]).code == 0)
        }
        let file = place.folder.appending(path: "one.age").path
        let made = try await place.run(["backup", "--to", file, "--recipient", holder.recipient] + arguments)
        try #require(made.code == 0, "\(made.err)")
        return (place, holder, file)
    }
}
