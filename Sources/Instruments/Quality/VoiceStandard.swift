extension QualityJudge {
    /// Who was asked, alone, how, with an interpreter, and whether children were seen. A no with a reason is recorded
    /// well.
    func voice(_ sight: QualitySight) -> Judgement {
        let how = sight.facts.answers.circumstances
        let isExplained = !how.why.trimmedIsEmpty
        var missing: [QualityReason] = []
        func check(_ isRecorded: Bool, _ unrecorded: String, _ isNo: Bool, _ unexplained: String) {
            if !isRecorded { missing.append(QualityReason(nil, unrecorded)) }
            if isNo, !isExplained { missing.append(QualityReason(nil, unexplained, offer: "You could say why.")) }
        }
        check(
            how.victimAsked != .notRecorded, "It does not say whether the victim was asked.",
            how.victimAsked == .no, "The victim was not asked, and no reason says why.")
        if how.victimAsked != .no {
            check(
                how.alone != .notRecorded, "It does not say whether the victim was asked alone.", how.alone == .no,
                "The victim was not asked alone, and no reason says why.")
        }
        check(
            how.channel != .notRecorded, "It does not say whether it was asked in person.", how.channel == .telephone,
            "It was asked by telephone, and no reason says why not in person.")
        check(
            how.interpreter != .notRecorded, "It does not say whether an interpreter was needed.",
            how.interpreter == .lacking, "An interpreter was needed and not used, and no reason says why.")
        if let children = sight.counts(topic: "children") {
            check(
                how.childrenSeen != .notRecorded,
                "\(children.asked.title) is yes, and it does not say whether each child was seen or spoken to.",
                how.childrenSeen == .no, "The children were not seen or spoken to, and no reason says why.")
        }
        return Judgement(missing: missing)
    }

    /// Earlier incidents, orders and warnings were looked up, and what was found is there.
    func history(_ sight: QualitySight) -> Judgement {
        let how = sight.facts.answers.circumstances
        let isEmpty = how.history.trimmedIsEmpty
        switch how.historyChecked {
        case .notRecorded:
            return Judgement(missing: [
                QualityReason(nil, "It does not say whether earlier incidents, orders and warnings were looked up.")
            ])
        case .no where isEmpty:
            return Judgement(missing: [
                QualityReason(nil, "History was not looked up, and no reason says why.", offer: "You could say why.")
            ])
        case .yes where isEmpty:
            return Judgement(missing: [
                QualityReason(
                    nil, "History was looked up, and nothing says what was found.",
                    offer: "You could say what was found, even when it was nothing.")
            ])
        case .yes, .no: return Judgement(missing: [])
        }
    }
}

extension String {
    var trimmedIsEmpty: Bool { !contains { !$0.isWhitespace } }
}
