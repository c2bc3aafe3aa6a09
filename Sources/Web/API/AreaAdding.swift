import Access
import Accounts
import Federation
import HTTPTypes
import Inspection
import Kernel
import Ledger

/// What programs may add to areas for improvement. Each request has a key: sent twice, it adds once.
enum AreaAdding {
    static let evidenceShape = APIShape.object([
        ("claim", .text("What it shows.", 1...1000)), ("on", .day("The day it speaks of.")),
        ("marking", .maybe(.choice("How it must be handled.", Inspection.Marking.allCases.map(\.rawValue)))),
        ("realityTest", .maybe(.text("How it was tested against what really happens.", 0...4000))),
        (
            "figure",
            .maybe(
                .object([
                    ("measure", .name("The measure.")),
                    ("period", .text("The period of the point, such as 2025-06.", 1...40)),
                ]))
        ),
    ])

    @Sendable static func evidence(_ visit: APIVisit) async throws -> Answer {
        let record = try await AreaWriting.openArea(visit)
        guard let on = visit.body["on"]?.text.flatMap({ Day($0) }) else { throw Problem.absent }
        let once = try await visit.once(newID: "evidence-\(visit.site.ledger.newIdentifier(EvidenceDraft.self))")
        if let version = once.version {
            return try await AreaWriting.answer(record.id, version, visit, status: .created)
        }
        let figure = try await figure(visit)
        let marking = visit.body["marking"]?.text.flatMap { Inspection.Marking(rawValue: $0) }
        let draft = EvidenceDraft(
            id: once.id, claim: visit.body["claim"]?.text ?? "", figure: figure, on: on,
            marking: marking ?? .officialSensitive, realityTest: visit.body["realityTest"]?.text ?? "")
        return try await add(.evidence(draft), to: record, once, visit)
    }

    /// As it may leave the house: evidence goes into packs.
    private static func figure(_ visit: APIVisit) async throws -> EvidenceFigure? {
        guard let sent = visit.body["figure"], let measure = sent["measure"]?.text,
            let period = sent["period"]?.text
        else { return nil }
        return try await QuotableFigures.figure("\(measure)|\(period)", visit.site, as: visit.actor)
    }

    static let laterShape = APIShape.object([
        ("report", .name("A later report on the same force.")),
        ("statement", .text("What it says, word for word.", 1...4000)),
        ("words", .maybe(.text("What you make of it.", 0...4000))),
    ])

    @Sendable static func later(_ visit: APIVisit) async throws -> Answer {
        let record = try await AreaWriting.ledArea(visit)
        let once = try await visit.once(newID: record.id.text)
        if let version = once.version {
            return try await AreaWriting.answer(record.id, version, visit, status: .created)
        }
        let statement = visit.body["statement"]?.text ?? ""
        guard let id = visit.body["report"]?.text.flatMap({ Identifier<InspectionReport>($0) }),
            let report = try? await visit.site.inspection.report(id, as: visit.actor)
        else { throw Problem.fields([.init("report", "There is no such report.")]) }
        guard LaterLinking.statements(report.body).contains(statement) else {
            throw Problem.fields([.init("statement", "Choose a sentence of that report.")])
        }
        let change = AreaChange.later(
            report: id, title: report.body.title, statement: statement, words: visit.body["words"]?.text ?? "")
        return try await add(change, to: record, once, visit)
    }

    static let followedShape = APIShape.object([
        ("question", .integer("Its place among the questions of the report, from 0.", 0...999)),
        ("finding", .integer("Its place among the findings of the question, from 0.", 0...9999)),
    ])

    @Sendable static func follow(_ visit: APIVisit) async throws -> Answer {
        let report = try visit.identifier(of: InspectionReport.self)
        guard let question = visit.body["question"]?.number, let finding = visit.body["finding"]?.number else {
            throw Problem.absent
        }
        let id = try await visit.site.inspection.follow(
            report, question: Int(question), finding: Int(finding), as: visit.actor)
        // Follows from the finding alone, so that the same finding is the same area for whoever asks.
        _ = try await visit.once(newID: id.text)
        return try await AreaWriting.answer(id, 1, visit, status: .created)
    }

    private static func add(
        _ change: AreaChange, to record: Record<AreaForImprovement>, _ once: OnceRequest, _ visit: APIVisit
    ) async throws -> Answer {
        let version = try await visit.site.inspection.amend(
            record.id, expecting: record.version, change, as: visit.actor)
        try await visit.done(once, version)
        return try await AreaWriting.answer(record.id, version, visit, status: .created)
    }
}

extension APIVisit {
    /// What this request is to make, when it was not made before.
    /// - Throws: `APIProblem.otherRequest` when the key was used for another request.
    func once(newID: @autoclosure () -> String) async throws -> OnceRequest {
        let text = "\(call.method.rawValue) \(call.path)\n\(APIText.text(body))"
        let request = try await site.signIn.request(
            key: try onceKey(), content: Array(text.utf8), newID: newID(), of: token.user)
        guard let request else { throw APIProblem.otherRequest }
        return request
    }

    func done(_ once: OnceRequest, _ version: Int) async throws {
        try await site.signIn.finish(once, version: version)
    }
}
