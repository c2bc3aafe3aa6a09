extension QualityJudge {
    /// A yes has words of its own that hold what the question wants, and they were not copied.
    func context(_ sight: QualitySight) -> Judgement {
        let counting = sight.counting
        guard !counting.isEmpty else { return .notApplicable("No answer is a yes.") }
        return Judgement(
            missing: counting.compactMap(lack) + repeated(counting) + sight.facts.copied.compactMap(copied))
    }

    private func lack(_ line: QualitySight.Line) -> QualityReason? {
        guard line.asked.question.kind != .text else { return nil }
        guard line.words.count + line.observation.count > 0 else { return silent(line) }
        let own = ownWords(line)
        guard own >= limit(.ownWords) else { return thin(line, own) }
        guard line.asked.question.isCritical else { return nil }
        let unsaid = line.asked.details.filter { !isSaid($0.detail, $0.lexicon, line) }.map(\.detail.unsaid)
        guard !unsaid.isEmpty else { return nil }
        return QualityReason(
            line.asked.question.id,
            "\(line.asked.title). You recorded \(line.asked.names), and your words do not say \(joinedByOr(unsaid)).",
            offer: "You could add \(joinedByAnd(unsaid)).")
    }

    /// “You recorded a threat to kill and no words said, to whom or when.”
    private func silent(_ line: QualitySight.Line) -> QualityReason {
        let details = line.asked.details.map(\.detail)
        let missing = details.isEmpty ? "words of its own" : joinedByOr(details.map(\.missing))
        return QualityReason(
            line.asked.question.id, "\(line.asked.title). You recorded \(line.asked.names) and no \(missing).",
            offer: "You could add \(details.isEmpty ? "a few words" : joinedByAnd(details.map(\.unsaid))).")
    }

    private func thin(_ line: QualitySight.Line, _ own: Int) -> QualityReason {
        let text = [line.answer.words, line.answer.observation].filter { !$0.isEmpty }.joined(separator: " ")
        let details = line.asked.details.map(\.detail.unsaid)
        let wanted = details.isEmpty ? "a few words of its own" : joinedByAnd(details)
        return QualityReason(
            line.asked.question.id,
            "\(line.asked.title). You recorded \(line.asked.names), and “\(text.prefix(60))” says too little: add \(wanted).",
            offer: "You could add \(wanted).")
    }

    /// Words that are no boiler-plate.
    private func ownWords(_ line: QualitySight.Line) -> Int {
        [line.words, line.observation].reduce(0) { sum, scan in
            let covered = Set(vocabulary.boilerplate.matches(in: scan).flatMap { Array($0.words) })
            return sum + scan.count - covered.count
        }
    }

    /// What no cue can show is not said to be missing from words that are there.
    private func isSaid(_ detail: WordDetail, _ lexicon: Lexicon, _ line: QualitySight.Line) -> Bool {
        guard detail.isVisible else { return true }
        return [line.words, line.observation].contains { scan in
            (detail.hasQuotes && scan.hasQuotes) || (detail.hasDigits && scan.hasDigits) || lexicon.isFound(in: scan)
        }
    }

    /// The same words under two questions of one form.
    private func repeated(_ counting: [QualitySight.Line]) -> [QualityReason] {
        var first: [UInt64: QualitySight.Line] = [:]
        return counting.compactMap { line in
            guard line.words.count >= limit(.repeatedWords) else { return nil }
            let mark = line.words.words.reduce(Fold.start) { Fold.mix($0 ^ $1.hash) }
            guard let earlier = first[mark] else {
                first[mark] = line
                return nil
            }
            return QualityReason(
                line.asked.question.id,
                "\(line.asked.title): the same words stand under \(earlier.asked.title.loweredFirst). Say what is its own.",
                offer: "These words stand under another question too. You could say what is its own.")
        }
    }

    private func copied(_ passage: CopiedPassage) -> QualityReason {
        let title = asked[passage.question]?.title ?? "“\(passage.question)”"
        return QualityReason(
            passage.question,
            "\(title): \(passage.words) words stand in your earlier form \(passage.form) too: “\(passage.passage)”.",
            offer: "Some of these words stand in an earlier form of yours. You could put it as it was said today.")
    }
}

extension WordScan {
    /// A word begins with a digit.
    var hasDigits: Bool { words.contains { (0x30...0x39).contains(normal[Int($0.start)]) } }
}

extension String {
    /// Within a sentence: “question 15, Control”.
    var loweredFirst: String { prefix(1).lowercased() + dropFirst() }
}
