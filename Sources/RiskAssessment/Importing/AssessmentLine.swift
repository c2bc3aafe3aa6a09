import Instruments
public import Kernel
import Ledger
import People

/// One line of a file of assessments, read: an assessment without its persons and its occurrence, which are other records.
public struct AssessmentLine: Sendable {
    /// Somebody it names.
    struct Named: Sendable, Equatable {
        let person: NamedPerson
        let capacity: RecordSubject.Capacity
        /// A number without a name: whoever is not held stays out.
        let isBare: Bool
    }

    public let line: Int
    public let number: String
    public internal(set) var body: Assessment
    let named: [Named]
    let saysReported: Bool
    let isAwaited: Bool
    /// What was left out or taken otherwise than it stands, in words that name no value.
    let notes: Set<String>

    /// Its words by the question under which they stand: a line has one answer to a question.
    var texts: [FormText] { Assessment.texts(of: body.answers.given) }

    /// By what it is judged, as it will be once it is brought in.
    func facts(copied: [CopiedPassage]) -> QualityFacts {
        var facts = body.facts(copied: copied)
        if !saysReported { facts.reportedAt = nil }
        return facts
    }

    /// What it says, where two lines that say the same are to have one digest.
    func digest() throws -> String {
        try LineDigest.of(
            Said(
                reference: body.reference, officer: body.officer, team: body.team, district: body.district,
                reported: saysReported ? body.reportedAt : nil, answers: body.answers, response: body.response,
                grade: body.grading?.given, events: body.events, happened: body.happened.words,
                named: named.map { "\($0.capacity.rawValue) \($0.person.said)" }, isAwaited: isAwaited))
    }

    private struct Said: Encodable {
        let reference: String, officer: String, team: String?, district: String?, reported: Moment?
        let answers: AnswerSet, response: InitialResponse, grade: GivenGrade?, events: [Assessment.Event]
        let happened: String, named: [String], isAwaited: Bool
    }
}

extension Assessment {
    /// What a line says, before its persons and its occurrence are known.
    struct Reading {
        var reference = ""
        var happened: PartialDate
        var officer: String
        var team: String?
        var district: String?
        var reportedAt: Moment
        var answers: AnswerSet
        var response: InitialResponse
        var grading: Grading?
        var events: [Event]
    }

    /// Stands for an occurrence that is not looked for.
    private static let nowhere: Identifier<Occurrence> = {
        var generator = SeededGenerator(seed: 0)
        return Identifier(at: Moment(milliseconds: 0), using: &generator)
    }()

    init(_ reading: Reading) {
        (occurrence, reference, happened) = (Assessment.nowhere, reading.reference, reading.happened)
        (place, parties, officer) = (nil, [], reading.officer)
        (team, district, reportedAt) = (reading.team, reading.district, reading.reportedAt)
        (answers, response, grading, events) = (reading.answers, reading.response, reading.grading, reading.events)
    }

    /// With its persons, its occurrence and where it came from.
    func placed(
        in occurrence: Identifier<Occurrence>, _ parties: [Party], from provenance: Provenance,
        _ copied: [CopiedPassage]
    ) -> Assessment {
        var next = Assessment(
            occurrence: occurrence, reference: reference, happened: happened, place: nil, parties: parties, of: self)
        (next.imported, next.copied) = (provenance, copied)
        return next
    }
}
