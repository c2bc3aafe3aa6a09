import Accounts
import HTTPTypes
import Kernel
import Ledger
import Pages
import Retention

/// Holds: what stands, setting one, lifting one.
enum RetentionHolding {
    @Sendable static func list(_ visit: Visit) async throws -> Answer {
        let holds = try await visit.retention.holds(as: visit.actor)
        let names = try await PeopleNames.of(holds.map(\.body.setBy), visit)
        let standing = holds.filter { $0.body.stands(on: visit.today) }
        return visit.show(
            RetentionHoldsPage(holds: standing.map { shown($0, names, visit) }, mayChange: visit.mayReview))
    }

    @Sendable static func new(_ visit: Visit) async throws -> Answer {
        visit.show(NewRetentionHoldPage(kinds: kinds(visit)))
    }

    @Sendable static func set(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        var typed = NewRetentionHoldPage.Typed()
        (typed.title, typed.why, typed.scope) = (form["title"], form.text("why"), form["scope"])
        (typed.identifier, typed.until) = (form["identifier"], form.typedDate("until"))
        do {
            let until = form.day("until")
            if until == nil, !form.isDayEmpty("until") {
                throw Problem.fields([.init("until", "Enter a real date, such as 31 3 2027.")])
            }
            let id = try await visit.retention.hold(
                typed.title, why: typed.why, try scope(typed, visit), until: until, as: visit.actor)
            return .redirect("/retention/holds/\(id)", .added)
        } catch let problem as Problem where !problem.fields.isEmpty {
            return visit.show(
                NewRetentionHoldPage(kinds: kinds(visit), typed: typed, errors: FieldErrors(problem)),
                status: .unprocessableContent)
        }
    }

    private static func scope(_ typed: NewRetentionHoldPage.Typed, _ visit: Visit) throws -> RetentionHold.Scope {
        switch typed.scope {
        case "everything": return .everything
        case "record", "person":
            guard let id = Identifier<RetentionHold>(typed.identifier)?.text else {
                throw Problem.fields([.init("identifier", "Enter the identifier: small letters, digits and hyphens.")])
            }
            return typed.scope == "record" ? .record(id) : .person(id)
        case let name where visit.retention.kinds[name] != nil: return .kind(name)
        default: throw Problem.fields([.init("scope", "Choose what it covers.")])
        }
    }

    private static func kinds(_ visit: Visit) -> [Choice] {
        visit.retention.kinds.all.map { Choice($0.name, "Every record of this kind: \($0.title)") }
    }

    @Sendable static func show(_ visit: Visit) async throws -> Answer { visit.show(try await page(visit)) }

    @Sendable static func lift(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        do {
            try await visit.retention.lift(try identifier(visit), why: form.text("why"), as: visit.actor)
            return .redirect("/retention/holds", .saved)
        } catch let problem as Problem where !problem.fields.isEmpty {
            var page = try await page(visit)
            (page.why, page.errors) = (form.text("why"), FieldErrors(problem))
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func page(_ visit: Visit) async throws -> RetentionHoldPage {
        let record = try await visit.retention.hold(try identifier(visit), as: visit.actor)
        let names = try await PeopleNames.of([record.body.setBy, record.body.liftedBy].compactMap { $0 }, visit)
        let ended = record.body.liftedAt.map { at in
            "\(names.name(record.body.liftedBy ?? "")) lifted it on \(LondonTime.inWords(at)): \(record.body.liftedWhy ?? "")"
        }
        return RetentionHoldPage(
            hold: shown(record, names, visit), isStanding: record.body.liftedAt == nil, ended: ended,
            mayChange: visit.mayReview)
    }

    private static func identifier(_ visit: Visit) throws -> Identifier<RetentionHold> {
        guard let id = Identifier<RetentionHold>(visit.parameter("id")) else { throw Problem.absent }
        return id
    }

    private static func shown(
        _ record: Record<RetentionHold>, _ names: PeopleNames, _ visit: Visit
    ) -> RetentionHoldsPage.Hold {
        let hold = record.body
        let covers =
            switch hold.scope {
            case .everything: "Everything we hold"
            case .kind(let name): "Every record of this kind: \(visit.retention.kinds[name]?.title ?? name)"
            case .record(let id): "The record \(id)"
            case .person(let id): "Every record about the person \(id)"
            }
        return RetentionHoldsPage.Hold(
            title: hold.title, address: "/retention/holds/\(record.id)", covers: covers, why: hold.why,
            set: "\(names.name(hold.setBy)), \(LondonTime.inWords(hold.setAt))",
            until: hold.until.map { LondonTime.inWords($0) } ?? "Until it is lifted")
    }
}
