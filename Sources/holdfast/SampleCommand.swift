import Access
import Accounts
import ArgumentParser
import Feeds
import Foundation
import Inspection
import Kernel
import Ledger
import People
import Samples

struct SampleCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Fill an empty data folder with an invented force.",
        discussion: "Everything in it is invented and marked so. The same seed gives the same force.",
        subcommands: [Assessments.self])

    @OptionGroup var place: PlaceOptions
    @Option(name: .long, help: "Which of the invented forces.") var seed: UInt64 = 1

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        guard try await isEmpty(house) else {
            guard try await house.directory.isSample() else {
                throw Problem(
                    .refused, "This folder already holds a force. Invented people are never mixed with real ones.",
                    next: "Choose an empty folder with --data.")
            }
            return console.line("The sample is already here.")
        }
        let sample = SampleForce(seed: seed)
        let first = try await house.directory.bootstrap(forceName: SampleForce.name, demo: true)
        try await seedPeople(sample, house)
        try await seedPersons(sample, house)
        try await SampleScene(house, first: first?.user.text).seed(on: LondonTime.day(of: house.ledger.now))
        try await seedFacts(sample, house, console)
        for text in try SampleForce.inspections() {
            _ = try await house.inspection.importReport(Array(text.text.utf8), fileName: text.name, as: house.keeper)
        }
        console.line("\(SampleForce.name) is ready in \(house.place.description). \(SampleForce.notice)")
    }

    private func isEmpty(_ house: OpenHouse) async throws -> Bool {
        try await house.directory.forceName() == nil
    }

    private func seedPeople(_ sample: SampleForce, _ house: OpenHouse) async throws {
        let agencies = sample.agencies.filter { $0.kind != .police }.compactMap { agency -> Seed<Agency>? in
            guard let id = Identifier<Agency>(agency.key), let kind = Agency.Kind(rawValue: agency.kind.rawValue)
            else { return nil }
            return Seed(id, Agency(name: agency.name, kind: kind))
        }
        let teams = sample.teams.compactMap { team -> Seed<Team>? in
            guard let id = Identifier<Team>(team.key), let agency = agency(team.agency, sample) else { return nil }
            return Seed(id, Team(name: team.name, agency: agency))
        }
        let users = sample.users.compactMap { user -> Seed<User>? in
            guard let id = Identifier<User>("sample-\(user.key.filter { $0 != "." })"),
                let agency = agency(user.agency, sample)
            else { return nil }
            let teams = Set(user.teams.compactMap { Identifier<Team>($0) })
            return Seed(
                id, User(name: user.name, signInName: user.key, agency: agency, roles: user.roles, teams: teams))
        }
        try await house.directory.seed(agencies: agencies, teams: teams, users: users)
    }

    /// As one of its practitioners wrote them down.
    private func seedPersons(_ sample: SampleForce, _ house: OpenHouse) async throws {
        let writer = Actor(
            user: house.keeper.user, agency: "police", roles: [.safeguardingPractitioner], purpose: .safeguarding)
        for person in sample.persons { _ = try await house.people.create(self.person(person, "police"), as: writer) }
        for twin in sample.twins {
            let partner = Actor(
                user: house.keeper.user, agency: twin.agency, roles: [.partnerPractitioner], purpose: .safeguarding)
            let id = try await house.people.create(person(twin.person, twin.agency), as: partner)
            // So that a match with the force's own record is in its queue.
            _ = try await house.people.disclose(
                .init(
                    recipient: "police", fields: Set(FieldClass.allCases), basis: "crime-disorder-115",
                    words: "A meeting about her safety", until: nil), of: id, expecting: 1, as: partner)
        }
    }

    private func person(_ person: SamplePerson, _ agency: String) -> Person {
        let names =
            [KnownName(given: person.given, family: person.family)]
            + (person.alias.map { [KnownName(given: $0, family: person.family, use: .alias)] } ?? [])
        return Person(
            names: names, born: PartialDate(person.born),
            sex: RecordedSex(person.isFemale ? .female : .male, recordedBy: agency),
            addresses: [PersonAddress(lines: person.address, postcode: person.postcode)],
            phones: [person.phone].filter { !$0.isEmpty }, warnings: person.warning.map { [Warning($0)] } ?? [])
    }

    /// The force of a store is the agency `police`, whatever it is called.
    private func agency(_ key: String, _ sample: SampleForce) -> Identifier<Agency>? {
        let isPolice = sample.agencies.contains { $0.key == key && $0.kind == .police }
        return Identifier(isPolice ? "police" : key)
    }

    private func seedFacts(_ sample: SampleForce, _ house: OpenHouse, _ console: Console) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try sample.eachFile { file in
            try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
        }
        let populations = folder.appendingPathComponent(sample.populations.name)
        let tables = [ImportInput(path: populations.path, name: sample.populations.name)]
        try Data(sample.populations.bytes).write(to: populations)
        _ = try await house.feeds.importReference(tables, as: house.keeper)
        try FileManager.default.removeItem(at: populations)
        try await house.feeds.place(sample.areas.map(placement), as: house.keeper)
        let progress = ProgressLine(console)
        let report = try await house.feeds.importFiles(
            [ImportInput(path: folder.path, name: "sample")], as: house.keeper, progress: progress.show)
        progress.end()
        guard report.isComplete else { throw Problem(.failed, "The sample could not be loaded whole.") }
    }

    private func placement(_ area: SampleArea) -> AreaPlacement {
        AreaPlacement(
            code: area.code, kind: area.kind.rawValue, vintage: area.vintage, name: area.name, ward: area.ward,
            district: area.district, force: area.force)
    }
}
