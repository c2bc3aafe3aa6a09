import Access
import Instruments
import Kernel
import Ledger
import People

/// A load that is under way.
struct AssessmentWork {
    let house: AssessmentImport
    let actor: Actor
    let origin: IntakeOrigin
    let plan: AssessmentPlan
    let file: String
    var intake: Intake
    /// Persons with a number that is not held, and no name.
    private var bare = 0
    /// Remembered as earlier forms, and not written yet.
    private var brought: [Identifier<Assessment>] = []

    init(
        house: AssessmentImport, actor: Actor, origin: IntakeOrigin, plan: AssessmentPlan, file: String, intake: Intake
    ) {
        (self.house, self.actor, self.origin, self.plan) = (house, actor, origin, plan)
        (self.file, self.intake) = (file, intake)
    }

    var notices: [String] {
        bare == 0
            ? []
            : [
                "\(bare) persons have a number that is not held here and no name, so they are no parties. Load them with "
                    + "“import people”, then load this file again."
            ]
    }

    private enum Step {
        case write([Change], isNew: Bool)
        case unchanged
        case refused(String)
    }

    private static let forbidden =
        "You may not add or change this assessment, or name one of its persons. Ask a colleague to load this line"

    /// - Returns: places of lines that are not taken, each with the reason.
    mutating func keep(_ lines: [AssessmentLine]) async throws -> [(Int, String)] {
        guard !lines.isEmpty else { return [] }
        do {
            return try await commit(try await steps(lines))
        } catch is Conflict {
            return try await keepEach(lines)
        } catch let problem as Problem where problem.code == .absent {
            return try await keepEach(lines)
        }
    }

    private mutating func forget() async throws {
        try await house.desk.copying.forget(brought)
        brought = []
    }

    /// One by one: somebody wrote meanwhile, or one of them is not hers to write.
    private mutating func keepEach(_ lines: [AssessmentLine]) async throws -> [(Int, String)] {
        var refused: [(Int, String)] = []
        try await forget()
        for (place, line) in lines.enumerated() {
            if let words = try await keepOne(line) { refused.append((place, words)) }
        }
        return refused
    }

    /// - Returns: why it is not taken; nil where it is.
    private mutating func keepOne(_ line: AssessmentLine) async throws -> String? {
        for again in 1...4 {
            do {
                return try await commit(try await steps([line])).first?.1
            } catch let conflict as Conflict {
                try await forget()
                if again == 4 { throw conflict }
            } catch let problem as Problem where problem.code == .absent {
                try await forget()
                return AssessmentWork.forbidden
            }
        }
        return nil
    }

    private mutating func commit(_ steps: [Step]) async throws -> [(Int, String)] {
        var (changes, counts, refused) = ([Change](), Intake.Counts(), [(Int, String)]())
        for (place, step) in steps.enumerated() {
            switch step {
            case .write(let written, let isNew):
                changes += written
                if isNew { counts.created += 1 } else { counts.amended += 1 }
            case .unchanged: counts.unchanged += 1
            case .refused(let words): refused.append((place, words))
            }
        }
        if !changes.isEmpty { try await house.ledger.commit(changes, as: actor) }
        brought = []
        intake.counts.created += counts.created
        intake.counts.amended += counts.amended
        intake.counts.unchanged += counts.unchanged
        return refused
    }

    // MARK: What becomes of a line

    private mutating func steps(_ lines: [AssessmentLine]) async throws -> [Step] {
        let held = try await held(lines)
        let named = try await named(lines)
        let references = Set(lines.map(\.body.reference).filter { !$0.isEmpty })
        var occurrences =
            origin.agency == actor.agency
            ? try await house.intake.occurrences(numbered: references, of: actor.agency) : [:]
        var (steps, made) = ([Step](), Set<String>())
        for (line, held) in zip(lines, held) {
            let parties = parties(line, named)
            let digest = try line.digest()
            if let held, let before = held.body.imported {
                let isSame = before.digest == digest && held.body.parties.count >= parties.count
                guard !isSame else {
                    steps.append(.unchanged)
                    continue
                }
                guard before.version == held.version else {
                    steps.append(
                        .refused("It was worked on here after it was brought in, and the line says something else"))
                    continue
                }
            }
            var changes: [Change] = []
            for party in line.named {
                let key = party.person.number.lowercased()
                guard parties.contains(where: { $0.person == named[key]?.id }), let change = named[key]?.made,
                    made.insert(key).inserted
                else { continue }
                changes.append(change)
            }
            let occurrence = try held?.body.occurrence ?? occurrence(line, parties, &occurrences, &changes)
            changes.append(try await change(line, held, parties, occurrence, digest))
            steps.append(.write(changes, isNew: held == nil))
        }
        return steps
    }

    /// What is held of each line's number; nil where nothing is.
    private func held(_ lines: [AssessmentLine]) async throws -> [Record<Assessment>?] {
        let agency = origin.agency
        // Compared, and shown to nobody.
        return try await house.ledger.glance { reading in
            try lines.map { line in
                let key = Assessment.importedKey(agency, line.number)
                return try RecordUpkeep.records(Assessment.self, index: Assessment.importedIndex, key: key, reading)
                    .first
            }
        }
    }

    /// Persons by number; those who are only a number must be held.
    private mutating func named(
        _ lines: [AssessmentLine]
    ) async throws -> [String: (id: Identifier<Person>, made: Change?)] {
        let all = lines.flatMap(\.named)
        // A person who has a name on one line and none on another has one.
        let whole = all.filter { !$0.isBare }
        let names = Set(whole.map { $0.person.number.lowercased() })
        let only = Set(all.filter(\.isBare).map { $0.person.number.lowercased() }).subtracting(names)
        var named = try await house.intake.naming(whole.map(\.person), origin, as: actor)
        let known = try await house.intake.held(only.sorted(), origin.agency)
        for (number, id) in known { named[number] = (id, nil) }
        bare += only.count - known.count
        return named
    }

    private func parties(
        _ line: AssessmentLine, _ named: [String: (id: Identifier<Person>, made: Change?)]
    ) -> [Assessment.Party] {
        line.named.compactMap { party in
            named[party.person.number.lowercased()].map { Assessment.Party($0.id, party.capacity) }
        }
    }

    /// The agency's own of that number; else a new one, which later lines of that number name too.
    private func occurrence(
        _ line: AssessmentLine, _ parties: [Assessment.Party], _ known: inout [String: Identifier<Occurrence>],
        _ changes: inout [Change]
    ) throws -> Identifier<Occurrence> {
        let reference = line.body.reference
        if let found = known[reference] { return found }
        let id = house.ledger.newIdentifier(Occurrence.self)
        var body = Occurrence(
            what: "domestic-abuse", reference: reference, from: line.body.happened,
            summary: "Brought in with a risk assessment that was made in another system.",
            involved: parties.map {
                Involvement(
                    person: $0.person, capacity: $0.capacity, since: line.body.happened.day ?? line.body.day,
                    recordedBy: actor.user)
            })
        body.sharedUntil = origin.until
        changes.append(try .create(id, body, owner: actor.agency))
        if !reference.isEmpty { known[reference] = id }
        return id
    }

    private mutating func change(
        _ line: AssessmentLine, _ held: Record<Assessment>?, _ parties: [Assessment.Party],
        _ occurrence: Identifier<Occurrence>, _ digest: String
    ) async throws -> Change {
        let id = held?.id ?? house.ledger.newIdentifier(Assessment.self)
        let provenance = Assessment.Provenance(
            agency: origin.agency, number: line.number, file: String(file.prefix(200)), line: line.line,
            by: actor.user, at: house.ledger.now, intake: origin.intake, until: origin.until,
            saysReported: line.saysReported, isAwaited: line.isAwaited, digest: digest,
            version: (held?.version ?? 0) + 1, events: line.body.events.count)
        var body = line.body
        body.team = body.team.map { plan.teams[$0.lowercased()] ?? $0 }
        let copied = try await copied(body, id, held)
        let placed = body.placed(in: occurrence, parties, from: provenance, copied)
        guard let held else { return try .create(id, placed, owner: actor.agency) }
        return try .amend(id, expecting: held.version, placed)
    }

    /// What of it stands in earlier forms. Where its words are as they were it was found before, and what came later does
    /// not make it a copy.
    private mutating func copied(
        _ body: Assessment, _ id: Identifier<Assessment>, _ held: Record<Assessment>?
    ) async throws -> [CopiedPassage] {
        if let held, held.body.texts == body.texts { return held.body.copied }
        brought.append(id)
        return try await house.desk.copying.bringing(body, as: id)
    }
}
