import Access
import ArgumentParser
import Foundation
import Kernel
import Ledger
import People

struct ImportAgreement: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "Enter, change or end an agreement by which a partner shares persons, or list those held.",
        discussion: """
            What came under an agreement is erased in the night after its last day, and the log says so. With --id the
            agreement named is changed: its title, its law or its last day, which then holds for all who came by it.
            With --id and --end today is its last day.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The agency that shares: its identifier or its name.") var agency: String?
    @Option(name: .long, help: "What the agreement is called. Without it, those held are listed.") var title: String?
    @Option(name: .long, help: "The law that allows it, such as crime-disorder-115 or children-47.") var basis: String?
    @Option(name: .long, help: "The last day on which what came by it may be held: 2027-03-31.") var until: String?
    @Option(name: .long, help: "An agreement that is held, to change or end it: its identifier or title.")
    var id: String?
    @Option(name: .long, help: "Why the agreement named by --id ends today.") var end: String?

    struct Line: Encodable {
        let id: String, agency: String, title: String, basis: String, until: String, ended: String?

        init(_ record: Record<SharingAgreement>) {
            (id, agency, title) = (record.id.text, record.body.agency, record.body.title)
            (basis, until, ended) = (record.body.basis, record.body.until.description, record.body.endedBecause)
        }
    }

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        let (desk, actor) = (IntakeDesk(people: house.people), house.loader)
        if let id { return try await change(try await desk.agreement(named: id, as: actor), desk, console, as: actor) }
        if let title {
            let names = try await PartnerNames(house)
            let id = try await desk.agree(
                .init(
                    agency: try agency.map(names.agency) ?? "", title: title, basis: basis ?? "",
                    until: until.flatMap { Day($0) }), as: actor)
            return output.json ? try console.json(["id": id.text]) : console.line("The agreement is entered: \(id).")
        }
        let lines = try await desk.agreements(as: actor).map(Line.init)
        if output.json { return try console.json(lines) }
        for line in lines {
            let ended = line.ended.map { "  ended: \($0)" } ?? ""
            console.line("\(line.until)  \(line.agency)  \(line.title)  \(line.id)\(ended)")
        }
        if lines.isEmpty { console.line("No agreement is entered.") }
    }

    private func change(
        _ held: Record<SharingAgreement>, _ desk: IntakeDesk, _ console: Console, as actor: Actor
    ) async throws {
        if let end {
            try await desk.end(held.id, expecting: held.version, because: end, as: actor)
        } else {
            let body = held.body
            let draft = SharingAgreement.Draft(
                agency: body.agency, title: title ?? body.title, basis: basis ?? body.basis,
                until: until.map { Day($0) } ?? body.until)
            try await desk.change(held.id, expecting: held.version, draft, as: actor)
        }
        guard let carried = try await desk.carry() else {
            throw Problem(
                .unavailable, "The agreement is changed. Another carries its day on to the persons now.",
                next: "Nothing more is to be done: at the latest the night does the rest.")
        }
        let now = Line(try await desk.agreement(held.id, as: actor))
        if output.json { return try console.json(now) }
        console.line("The last day of “\(now.title)” is \(now.until). It holds for \(carried) persons who came by it.")
    }
}

extension IntakeDesk {
    /// The latest with this identifier or title.
    func agreement(named name: String, as actor: Actor) async throws -> Record<SharingAgreement> {
        let held = try await agreements(as: actor)
        let found = held.filter { $0.id.text == name || $0.body.title.lowercased() == name.lowercased() }
        guard let one = found.last else {
            throw Problem(
                .absent, "There is no agreement “\(name)”.",
                next: "Enter it with: holdfast import agreement. Without a title it lists those there are.")
        }
        return one
    }
}
