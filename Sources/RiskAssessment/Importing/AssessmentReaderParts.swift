import Instruments
import Kernel
import Ledger
import People

/// What a line says beside its answers.
extension AssessmentReader {
    func grading(
        _ cells: AssessmentCells, _ view: AssessmentView, _ officer: String, at moment: Moment
    ) throws -> Grading? {
        let (word, reason) = (try cells.word(.grade), try cells.words(.reason))
        guard !word.isEmpty else {
            guard reason.isEmpty else { throw AssessmentFault("It has a reason for a grade, and no grade") }
            return nil
        }
        guard let grade = view.grades[word] else {
            throw AssessmentFault(
                "“\(cells.name(.grade))” holds no grade of \(view.version.key). Its grades are: "
                    + "\(view.version.grades.map(\.id).joined(separator: ", ")). Say in the mapping what other words mean"
            )
        }
        return Grading(
            given: GivenGrade(grade.id, reason: reason, at: moment), label: grade.label.text, by: officer, weighed: [],
            against: "")
    }

    func circumstances(_ cells: AssessmentCells) throws -> Circumstances {
        var how = Circumstances()
        how.victimAsked = try spoken(.asked, cells)
        how.alone = try spoken(.alone, cells)
        how.childrenSeen = try spoken(.childrenSeen, cells)
        how.historyChecked = try spoken(.historyChecked, cells)
        how.channel = try choice(.channel, cells) ?? .notRecorded
        how.interpreter = try choice(.interpreter, cells) ?? .notRecorded
        (how.why, how.history) = (try cells.words(.why), try cells.words(.history))
        return how
    }

    private func spoken(_ field: AssessmentField, _ cells: AssessmentCells) throws -> Circumstances.Spoken {
        try spoken(try cells.word(field), cells.name(field))
    }

    private func spoken(_ word: String, _ column: String) throws -> Circumstances.Spoken {
        if let isYes = AssessmentCells.isYes(word) { return isYes ? .yes : .no }
        guard word.isEmpty || word == Circumstances.Spoken.notRecorded.rawValue else {
            throw AssessmentFault("“\(column)” is neither yes nor no. Say in the mapping what other words mean")
        }
        return .notRecorded
    }

    private func choice<Value: RawRepresentable & CaseIterable>(
        _ field: AssessmentField, _ cells: AssessmentCells
    ) throws -> Value? where Value.RawValue == String {
        let word = try cells.word(field)
        guard !word.isEmpty else { return nil }
        let dashed = word.split(separator: " ").joined(separator: "-")
        guard let value = Value(rawValue: dashed) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw AssessmentFault("“\(cells.name(field))” holds a word that is not known. Known are: \(known)")
        }
        return value
    }

    func response(_ cells: AssessmentCells) throws -> InitialResponse {
        var response = InitialResponse()
        response.stepsWords = try cells.words(.steps)
        for (place, column) in points {
            guard let path = AssessmentReader.told[column.question ?? ""] else { continue }
            let text = try cells.value(place, column.column)
            if column.field == .foundWords {
                response[keyPath: path].words = text
            } else {
                let word = text.utf8.count <= 40 ? text.lowercased() : "?"
                let meant = meanings[.found]?[word] ?? word
                response[keyPath: path].answer = try spoken(unknown.contains(meant) ? "" : meant, column.column)
            }
        }
        return response
    }

    private static var told: [String: WritableKeyPath<InitialResponse, InitialResponse.Told>] {
        [
            "safe-contact": \.safeContactAsked, "injuries": \.injuries, "photographs": \.photographs,
            "video": \.video, "arrest": \.arrest, "notice": \.notice, "consent": \.consent,
        ]
    }

    // MARK: Persons

    /// Whom it names. One without a number is somebody new each time: whether she is somebody held before is for a person
    /// to say.
    func named(_ line: Int, _ assessment: String, _ cells: AssessmentCells) throws -> [AssessmentLine.Named] {
        let parts: [(AssessmentField, AssessmentField, AssessmentField, RecordSubject.Capacity)] = [
            (.victim, .victimName, .victimBorn, .victim), (.suspect, .suspectName, .suspectBorn, .suspect),
        ]
        var named = try parts.compactMap { number, name, born, capacity in
            try person(
                line, try cells.text(number, most: 100), try cells.text(name), try cells.text(born, most: 100),
                capacity,
                "\(assessment) \(capacity.rawValue)")
        }
        let (numbers, names) = (try list(.children, cells), try list(.childrenNames, cells))
        guard max(numbers.count, names.count) <= 20 else { throw AssessmentFault("It names more than 20 children") }
        for place in 0..<max(numbers.count, names.count) {
            let (number, name) = (
                place < numbers.count ? numbers[place] : "", place < names.count ? names[place] : ""
            )
            named += [try person(line, number, name, "", .child, "\(assessment) child \(place + 1)")].compactMap(\.self)
        }
        guard Set(named.map { $0.person.number.lowercased() }).count == named.count else {
            throw AssessmentFault("It names the same person twice, in two capacities")
        }
        return named
    }

    private func list(_ field: AssessmentField, _ cells: AssessmentCells) throws -> [String] {
        let text = try cells.text(field, most: 4000)
        return text.isEmpty
            ? [] : text.split(separator: ";", omittingEmptySubsequences: false).map { String($0).trimmed() }
    }

    private func person(
        _ line: Int, _ number: String, _ name: String, _ born: String, _ capacity: RecordSubject.Capacity,
        _ otherwise: String
    ) throws -> AssessmentLine.Named? {
        guard !number.isEmpty || !name.isEmpty else {
            guard born.isEmpty else {
                throw AssessmentFault("It has a date of birth of a \(capacity.rawValue) without a name")
            }
            return nil
        }
        do {
            let person = try persons.person(
                line, number: number.isEmpty ? otherwise : number, name: name.isEmpty ? "Not named" : name, born: born)
            return AssessmentLine.Named(person: person, capacity: capacity, isBare: name.isEmpty)
        } catch let fault as NamedPersonReader.Fault {
            throw AssessmentFault("The \(capacity.rawValue): \(fault.words)")
        }
    }
}
