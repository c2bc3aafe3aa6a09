import Access
import ArgumentParser
import Foundation
import Kernel
import Ledger

/// No `HouseCommand`: it opens two stores, and neither may have a server.
struct MoveCommand: ParsableCommand, Sendable {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Copy all data to another place, and prove that both hold the same.",
        discussion: """
            A place is a folder, or the address of a PostgreSQL database. Stop every server of both first. The place to
            move to must be empty. Every table is copied and counted on both sides with a digest of its rows; nothing is
            changed in the place it comes from, but an entry in the log. The keys go with the data.
            """)

    struct Line: Encodable { let table: String, rows: Int, source: String, target: String, equal: Bool }

    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The place that holds the data.") var from: String
    @Option(name: .long, help: "The empty place to move them to.") var to: String

    func move(_ console: Console, from directory: URL) async throws {
        let (source, target) = (try Place(from, from: directory), try Place(to, from: directory))
        try await source.requireData()
        let house = try await OpenHouse.open(source)
        do {
            let proofs = try await move(house, into: target, console)
            try await house.close()
            try takeKeys(from: source, to: target, console)
            try report(proofs, console)
        } catch {
            try? await house.close()
            throw error
        }
    }

    private func move(_ house: OpenHouse, into target: Place, _ console: Console) async throws -> [StoreMove.Proof] {
        let ledger = Ledger(engine: try target.engine(isJob: true))
        do {
            try await house.ledger.note(
                Consultation(kind: "store", .organisation, .disclosure, about: "move of all data"), as: house.keeper)
            let move = StoreMove(from: house.ledger, to: ledger, rooms: OpenHouse.rooms)
            let proofs = try await move.run { console.advise("\($0.table): \($0.rows) rows") }
            let (here, there) = (try await house.ledger.head(), try await ledger.head())
            guard here == there else {
                throw Refusal(code: 1, message: "The logs of the two places have different roots. Move again.")
            }
            console.advise("Both logs have \(here.size) entries and the root \(here.root.hexadecimal).")
            try await ledger.close()
            return proofs
        } catch {
            try? await ledger.close()
            throw error
        }
    }

    /// What is sealed opens with the same keys there, and the log goes on under the same one.
    private func takeKeys(from source: Place, to target: Place, _ console: Console) throws {
        let files = FileManager.default
        try target.makeHome()
        for name in [KeyFile.usualName, LogKeyFile.usualName] {
            let (here, there) = (source.home.appendingPathComponent(name), target.home.appendingPathComponent(name))
            guard files.fileExists(atPath: here.path), here.path != there.path else { continue }
            guard !files.fileExists(atPath: there.path) else {
                console.advise("\(there.path) is there already and was left alone. It must be the key of this data.")
                continue
            }
            try files.copyItem(at: here, to: there)
        }
    }

    private func report(_ proofs: [StoreMove.Proof], _ console: Console) throws {
        let lines = proofs.map {
            Line(
                table: $0.source.table, rows: $0.source.rows, source: $0.source.digest, target: $0.target.digest,
                equal: $0.isEqual)
        }
        if output.json {
            try console.json(lines)
        } else {
            for line in lines { console.line("\(line.table)  \(line.rows) rows  \(line.source)  \(line.target)") }
        }
        let wrong = lines.filter { !$0.equal }.map(\.table)
        guard wrong.isEmpty else {
            throw Refusal(
                code: 1,
                message: "These tables differ: \(wrong.joined(separator: ", ")). The copy cannot be opened. Move again."
            )
        }
        if !output.json { console.line("Both places hold the same \(lines.count) tables.") }
    }
}
