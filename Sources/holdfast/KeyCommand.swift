import ArgumentParser
import Foundation
import Kernel
import Ledger

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The keys of what is sealed.", subcommands: [Status.self, Rotate.self])

    struct Status: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say which keys there are and how much each holds.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions

        var needsData: Bool { true }

        struct Line: Encodable { let number: Int, made: Moment, retired: Moment?, present: Bool, records: Int }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let lines = try await house.ledger.keyUses(as: house.keeper).map { use in
                Line(
                    number: use.key.number, made: use.key.madeAt, retired: use.key.retiredAt,
                    present: use.key.isPresent, records: use.records)
            }
            if output.json { return try console.json(lines) }
            for line in lines {
                let state = line.present ? "in use" : line.retired == nil ? "being replaced" : "out of use"
                console.line(
                    "Key \(line.number), made \(LondonTime.inWords(line.made)): \(state), \(line.records) records")
            }
            guard lines.filter({ $0.retired == nil }).count > 1 else { return }
            console.line("A change of keys was not finished. Finish it: holdfast key rotate")
        }
    }

    struct Rotate: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "Make a new key and move everything sealed to it.",
            discussion: """
                Others go on working. When it is stopped, both keys open what they hold; repeat it to finish. Then keep
                a new copy of the key file, apart from the backups.
                """)

        @OptionGroup var place: PlaceOptions

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let done = try await house.ledger.rotateKeys(as: house.keeper) { progress in
                guard progress.left > 0 else { return }
                console.advise("\(progress.moved) records moved to key \(progress.number), \(progress.left) left")
            }
            console.line("Key \(done.number) is in use. \(done.moved) records were moved to it.")
            console.line("Now keep a new copy of the key file, apart from the backups.")
        }
    }
}
