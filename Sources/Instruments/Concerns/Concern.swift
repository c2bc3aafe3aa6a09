public import Kernel

/// Something that a person should look at. It says nothing of a grade: no rule sets one, and none lowers one.
public struct Concern: Sendable, Hashable, Codable {
    public let id: String
    public let sentence: String
    /// Ids of the questions whose answers raised it.
    public let questions: [String]
    public let source: String
    /// A source we hold confirms it.
    public let isConfirmed: Bool
}

/// A subject that instruments share, so that one rule reads them all.
public struct Topic: Sendable, Hashable {
    public let id: String
    public let title: String
}

/// Answers that weigh more together.
struct CriticalCombination: Sendable, Hashable {
    let id: String
    let all: [String]
    let any: [String]
    let says: String
    let note: String
}

/// A number of answers from which a meeting is thought of, by convention.
struct ScoreConvention: Sendable, Hashable {
    let id: String
    let instruments: [String]
    let score: String
    let minimum: Int
    let says: String
    let note: String
}

/// So many events within so many months.
struct EscalationRule: Sendable, Hashable {
    let id: String
    let events: Int
    let months: Int
    let says: String
    let note: String
}

extension ConcernRules {
    /// What the answers raise on `day`.
    ///
    /// - Parameter earlier: days of the same two people's earlier events, whichever agency told of them.
    public func concerns(
        in answers: AnswerSet, _ version: InstrumentVersion, earlier: [Day] = [], on day: Day
    ) -> [Concern] {
        let present = counting(answers, version)
        return combined(present, day) + conventional(answers, version, day) + escalating(earlier, day)
    }

    /// Ids of the questions that count, by topic.
    private func counting(_ answers: AnswerSet, _ version: InstrumentVersion) -> [String: [String]] {
        var present: [String: [String]] = [:]
        for question in version.allQuestions {
            guard let answer = answers.answer(to: question.id), version.counts(answer, question) else { continue }
            for topic in question.topics { present[topic, default: []].append(question.id) }
        }
        return present
    }

    private func combined(_ present: [String: [String]], _ day: Day) -> [Concern] {
        combinations.filter { $0.holds(on: day) }.compactMap { line in
            let rule = line.value
            let any = rule.any.filter { present[$0] != nil }
            guard rule.all.allSatisfy({ present[$0] != nil }), rule.any.isEmpty || !any.isEmpty else { return nil }
            var questions: [String] = []
            for id in (rule.all + any).flatMap({ present[$0] ?? [] }) where !questions.contains(id) {
                questions.append(id)
            }
            return Concern(
                id: rule.id, sentence: rule.says, questions: questions, source: line.source,
                isConfirmed: !rule.note.hasPrefix("†"))
        }
    }

    private func conventional(_ answers: AnswerSet, _ version: InstrumentVersion, _ day: Day) -> [Concern] {
        let scores = version.scores(of: answers)
        return conventions.filter { $0.holds(on: day) && $0.value.instruments.contains(version.id) }.compactMap {
            line in
            let rule = line.value
            guard let score = scores.first(where: { $0.id == rule.score }), score.value >= rule.minimum else {
                return nil
            }
            return Concern(
                id: rule.id, sentence: "\(score.value) answers count. \(rule.says)", questions: [], source: line.source,
                isConfirmed: !rule.note.hasPrefix("†"))
        }
    }

    private func escalating(_ earlier: [Day], _ day: Day) -> [Concern] {
        escalations.filter { $0.holds(on: day) }.compactMap { line in
            let rule = line.value
            let since = day.monthsBefore(rule.months)
            let events = earlier.count { $0 > since && $0 <= day } + 1
            guard events >= rule.events else { return nil }
            return Concern(
                id: rule.id, sentence: "This is event \(events) in \(rule.months) months. \(rule.says)", questions: [],
                source: line.source, isConfirmed: !rule.note.hasPrefix("†"))
        }
    }
}

extension Day {
    /// The same day of an earlier month, or that month's last day.
    func monthsBefore(_ months: Int) -> Day {
        let index = year * 12 + month - 1 - months
        let (year, month) = (index / 12, index % 12 + 1)
        return Day(year: year, month: month, day: min(day, Day.length(year, month))) ?? self
    }
}
