import ArgumentParser
import Foundation
import Kernel
import Ledger
import StorePostgres
import StoreSQLite

/// Where the data is: a folder of this machine, or a PostgreSQL cluster that several machines share.
enum Place: Sendable {
    case folder(URL)
    case cluster(PostgresAddress)

    init(_ text: String, from directory: URL) throws {
        if PostgresAddress.isOne(text) {
            self = .cluster(try PostgresAddress(text))
        } else {
            self = .folder(URL(fileURLWithPath: text, relativeTo: directory).absoluteURL)
        }
    }

    /// For people; an address never holds a password.
    var description: String {
        switch self {
        case .folder(let folder): folder.path
        case .cluster(let address): address.description
        }
    }

    /// - Parameter isJob: A job of the command may take hours where a page may not.
    func engine(isJob: Bool) throws -> any Engine {
        switch self {
        case .folder(let folder): try SQLiteEngine(folder: folder)
        case .cluster(let address): PostgresEngine(address, readers: 4, limits: isJob ? .job : PostgresLimits())
        }
    }

    /// What must not lie in the store, its keys above all: the data folder itself, or beside a cluster the folder that
    /// HOLDFAST_HOME names, `holdfast-home` unless it does. Every machine that serves the cluster has the same.
    var home: URL {
        switch self {
        case .folder(let folder): return folder
        case .cluster:
            let named = ProcessInfo.processInfo.environment["HOLDFAST_HOME"] ?? ""
            return URL(fileURLWithPath: named.isEmpty ? "holdfast-home" : named, isDirectory: true).absoluteURL
        }
    }

    func makeHome() throws {
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// A place named by mistake is said, not made.
    func requireData() async throws {
        switch self {
        case .folder(let folder):
            if SQLiteEngine.holdsData(folder) { return }
        case .cluster(let address):
            let engine = PostgresEngine(address, readers: 1)
            let holdsData = try await engine.holdsData()
            try await engine.close()
            if holdsData { return }
        }
        throw Problem(
            .absent, "There is no data in \(description).", next: "Name the place with --data or HOLDFAST_DATA.")
    }
}

struct PlaceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Where the data is: a folder, or postgresql://user@host1,host2/name. Default: HOLDFAST_DATA, or ./data.")
    var data: String?

    func place(from directory: URL) throws -> Place {
        try Place(data ?? ProcessInfo.processInfo.environment["HOLDFAST_DATA"] ?? "data", from: directory)
    }
}
