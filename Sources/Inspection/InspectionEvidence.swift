public import Access
import Actions
public import Kernel
import Ledger

extension InspectionDesk {
    /// Adds evidence with a document. The bytes are kept first, so that no evidence ever names a document we do not
    /// hold; they are taken away again when the evidence is refused.
    /// - Throws: `Problem` with fields; `Problem.absent` when she may not.
    @discardableResult
    public func addEvidence(
        _ draft: EvidenceDraft, file: UploadedFile?, to id: Identifier<AreaForImprovement>, as actor: Actor
    ) async throws -> Int {
        let record = try await area(id, as: actor)
        var draft = draft
        draft.document = try file?.document()
        _ = try rules.apply(.evidence(draft), to: record.body, by: actor, at: ledger.now)
        guard let file, let document = draft.document else {
            return try await amend(id, expecting: record.version, .evidence(draft), as: actor)
        }
        let isNew = try await keep(file.bytes, document, id)
        do {
            return try await amend(id, expecting: record.version, .evidence(draft), as: actor)
        } catch {
            if isNew { try await drop(document, id) }
            throw error
        }
    }

    /// A document of an area and its bytes; the log says who took it.
    public func document(
        _ digest: String, of id: Identifier<AreaForImprovement>, as actor: Actor
    ) async throws -> (document: EvidenceDocument, bytes: [UInt8]) {
        let record = try await area(id, as: actor)
        guard let document = record.body.evidence.compactMap(\.document).first(where: { $0.digest == digest }) else {
            throw Problem.absent
        }
        let row = try await ledger.glance {
            try $0.row(
                "SELECT bytes FROM inspection_document WHERE area = $1 AND digest = $2",
                [.text(id.text), .text(digest)])
        }
        guard let bytes = row?.blob(0), Digest.hexadecimal(bytes) == digest else {
            throw Problem(
                .failed, "The document is damaged, so we do not show it.", next: "Ask an administrator to run “verify”."
            )
        }
        try await ledger.note(
            Consultation(
                kind: "inspection.document", .improvement, .disclosure, about: "\(id) \(digest)", record: id.text),
            as: actor)
        return (document, bytes)
    }

    private func keep(
        _ bytes: [UInt8], _ document: EvidenceDocument, _ id: Identifier<AreaForImprovement>
    ) async throws -> Bool {
        let now = ledger.now
        return try await ledger.upkeep { writing in
            try writing.run(
                """
                INSERT INTO inspection_document (area, digest, bytes, at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (area, digest) DO NOTHING
                """,
                [.text(id.text), .text(document.digest), .blob(bytes), .integer(now.milliseconds)]) > 0
        }
    }

    private func drop(_ document: EvidenceDocument, _ id: Identifier<AreaForImprovement>) async throws {
        try await ledger.upkeep { writing in
            _ = try writing.run(
                "DELETE FROM inspection_document WHERE area = $1 AND digest = $2",
                [.text(id.text), .text(document.digest)])
        }
    }

    // MARK: The pack

    /// Everything about one area, now or as it was known at a moment.
    /// - Parameters:
    ///   - series: The linked measures with their points, as the caller has drawn them.
    ///   - recipient: The short name of the agency it is for, when that is known.
    /// - Throws: `Problem.absent` when she may not take it out of the house.
    public func pack(
        for id: Identifier<AreaForImprovement>, series: [EvidencePack.Series], askedBy name: String,
        to recipient: String? = nil, asKnownAt moment: Moment? = nil, as actor: Actor
    ) async throws -> EvidencePack {
        let record = try await area(id, asKnownAt: moment, as: actor)
        let standing: Set<Relation> = record.owner == actor.agency ? [.ownAgency] : []
        let isAllowed = decide(actor, .disclosure, on: .improvement, standing: standing).isAllowed
        try await ledger.note(
            Consultation(
                kind: "inspection.pack", .improvement, .disclosure, about: id.text, record: id.text,
                recipient: recipient),
            as: actor, allowed: isAllowed)
        guard isAllowed else { throw Problem.absent }
        let report = try await self.report(record.body.report, as: actor)
        let known = moment ?? ledger.now
        let actions = try await ActionDesk(ledger: ledger).about(AreaForImprovement.subject(id), as: actor)
        return pack(record, report.body, actions.compactMap { $0.body.asKnown(at: known) }, series, name, known)
    }

    private func pack(
        _ record: Record<AreaForImprovement>, _ report: InspectionReport, _ actions: [Action],
        _ series: [EvidencePack.Series], _ name: String, _ known: Moment
    ) -> EvidencePack {
        let area = record.body
        let question = report.draft.questions.first { $0.text == area.question }
        return EvidencePack(
            marking: area.evidence.map(\.marking).max() ?? .official,
            title: "\(area.reportTitle): \(area.source.rawValue) \(area.number)", area: area, force: report.draft.force,
            year: report.draft.year, pillar: report.draft.pillar, questionGrade: question?.grade,
            carriedFrom: question?.carriedFrom, forceHistory: EvidencePack.lines(.force, of: area, statuses),
            inspectorateHistory: EvidencePack.lines(.inspectorate, of: area, statuses), actions: actions,
            series: series,
            provenance: EvidencePack.Provenance(
                knownAt: known, madeAt: ledger.now, askedBy: name, reportTitle: report.title,
                reportFile: report.fileName, reportDigest: report.digest, areaVersion: record.version))
    }
}

extension Action {
    /// The action with only what had happened by `moment`; nil when it had not been given yet.
    fileprivate func asKnown(at moment: Moment) -> Action? {
        var known = self
        known.events.removeAll { $0.at > moment }
        return known.events.isEmpty ? nil : known
    }
}
