import Access
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Calls: taking one, judging it, flagging, attending, and what share was flagged.
enum CallRoutes {
    static let all: [Route] = [
        .get("/calls", .signedIn(.consultation, .riskAssessment, CallListing.list)),
        .get("/calls/new", .signedIn(.collection, .riskAssessment, CallTaking.form)),
        .post("/calls", .signedIn(.collection, .riskAssessment, CallTaking.take)),
        .get("/calls/measures", .signedIn(.alteration, .riskReview, CallMeasuring.show)),
        .get("/calls/measures/:figure", .signedIn(.alteration, .riskReview, CallMeasuring.behind)),
        .get("/calls/sample", .signedIn(.alteration, .riskReview, CallReviewing.sample)),
        .get("/calls/:id", .signedIn(.consultation, .riskAssessment, CallShowing.show)),
        .get("/calls/:id/thrive", .signedIn(.alteration, .riskAssessment, CallThriving.form)),
        .post("/calls/:id/thrive", .signedIn(.alteration, .riskAssessment, CallThriving.save)),
        .post("/calls/:id/check", .signedIn(.alteration, .riskAssessment, CallWriting.check)),
        .post("/calls/:id/flag", .signedIn(.alteration, .riskAssessment, CallWriting.flag)),
        .post("/calls/:id/orders", .signedIn(.alteration, .riskAssessment, CallWriting.order)),
        .post("/calls/:id/closing", .signedIn(.alteration, .riskAssessment, CallWriting.close)),
        .get("/calls/:id/attend", .signedIn(.consultation, .riskAssessment, CallAttending.show)),
        .post("/calls/:id/attending", .signedIn(.alteration, .riskAssessment, CallAttending.save)),
        .get("/calls/:id/review", .signedIn(.alteration, .riskReview, CallReviewing.form)),
        .post("/calls/:id/review", .signedIn(.alteration, .riskReview, CallReviewing.save)),
    ]
}

extension Visit {
    var calls: CallDesk { site.calls }

    func telephoned() async throws -> Record<ReportedCall> {
        guard let id = Identifier<ReportedCall>(parameter("id")) else { throw Problem.absent }
        return try await calls.call(id, as: actor)
    }

    /// One of her agency: whoever may see it and not change it finds no form.
    func ownCall() async throws -> Record<ReportedCall> {
        let record = try await telephoned()
        guard record.owner == actor.agency else { throw Problem.absent }
        return record
    }
}

/// Calls in words.
enum CallTelling {
    static func name(_ body: ReportedCall) -> String {
        body.reference.isEmpty ? "Call of \(LondonTime.inWords(body.reportedAt))" : "Call, \(body.reference)"
    }

    static func state(_ body: ReportedCall) -> (words: String, kind: Html.TagKind) {
        body.isOpen ? ("Open", .information) : ("Closed", .good)
    }

    static func kinds(_ flag: VulnerabilityFlag) -> String {
        flag.kinds.map { CallWords.title($0, in: \.kinds) }.joined(separator: ", ")
    }

    static func outcome(_ outcome: VulnerabilityCheck.Outcome) -> String {
        switch outcome {
        case .vulnerable: "Somebody is vulnerable"
        case .notVulnerable: "Nobody is, as far as can be told"
        case .couldNotTell: "Could not tell"
        }
    }

    static func should(_ should: FlagReview.Should) -> String {
        switch should {
        case .yes: "Yes, it should have been flagged"
        case .no: "No"
        case .cannotTell: "It cannot be told from what is here"
        }
    }

    static func gradeKind(_ body: ReportedCall) -> Html.TagKind {
        guard let last = body.thrive else { return .neutral }
        let day = LondonTime.day(of: last.at)
        switch (try? AssessmentWords.bundled())?.gravity(of: last.grade, on: day) ?? .unknown {
        case .gravest: return .danger
        case .middle: return .attention
        case .lower, .unknown: return .neutral
        }
    }

    /// Of check and flag, as two things.
    static func tags(_ body: ReportedCall, lacksFlag: Bool) -> [(words: String, kind: Html.TagKind)] {
        let flag: (String, Html.TagKind) =
            body.isFlagged ? ("Flagged", .danger) : lacksFlag ? ("Found, not flagged", .danger) : ("No flag", .neutral)
        return [flag, body.checks.isEmpty ? ("Not checked", .attention) : ("Checked", .good)]
    }

    static func order(_ order: KnownOrder) -> String {
        let until = order.until.map { " until \(LondonTime.inWords($0))" } ?? ""
        return "\(CallWords.title(order.kind, in: \.orders))\(until): \(order.words)"
    }

    /// What was said, and by whom it was told.
    static func facts(_ body: ReportedCall) -> [SummaryRow] {
        [
            SummaryRow("Police told", LondonTime.inWords(body.reportedAt)), SummaryRow("Who called", body.caller),
            SummaryRow("What was said", body.said),
        ].filter { !$0.value.isEmpty }
    }
}

/// Flags of calls about an occurrence, at the top of what is opened of it.
enum CallFlags {
    /// - Parameter assessment: whose page it is.
    static func banner(
        _ record: Record<ReportedCall>, _ names: PeopleNames, _ visit: Visit, assessment: String = ""
    ) -> CallFlagBanner? {
        let (body, user) = (record.body, visit.actor.user)
        guard body.isFlagged else { return nil }
        let isSeen = body.unseen(by: user).isEmpty
        let when = body.seen.last { $0.by == user }.map {
            "You said on \(LondonTime.inWords($0.at)) that you have seen this."
        }
        return CallFlagBanner(
            id: record.id.text,
            flags: body.standing.map { flag in
                CallFlagBanner.Flag(
                    number: flag.number, kinds: CallTelling.kinds(flag), words: flag.words,
                    set: "\(names.name(flag.by)), \(LondonTime.inWords(flag.at))")
            }, seen: isSeen ? when ?? "" : "",
            maySay: body.isOpen && record.owner == visit.actor.agency && visit.may(.alteration, .riskAssessment),
            assessment: assessment)
    }

    static func about(
        _ occurrence: Identifier<Occurrence>, _ visit: Visit, assessment: String = ""
    ) async throws -> [CallFlagBanner] {
        guard visit.may(.consultation, .riskAssessment) else { return [] }
        let calls = try await visit.calls.about(occurrence, as: visit.actor).filter { $0.body.isFlagged }
        let names = try await PeopleNames.of(calls.flatMap(\.body.flags).map(\.by), visit)
        return calls.compactMap { banner($0, names, visit, assessment: assessment) }
    }
}

/// The minute that was typed, in London.
struct TypedMinute {
    let hour: Int
    let minute: Int

    init?(_ text: String) {
        let parts = text.split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        (self.hour, self.minute) = (hour, minute)
    }

    func on(_ day: Day) -> Moment {
        let plain = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000)
            .adding(seconds: Int64(hour * 3600 + minute * 60))
        return plain.adding(seconds: -LondonTime.offsetSeconds(at: plain))
    }

    /// The first such minute from then on.
    func after(_ moment: Moment) -> Moment {
        let day = LondonTime.day(of: moment)
        return on(day) >= moment ? on(day) : on(day.adding(days: 1))
    }
}
