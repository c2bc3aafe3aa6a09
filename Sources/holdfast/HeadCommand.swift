import Accounts
import ArgumentParser
import Foundation
import Kernel
import Ledger

struct HeadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Signed heads of the log, and the keys of partners who countersign them.",
        discussion: """
            A head says how long the log is and gives one hash over all of it. A partner agency that keeps a head can
            show later that nothing before it was changed. The server signs one each minute while the log grows.
            """,
        subcommands: [
            Show.self, Sign.self, LogKey.self, Key.self, Trust.self, Distrust.self, Witnesses.self,
            CountersignCommand.self,
        ])

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a signed head, with the signatures under it.")

        @OptionGroup var place: PlaceOptions
        @Option(name: .long, help: "That of a log of so many entries; the last one unless named.") var size: Int64?

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            guard let head = try await house.ledger.publishedHead(size: size) else {
                throw Problem(.absent, "There is no such head.", next: "Sign one: holdfast head sign")
            }
            console.out(head.note.text)
        }
    }

    struct Sign: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign", abstract: "Sign the log as it stands, and print the head.")

        @OptionGroup var place: PlaceOptions

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let signer = try LogKeyFile(house.folder).readOrMake()
            let signed = try await house.ledger.signHead(with: signer)
            let last = try await house.ledger.publishedHead()
            guard let head = signed ?? last else {
                throw Problem(.absent, "The log is empty.", next: "There is nothing to sign yet.")
            }
            if signed == nil { console.advise("The log has not grown since its last head.") }
            console.out(head.note.text)
        }
    }

    struct LogKey: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "log-key", abstract: "Print the public key of the log, made where there is none.")

        @OptionGroup var place: PlaceOptions
        @Option(name: .long, help: "What a new key is called, like holdfast.example/log.") var name: String?

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let key = try LogKeyFile(house.folder).readOrMake(name: name).key
            if let name, key.name != name {
                throw Problem(
                    .refused, "The log has a key already: \(key.name).", next: "See docs/operations.md for a new one.")
            }
            console.line(key.text)
        }
    }

    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key", abstract: "Make a partner's key for countersigning, and print its public half.",
            discussion: "NAME is like an address: council.example/holdfast. FILE is made and read by its owner alone.")

        @Argument(help: "What the key is called.") var name: String
        @Argument(help: "Where the private half is kept.") var file: String

        func run() throws {
            let signer = try NoteSigner(name: name, kind: .countersignature, seed: Ledger.systemRandom(32))
            try PrivateFile.write(signer.text + "\n", to: URL(fileURLWithPath: file))
            Console.terminal.line(signer.key.text)
        }
    }

    struct Trust: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "trust", abstract: "Take countersignatures made with a partner agency's key.")

        @OptionGroup var place: PlaceOptions
        @Option(name: .long, help: "The agency's short name.") var agency: String
        @Option(name: .long, help: "Its public key, as holdfast head key printed it.") var key: String

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            guard try await house.directory.agencies(as: house.keeper).contains(where: { $0.id.text == agency }) else {
                throw Problem(.invalid, "There is no agency \(agency).", next: "Add it on the page for agencies.")
            }
            try await house.ledger.trust(key, of: agency, as: house.keeper)
            console.line("Countersignatures by this key of \(agency) are taken from now on.")
        }
    }

    struct Distrust: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "distrust", abstract: "Take no more countersignatures made with a key. Those made stay.")

        @OptionGroup var place: PlaceOptions
        @Option(name: .long, help: "The public key.") var key: String

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            try await house.ledger.distrust(key, as: house.keeper)
            console.line("No countersignature by this key is taken any more.")
        }
    }

    struct Witnesses: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "witnesses", abstract: "List the keys of partner agencies.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions

        struct Witness: Encodable { let agency: String, key: String, trusted: Bool }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let witnesses = try await house.ledger.witnesses(as: house.keeper).map {
                Witness(agency: $0.body.agency, key: $0.body.key, trusted: !$0.body.isWithdrawn)
            }
            if output.json { return try console.json(witnesses) }
            for witness in witnesses {
                console.line("\(witness.agency)  \(witness.key)\(witness.trusted ? "" : " (no longer taken)")")
            }
        }
    }
}
