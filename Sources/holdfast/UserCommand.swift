import Access
import Accounts
import ArgumentParser
import Foundation
import Kernel
import Ledger

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "People who can sign in.",
        subcommands: [List.self, Add.self, Link.self, Disable.self])

    struct Person: Encodable {
        let id: String, name: String, signInName: String, agency: String, roles: [String], active: Bool
    }

    struct List: HouseCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List people.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let now = house.ledger.now
            let people = try await house.directory.users(limit: 500, as: house.keeper).records.map { record in
                Person(
                    id: record.id.text, name: record.body.name, signInName: record.body.signInName,
                    agency: record.body.agency.text, roles: record.body.roles.map(\.rawValue).sorted(),
                    active: record.body.isActive(at: now))
            }
            if output.json { return try console.json(people) }
            for person in people {
                console.line(
                    "\(person.signInName)  \(person.name), \(person.agency): \(person.roles.joined(separator: ", "))"
                        + (person.active ? "" : " (access ended)"))
            }
        }
    }

    struct Add: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a person and print a one-time link for her.",
            discussion: "Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The name she signs in with.") var signInName: String
        @Option(name: .long, help: "Her full name.") var name: String
        @Option(name: .long, help: "Her agency's short name.") var agency: String = "police"
        @Option(name: .long, help: "A role. May be repeated.") var role: [String] = []

        func validate() throws {
            for name in role where Role(rawValue: name) == nil {
                throw ValidationError("\(name) is no role. See holdfast user add --help.")
            }
        }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            guard let agency = Identifier<Agency>(agency) else {
                throw Problem(.invalid, "There is no agency \(agency).")
            }
            let user = User(
                name: name, signInName: signInName, agency: agency, roles: Set(role.compactMap { Role(rawValue: $0) }))
            let id = try await house.directory.create(user, as: house.keeper)
            try await LinkLine.print(id, house, console)
        }
    }

    struct Link: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "link", abstract: "Print a new one-time link for a person. Older links stop.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The name she signs in with.") var signInName: String

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            try await LinkLine.print(try await LinkLine.find(signInName, house).id, house, console)
        }
    }

    struct Disable: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable", abstract: "End a person's access at once.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The name she signs in with.") var signInName: String
        @Option(name: .long, help: "Why. It is kept.") var reason: String

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let record = try await LinkLine.find(signInName, house)
            try await house.directory.disable(
                record.id, expecting: record.version, because: reason, as: house.keeper)
            console.line("\(signInName) can no longer sign in.")
        }
    }
}

enum LinkLine {
    static func find(_ name: String, _ house: OpenHouse) async throws -> Record<User> {
        guard let record = try await house.directory.user(signInName: name, as: house.keeper) else {
            throw Problem(.absent, "Nobody signs in as \(name).", next: "See who does: holdfast user list")
        }
        return record
    }

    static func print(_ id: Identifier<User>, _ house: OpenHouse, _ console: Console) async throws {
        let link = try await house.signIn.issueLink(for: id, as: house.keeper)
        console.line(
            "One-time link, valid until \(LondonTime.inWords(link.expires)): add it to the address of the site:")
        console.line("/link/\(link.token.text)")
    }
}
