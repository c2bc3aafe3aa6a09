import Kernel

/// Why a line is not taken, in words that name no value of it.
struct AssessmentFault: Error, Equatable {
    let words: String

    init(_ words: String) { self.words = words }
}

/// The cells of one line by what they hold.
struct AssessmentCells {
    /// Longer texts are no words of one answer.
    static let longest = 20_000

    let values: [String]
    let places: [AssessmentField: (place: Int, column: String)]
    let unknown: Set<String>
    let meanings: [AssessmentField: [String: String]]

    /// Without blanks; empty where it says nothing.
    func text(_ field: AssessmentField, most: Int = 200) throws -> String {
        guard let (place, column) = places[field] else { return "" }
        let text = try value(place, column, most: most)
        return text.isEmpty || isUnknown(text) ? "" : text
    }

    /// What it means in the house's words: lower case.
    func word(_ field: AssessmentField) throws -> String {
        let text = try text(field).lowercased()
        return meanings[field]?[text] ?? text
    }

    /// Of words that somebody wrote nothing stands for “not known”.
    func words(_ field: AssessmentField) throws -> String {
        guard let (place, column) = places[field] else { return "" }
        return try value(place, column, most: AssessmentCells.longest)
    }

    func value(_ place: Int, _ column: String, most: Int = AssessmentCells.longest) throws -> String {
        let text = values.indices.contains(place) ? values[place] : ""
        guard text.utf8.count > most else { return text.trimmed() }
        guard text.unicodeScalars.count <= most else {
            throw AssessmentFault("“\(column)” is longer than \(most) characters")
        }
        return text.trimmed()
    }

    func stamp(_ field: AssessmentField, _ times: AssessmentTimes) throws -> AssessmentTimes.Stamp? {
        let text = try text(field, most: 100)
        guard !text.isEmpty else { return nil }
        guard let stamp = times.stamp(text) else { throw AssessmentFault("“\(name(field))” is no day or time") }
        guard stamp.day.year >= 1990 else { throw AssessmentFault("“\(name(field))” is before 1990") }
        return stamp
    }

    func name(_ field: AssessmentField) -> String { places[field]?.column ?? field.rawValue }

    private func isUnknown(_ text: String) -> Bool { text.utf8.count <= 40 && unknown.contains(text.lowercased()) }

    /// Yes or no; nil where it says neither.
    static func isYes(_ text: String) -> Bool? {
        switch text {
        case "yes", "y", "true", "1": true
        case "no", "n", "false", "0": false
        default: nil
        }
    }
}
