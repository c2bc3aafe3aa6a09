import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("Agencies, teams and users", .onEveryEngine)
struct DirectoryTests {
    private func user(_ name: String, _ signInName: String, _ roles: Set<Role> = []) throws -> User {
        User(name: name, signInName: signInName, agency: try #require(Identifier("police")), roles: roles)
    }

    private func fields(_ problem: Problem?) -> [String] { problem?.fields.map(\.name) ?? [] }

    @Test("The first start makes the police agency and a first administrator")
    func founded() async throws {
        try await Desk.open { desk in
            let agencies = try await desk.directory.agencies(as: desk.command)
            #expect(agencies.map(\.body) == [Agency(name: "Anytown Constabulary", kind: .police)])
            #expect(agencies.map(\.id.text) == ["police"])
            let users = try await desk.directory.users(as: desk.command).records
            #expect(users.map(\.body.signInName) == ["administrator"] && users.map(\.id) == [desk.administrator])
        }
    }

    @Test("Two people cannot sign in with one name, whatever its case, even when created at the same time")
    func duplicates() async throws {
        try await Desk.open { desk in
            try await desk.directory.create(try user("Noor", "noor"), as: desk.command)
            let twice = await problem { try await desk.directory.create(try user("Other", " NOOR "), as: desk.command) }
            #expect(fields(twice) == ["signInName"])
            let body = try user("Sam", "sam")
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { (try? await desk.directory.create(body, as: desk.command)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
        }
    }

    @Test("A name given up by one person may be taken by another")
    func renamed() async throws {
        try await Desk.open { desk in
            let id = try await desk.directory.create(try user("Noor", "noor"), as: desk.command)
            try await desk.directory.amend(id, expecting: 1, try user("Noor", "noor.2"), as: desk.command)
            try await desk.directory.create(try user("Other", "noor"), as: desk.command)
            #expect(try await desk.directory.user(signInName: "Noor.2", as: desk.command)?.id == id)
            let back = await problem {
                try await desk.directory.amend(id, expecting: 2, try user("Noor", "noor"), as: desk.command)
            }
            #expect(fields(back) == ["signInName"])
        }
    }

    @Test("What is wrong is said for each field")
    func fieldErrors() async throws {
        try await Desk.open { desk in
            var body = try user("  ", "a b/c")
            body.activeFrom = Day(year: 2026, month: 2, day: 2)
            body.activeUntil = Day(year: 2026, month: 2, day: 1)
            let wrong = await problem { try await desk.directory.create(body, as: desk.command) }
            #expect(fields(wrong) == ["name", "signInName", "activeUntil"])
            let nowhere = User(
                name: "Noor", signInName: "noor", agency: try #require(Identifier("moon")), roles: [],
                teams: [try #require(Identifier("no-team"))])
            #expect(
                fields(await problem { try await desk.directory.create(nowhere, as: desk.command) })
                    == ["agency", "teams"])
            #expect(
                fields(await problem { _ = try user("a\u{202E}b", "аdmin").checked(for: desk.administrator) }) == [
                    "name", "signInName",
                ])
            let slug = await problem {
                try await desk.directory.create(Agency(name: "X", kind: .health), id: "Bad Id", as: desk.command)
            }
            #expect(fields(slug) == ["id"])
            let taken = await problem {
                try await desk.directory.create(Agency(name: "X", kind: .health), id: "police", as: desk.command)
            }
            #expect(fields(taken) == ["id"])
        }
    }

    @Test("A person may change her own name and nothing else of herself")
    func ownAccount() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            let actor = try #require(try await desk.signIn.session(token: noor.session.token)).actor(for: .analysis)
            var body = try await desk.directory.user(noor.id, as: actor).body
            body.name = "Noor Other"
            try await desk.directory.amend(noor.id, expecting: 1, body, as: actor)
            var changes: [User] = []
            for change in [
                { $0.roles = [.administrator] }, { $0.signInName = "boss" }, { $0.activeUntil = Day("2040-01-01") },
            ] as [(inout User) -> Void] {
                var wanted = body
                change(&wanted)
                changes.append(wanted)
            }
            for wanted in changes {
                let refused = await problem {
                    try await desk.directory.amend(noor.id, expecting: 2, wanted, as: actor)
                }
                #expect(refused?.code == .refused)
            }
            await #expect(throws: Problem.absent) {
                try await desk.directory.amend(desk.administrator, expecting: 1, body, as: actor)
            }
            await #expect(throws: Problem.absent) {
                try await desk.directory.disable(desk.administrator, expecting: 1, because: "x", as: actor)
            }
            await #expect(throws: Problem.absent) {
                try await desk.directory.create(try user("New", "new"), as: actor)
            }
            #expect(try await desk.directory.users(as: actor).records.map(\.id) == [noor.id])
        }
    }

    @Test("Somebody stays administrator")
    func lastAdministrator() async throws {
        try await Desk.open { desk in
            var body = try await desk.directory.user(desk.administrator, as: desk.command).body
            body.roles = [.analyst]
            #expect(
                await problem {
                    try await desk.directory.amend(desk.administrator, expecting: 1, body, as: desk.command)
                } == DirectoryProblem.lastAdministrator)
            #expect(
                await problem {
                    try await desk.directory.disable(
                        desk.administrator, expecting: 1, because: "x", as: desk.command)
                } == DirectoryProblem.lastAdministrator)
            try await desk.directory.create(try user("Noor", "noor", [.administrator]), as: desk.command)
            try await desk.directory.amend(desk.administrator, expecting: 1, body, as: desk.command)
        }
    }

    @Test("Two administrators who change one account at once are both shown what the other did")
    func conflict() async throws {
        try await Desk.open { desk in
            let id = try await desk.directory.create(try user("Noor", "noor"), as: desk.command)
            try await desk.directory.amend(id, expecting: 1, try user("Noor A", "noor"), as: desk.command)
            let conflict = await #expect(throws: Conflict.self) {
                try await desk.directory.amend(id, expecting: 1, try user("Noor B", "noor"), as: desk.command)
            }
            let bodies = try conflict?.bodies(User.self)
            #expect(bodies?.base?.name == "Noor" && bodies?.stored.name == "Noor A" && bodies?.sent.name == "Noor B")
        }
    }

    @Test("Every signed-in person may read the names of an agency's people, sorted")
    func names() async throws {
        try await Desk.open { desk in
            let zed = try await desk.directory.create(try user("Zed", "zed"), as: desk.command)
            try await desk.directory.create(try user("Ann", "ann"), as: desk.command)
            let police = try #require(Identifier<Agency>("police"))
            let partner = TestActor.partner([])
            #expect(
                try await desk.directory.names(of: police, as: partner).map(\.name)
                    == ["Ann", "First administrator", "Zed"])
            let some = try await desk.directory.names([zed.text, "command-root", "Not An Id"], as: partner)
            #expect(some.mapValues(\.name) == [zed.text: "Zed"])
        }
    }

    @Test("A sample's people are put in once, with the ids they were given")
    func seeding() async throws {
        try await Desk.open(demo: true) { desk in
            let housing = try #require(Identifier<Agency>("housing"))
            let team = try #require(Identifier<Team>("housing-east"))
            let ola = try #require(Identifier<User>("ola"))
            let user = User(name: "Ola Sample", signInName: "ola", agency: housing, roles: [], teams: [team])
            for _ in 0..<2 {
                try await desk.directory.seed(
                    agencies: [Seed(housing, Agency(name: "Anytown Housing", kind: .housing))],
                    teams: [Seed(team, Team(name: "East", agency: housing))], users: [Seed(ola, user)])
            }
            #expect(try await desk.directory.members(of: team, as: desk.command).map(\.id) == [ola])
            #expect(try await desk.directory.teams(of: housing, as: desk.command).map(\.version) == [1])
            #expect(try await desk.directory.user(ola, as: desk.command).owner == "housing")
        }
    }
}
