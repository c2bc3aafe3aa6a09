public import Instruments
import People

/// What the name of a column tells of what it holds.
public enum AssessmentGuess {
    /// What is assumed of these names. Columns whose names tell nothing are left out; whoever loads is told.
    public static func mapping(of header: [String], _ shelf: InstrumentShelf) -> AssessmentMapping {
        let questions = questions(of: shelf)
        var (columns, taken) = ([AssessmentMapping.Column](), Set<AssessmentMapping.Column>())
        for name in header where !name.isEmpty {
            guard var column = column(name, questions) else { continue }
            column.column = ""
            guard taken.insert(column).inserted else { continue }
            column.column = name
            columns.append(column)
        }
        return AssessmentMapping(columns: columns)
    }

    /// Ids and numbers of every question of every version, by the letters and digits of its name.
    private static func questions(of shelf: InstrumentShelf) -> [String: String] {
        var names: [String: String] = [:]
        for question in shelf.instruments.flatMap(\.versions).flatMap(\.allQuestions) {
            names[ColumnGuess.folded(question.id)] = question.id
            guard let number = question.number else { continue }
            for word in ["q", "question"] { names["\(word)\(number)"] = String(number) }
        }
        return names
    }

    private static func column(_ name: String, _ questions: [String: String]) -> AssessmentMapping.Column? {
        let folded = ColumnGuess.folded(name)
        if let field = fields[folded] { return AssessmentMapping.Column(name, field) }
        if let column = point(name, folded) { return column }
        var text = folded
        for prefix in ["answers", "answer"] where text.hasPrefix(prefix) {
            text = String(text.dropFirst(prefix.count))
            // `answers` with a member `17`.
            if text.first?.isNumber == true { text = "q" + text }
        }
        if let column = question(name, text, .answer, questions) { return column }
        for (ending, field) in endings where text.hasSuffix(ending) {
            let rest = String(text.dropLast(ending.count))
            if let column = question(name, rest, field, questions) { return column }
        }
        return nil
    }

    /// A question by its id or number; `childthere2` is the second of several.
    private static func question(
        _ name: String, _ text: String, _ field: AssessmentField, _ questions: [String: String]
    ) -> AssessmentMapping.Column? {
        if let question = questions[text] { return AssessmentMapping.Column(name, field, question: question) }
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        guard (1...2).contains(digits.count), let round = Int(String(digits)), (2...50).contains(round),
            let question = questions[String(text.dropLast(digits.count))], Int(question) == nil
        else { return nil }
        return AssessmentMapping.Column(name, field, question: question, round: round)
    }

    private static func point(_ name: String, _ folded: String) -> AssessmentMapping.Column? {
        for point in AssessmentField.points {
            let known = ColumnGuess.folded(point)
            if folded == known { return AssessmentMapping.Column(name, .found, question: point) }
            if folded == known + "words" { return AssessmentMapping.Column(name, .foundWords, question: point) }
        }
        return nil
    }

    private static let endings: [(String, AssessmentField)] = [
        ("words", .words), ("notes", .words), ("details", .words), ("comments", .words), ("text", .words),
        ("reply", .answer), ("answer", .answer), ("observation", .observation), ("observed", .observation),
        ("notasked", .notAsked), ("whynotasked", .notAsked), ("reason", .notAsked), ("source", .source),
    ]

    private static let fields: [String: AssessmentField] = {
        var fields: [String: AssessmentField] = [
            "assessment": .number, "assessmentnumber": .number, "assessmentid": .number, "assessmentref": .number,
            "assessmentreference": .number, "id": .number, "ref": .number, "formnumber": .number,
            "tool": .instrument, "form": .instrument, "questionset": .instrument,
            "instrumentversion": .version, "formversion": .version,
            "occurrencenumber": .occurrence, "occurrencereference": .occurrence, "occurrenceref": .occurrence,
            "crimenumber": .occurrence, "incidentnumber": .occurrence, "incident": .occurrence,
            "occurred": .happened, "happenedon": .happened, "incidentdate": .happened, "dateofincident": .happened,
            "reportedat": .reported, "reporteddate": .reported, "begunat": .begun, "started": .begun,
            "startedat": .begun, "completed": .sent, "completedat": .sent, "sentat": .sent, "submitted": .sent,
            "submittedat": .sent, "returnedat": .returned, "sentagainat": .sentAgain, "agreedat": .agreed,
            "approvedat": .agreed, "reviewedat": .reviewed, "reviewdate": .reviewed, "reviewdecision": .decision,
            "reviewedby": .reviewer, "agreedby": .reviewer, "returnedby": .reviewer, "supervisor": .reviewer,
            "reviewcomments": .reviewWords, "awaitingreview": .awaiting, "awaitsreview": .awaiting,
            "officernumber": .officer, "officername": .officer, "collarnumber": .officer, "assessor": .officer,
            "victimnumber": .victim, "victimid": .victim, "victimdob": .victimBorn, "victimdateofbirth": .victimBorn,
            "suspectnumber": .suspect, "suspectid": .suspect, "suspectdob": .suspectBorn,
            "suspectdateofbirth": .suspectBorn, "childrennumbers": .children, "childnumbers": .children,
            "risk": .grade, "riskgrade": .grade, "risklevel": .grade, "gradereason": .reason, "rationale": .reason,
            "riskreason": .reason, "victimasked": .asked, "askedalone": .alone, "historysearched": .historyChecked,
            "historywords": .history, "voicewhy": .why, "firststeps": .steps,
        ]
        // `source` and `words` alone belong to no question; an answer is no single column.
        for field in AssessmentField.allCases where !field.isOfQuestion && field != .children {
            fields[ColumnGuess.folded(field.rawValue)] = field
        }
        return fields
    }()
}
