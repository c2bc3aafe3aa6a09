/// The grade of a question, as one report has it.
public enum QuestionGrade: Sendable, Equatable {
    /// The report states it.
    case stated(String)
    /// The report did not inspect this, and says that an earlier grade stands: which one, where that is known, and
    /// from where, in sentences.
    case carried(grade: String?, words: [String])
    /// The report states no grade.
    case none
}

extension Html {
    /// A grade as a tag. The colour only repeats the word.
    mutating func gradeTag(_ grade: String) {
        let kind: TagKind =
            switch grade.lowercased() {
            case "outstanding", "good": .good
            case "adequate": .information
            case "requires improvement": .attention
            case "inadequate": .danger
            default: .neutral
            }
        tag(grade.capitalisedFirst, kind)
    }

    /// The grade on one line, for a list.
    mutating func gradeLine(_ grade: QuestionGrade) {
        switch grade {
        case .stated(let grade): gradeTag(grade)
        case .carried(let grade, let words):
            if let grade { gradeTag(grade) } else { tag("Carried over") }
            text(" \(words.first ?? "")")
        case .none: tag("No grade stated")
        }
    }

    /// The grade with what the report says of it.
    mutating func gradeBlock(_ grade: QuestionGrade, statement: String?) {
        p { $0.gradeParts(grade) }
        if case .carried(_, let words) = grade {
            for sentence in words { p(sentence) }
        }
        if let statement {
            inset { html in
                html.p("The report’s own words:", .class("hint"))
                html.blockquote(statement)
            }
        }
    }

    private mutating func gradeParts(_ grade: QuestionGrade) {
        switch grade {
        case .stated(let grade): gradeTag(grade)
        case .carried(let grade, _):
            if let grade { gradeTag(grade) }
            text(" ")
            tag("Carried over")
        case .none: tag("No grade stated")
        }
    }
}

extension String {
    /// `requires improvement` as it begins a line.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
