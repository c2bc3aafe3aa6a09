import Accounts
import ArgumentParser
import Federation
import Foundation
import Kernel
import Logging
import Web

/// Which providers people of a force may sign in with: a file, named or in the data folder.
struct ProviderOptions: ParsableArguments {
    @Option(name: .long, help: "Whom to sign in with (OpenID Connect). Default: openid.yaml in the data folder.")
    var openid: String?

    private static let usual = "openid.yaml"

    /// - Throws: `Problem` that names every mistake of the file.
    func providers(_ house: OpenHouse, from directory: URL) throws -> ProviderSignIn {
        let file =
            openid.map { URL(fileURLWithPath: $0, relativeTo: directory).absoluteURL }
            ?? house.folder.appendingPathComponent(ProviderOptions.usual)
        guard openid != nil || FileManager.default.fileExists(atPath: file.path) else {
            return ProviderSignIn(signIn: house.signIn, directory: house.directory)
        }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw Problem(
                .absent, "The file \(file.path) cannot be read.",
                next: "Name the right one with --openid, or leave it out.")
        }
        let settings = try ProviderFile.providers(in: text, named: file.lastPathComponent) { source in
            switch source {
            case .file(let path):
                try? String(
                    contentsOf: URL(fileURLWithPath: path, relativeTo: file.deletingLastPathComponent()),
                    encoding: .utf8)
            case .environment(let name): ProcessInfo.processInfo.environment[name]
            }
        }
        let desks = settings.map { ProviderDesk($0, ProviderClient(), time: .system) }
        return ProviderSignIn(signIn: house.signIn, directory: house.directory, desks: desks)
    }

    /// A provider that does not answer now may do so later: a warning, and the house opens.
    static func warn(of providers: ProviderSignIn, _ logger: Logger) async {
        for unready in await providers.unready() {
            logger.warning(
                "a provider cannot be used yet", metadata: ["name": "\(unready.name)", "cause": "\(unready.cause)"])
        }
    }
}
