import Kernel

/// An answered form as it reads: each question in the words in which it was asked, with what was answered.
public struct AnswerReading: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        /// Nil for an answer to a question that the version does not have.
        public let question: Question?
        /// The heading under which it stands.
        public let heading: String
        public let label: String
        /// Nil where there is none.
        public let answer: Answer?
        /// “Yes”, “Not known”, or the value's own words.
        public let reply: String
    }

    public let version: InstrumentVersion
    public let language: String
    public let lines: [Line]
    public let scores: [Score]
}

extension AnswerReading {
    /// - Parameter language: nil for the one in which it was asked.
    init(_ answers: AnswerSet, in version: InstrumentVersion, language: String? = nil) {
        let language = language ?? answers.language
        let called = version.followUps(calledForBy: answers)
        var lines: [Line] = []
        for section in version.sections {
            lines += AnswerReading.lines(section.questions, section.title, answers, version, language)
        }
        for set in version.followUpSets {
            let isAnswered = set.questions.contains { question in answers.given.contains { $0.question == question.id }
            }
            guard isAnswered || called.contains(set) else { continue }
            lines += AnswerReading.lines(set.questions, set.title, answers, version, language)
        }
        lines += answers.standing.filter { version.question($0.question) == nil }.map { stray in
            Line(
                question: nil, heading: "Not in this version", label: stray.question, answer: stray,
                reply: AnswerReading.words(stray, nil, language))
        }
        self.init(version: version, language: language, lines: lines, scores: version.scores(of: answers))
    }

    private static func lines(
        _ questions: [Question], _ heading: Wording, _ answers: AnswerSet, _ version: InstrumentVersion,
        _ language: String
    ) -> [Line] {
        let ids = Set(questions.map(\.id))
        let rounds = max(1, answers.given.filter { ids.contains($0.question) }.map(\.round).max() ?? 1)
        return (1...min(rounds, 50)).flatMap { round in
            questions.map { question in
                let answer = answers.answer(to: question.id, round: round)
                return Line(
                    question: question,
                    heading: heading.text(in: language) + (rounds > 1 ? " (\(round) of \(rounds))" : ""),
                    label: question.label.text(in: language), answer: answer,
                    reply: answer.map { words($0, version.scale(of: question), language) } ?? "No answer")
            }
        }
    }

    private static func words(_ answer: Answer, _ scale: Scale?, _ language: String) -> String {
        switch answer.reply {
        case .yes: "Yes"
        case .no: "No"
        case .notKnown: "Not known"
        case .declined: "Declined to answer"
        case .notAsked: "Not asked"
        case .written: "In words"
        case .chosen:
            scale?.values.first { $0.id == answer.choice }?.label.text(in: language) ?? (answer.choice ?? "Not known")
        }
    }
}

extension InstrumentShelf {
    /// A form as it was answered, whatever versions have come since, and whoever answered it: a partner's older
    /// instrument reads as well as our own.
    ///
    /// - Throws: `Problem` where the version is not on the shelf.
    public func reading(_ answers: AnswerSet, language: String? = nil) throws -> AnswerReading {
        guard let version = version(answers.instrument) else {
            throw Problem(
                .unavailable, "This was answered in \(answers.instrument), which is not among the instruments here.",
                next: "Put the file of that version back into the folder of instruments. The answers are kept.")
        }
        return AnswerReading(answers, in: version, language: language)
    }
}
