public import Access
public import Kernel
public import Ledger

extension IntakeDesk {
    /// Loads a partner's file: new persons are added, those that the agency gave another content are amended, the others
    /// stay. A few hundred at a time; a load that is stopped goes on when the file is loaded again. Nobody is joined with
    /// anybody: who looks like somebody held before waits for a person's decision.
    /// - Parameter onReject: each row that is not taken, with its values as they stood.
    /// - Throws: `Problem` before anything is written when the file, its mapping or the agreement cannot be used;
    ///   `.unavailable` while another load is under way.
    public func load(
        _ file: IntakeFile, _ plan: IntakePlan, as actor: Actor,
        onReject: (Intake.Fault, [String]) throws -> Void = { _, _ in },
        progress: @Sendable (IntakeProgress) -> Void = { _ in }
    ) async throws -> Record<Intake> {
        let agreement = try await agreement(plan.agreement, of: plan.agency, as: actor)
        return try await alone(as: actor) {
            let survey = try survey(file, plan.mapping, progress)
            try survey.checkUse()
            try await remember(plan.mapping, of: plan.agency, as: actor)
            let begun = Intake(file: file.name, agency: plan.agency, agreement: agreement?.id.text)
            return try await recorded(begun, as: actor) { id, intake in
                let source = PersonSource(
                    agency: plan.agency, agreement: agreement?.id.text, until: agreement?.body.until, number: "",
                    intake: id.text, line: 0, said: [:])
                var work = IntakeWork(desk: self, actor: actor, source: source, intake: intake, today: today)
                defer { intake = work.intake }
                try await run(file, plan.mapping, survey, &work, onReject, progress)
                work.intake.notices = survey.notices
            }
        }
    }

    private func run(
        _ file: IntakeFile, _ mapping: ColumnMapping, _ survey: IntakeSurvey, _ work: inout IntakeWork,
        _ onReject: (Intake.Fault, [String]) throws -> Void, _ progress: (IntakeProgress) -> Void
    ) async throws {
        let (table, start, total) = (try file.open(), ledger.now, survey.rows)
        let reader = try IntakeReader(mapping, header: table.header, today: today)
        // The lines on which numbers stand first are known: what stood elsewhere then is a repeat now.
        var (first, rows) = (survey.first, [(IntakeRow, [String])]())
        while let line = try table.next() {
            work.intake.counts.read += 1
            do {
                rows.append((try reader.checked(line, first: &first), line.values))
            } catch let fault as IntakeReader.Fault {
                try onReject(work.intake.reject(line.number, fault.words, limits), line.values)
            }
            guard rows.count == limits.batch else { continue }
            try await settle(&rows, &work, onReject)
            progress(.loading(work.intake.counts.read, of: total, since: start, at: ledger.now))
        }
        try await settle(&rows, &work, onReject)
    }

    private func settle(
        _ rows: inout [(IntakeRow, [String])], _ work: inout IntakeWork,
        _ onReject: (Intake.Fault, [String]) throws -> Void
    ) async throws {
        try Task.checkCancellation()
        for place in try await work.keep(rows.map(\.0)) {
            let words = "You may not add or change this person. Ask a colleague to load this row"
            try onReject(work.intake.reject(rows[place].0.line, words, limits), rows[place].1)
        }
        rows.removeAll(keepingCapacity: true)
    }
}

/// A load that is under way.
struct IntakeWork {
    let desk: IntakeDesk
    let actor: Actor
    let source: PersonSource
    var intake: Intake
    let today: Day

    private enum Step {
        case create(Change)
        case amend(Change)
        case unchanged
    }

    /// - Returns: places of rows that she may not write.
    mutating func keep(_ rows: [IntakeRow]) async throws -> [Int] {
        let steps = try await steps(rows)
        do {
            try await commit(steps)
            return []
        } catch is Conflict {
            return try await keepEach(rows)
        } catch let problem as Problem where problem.code == .absent {
            return try await keepEach(rows)
        }
    }

    /// One by one: somebody wrote meanwhile, or one of them is not hers to write.
    private mutating func keepEach(_ rows: [IntakeRow]) async throws -> [Int] {
        var refused: [Int] = []
        for (place, row) in rows.enumerated() {
            do {
                try await commit(try await steps([row]))
            } catch is Conflict {
                try await commit(try await steps([row]))
            } catch let problem as Problem where problem.code == .absent {
                refused.append(place)
            }
        }
        return refused
    }

    private mutating func commit(_ steps: [Step]) async throws {
        var (changes, counts) = ([Change](), Intake.Counts())
        for step in steps {
            switch step {
            case .create(let change):
                changes.append(change)
                counts.created += 1
            case .amend(let change):
                changes.append(change)
                counts.amended += 1
            case .unchanged: counts.unchanged += 1
            }
        }
        if !changes.isEmpty { try await desk.ledger.commit(changes, as: actor) }
        intake.counts.created += counts.created
        intake.counts.amended += counts.amended
        intake.counts.unchanged += counts.unchanged
    }

    private func steps(_ rows: [IntakeRow]) async throws -> [Step] {
        let agency = source.agency
        // Compared, and shown to nobody.
        let held = try await desk.ledger.glance { reading in
            try rows.map { row in
                try RecordUpkeep.records(
                    Person.self, index: Person.sourceIndex, key: PersonSource.key(agency, row.number), reading
                ).first
            }
        }
        let drafts = try zip(rows, held).map(draft)
        // Of all at once: one look at the key for each of many thousand rows would be most of the time.
        let tags = try await desk.ledger.tags(
            ofEach: drafts.compactMap(\.self).map { ($0.person.identities, $0.id.text) })
        var (steps, next) = ([Step](), tags.makeIterator())
        for draft in drafts {
            guard var draft, let tags = next.next() else {
                steps.append(.unchanged)
                continue
            }
            draft.person.tags = tags
            steps.append(try step(draft))
        }
        return steps
    }

    /// A person as she is to stand.
    private struct Draft {
        let id: Identifier<Person>
        /// Of her record; nil for a new one.
        let version: Int?
        var person: Person
    }

    private func step(_ draft: Draft) throws -> Step {
        guard let version = draft.version else {
            return .create(try Change.create(draft.id, draft.person, owner: actor.agency))
        }
        return .amend(try Change.amend(draft.id, expecting: version, draft.person))
    }

    /// - Returns: nil where the row says what it said before.
    private func draft(_ row: IntakeRow, _ held: Record<Person>?) throws -> Draft? {
        var source = source
        (source.number, source.line) = (row.number, row.line)
        guard let held else {
            let id = desk.ledger.newIdentifier(Person.self)
            return Draft(id: id, version: nil, person: try Person(row, source, on: today).checked())
        }
        var next = held.body
        guard next.take(row, source, on: today) else { return nil }
        return Draft(id: held.id, version: held.version, person: try next.checked())
    }
}
