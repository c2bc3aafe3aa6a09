import Access
public import Accounts
import Conduct
public import Feeds
import Foundation
import HTTPTypes
public import Inspection
public import Instruments
import Kernel
public import Ledger
public import Measures
import Pages
public import People
public import Retention
import RiskAssessment
public import Webhooks

/// How this house is served.
public struct SiteSettings: Sendable {
    /// Where people reach it when a proxy stands before it, such as `https://holdfast.example`; nil on loopback.
    public let publicOrigin: String?
    /// A folder for files on their way in.
    public let spool: URL
    /// The data were invented by `Samples`.
    public let isSample: Bool
    public let force: String
    /// With which the log signs its heads; nil where it signs none.
    public let logKey: NoteKey?
    /// How often a token of a program may ask.
    public let requestsPerMinute: Int
    public static let usualRequestsPerMinute = Allowance.usual

    public init(
        publicOrigin: String?, spool: URL, isSample: Bool, force: String, logKey: NoteKey? = nil,
        requestsPerMinute: Int = usualRequestsPerMinute
    ) {
        (self.publicOrigin, self.spool, self.isSample, self.force) = (publicOrigin, spool, isSample, force)
        (self.logKey, self.requestsPerMinute) = (logKey, requestsPerMinute)
    }

    var isSecure: Bool { publicOrigin?.hasPrefix("https://") ?? false }
}

/// Every room a page may need, given once.
public struct Site: Sendable {
    let settings: SiteSettings
    let ledger: Ledger
    let signIn: SignIn
    let directory: Directory
    let providers: ProviderSignIn
    let inspection: InspectionDesk
    public let people: PeopleDesk
    let interests: InterestDesk
    let glass: GlassDesk
    let feeds: FeedStore
    let measures: MeasureShelf
    let retention: RetentionDesk
    let instruments: InstrumentLibrary
    let assessments: AssessmentDesk
    let calls: CallDesk
    public let webhooks: WebhookDesk
    let arrivals = Arrivals()
    let intakes = IntakeArrivals()
    let board = MeasureBoard()
    let allowance = Allowance()

    public init(
        settings: SiteSettings, ledger: Ledger, signIn: SignIn, directory: Directory, inspection: InspectionDesk,
        feeds: FeedStore, measures: MeasureShelf, retention: RetentionDesk, instruments: InstrumentLibrary,
        providers: ProviderSignIn? = nil, egress: WebhookEgress = .closed
    ) {
        self.settings = settings
        (self.ledger, self.signIn, self.directory) = (ledger, signIn, directory)
        (self.inspection, self.feeds, self.measures, self.retention) = (inspection, feeds, measures, retention)
        (people, interests) = (PeopleDesk(ledger: ledger), InterestDesk(ledger: ledger))
        glass = GlassDesk(ledger: ledger)
        self.instruments = instruments
        assessments = AssessmentDesk(ledger: ledger, library: instruments, people: people)
        calls = CallDesk(ledger: ledger, people: people, assessments: assessments)
        webhooks = WebhookDesk(
            ledger: ledger, signIn: signIn, topics: WebhookTopics.all(ledger), egress: egress)
        self.providers = providers ?? ProviderSignIn(signIn: signIn, directory: directory)
    }

    var cookie: SessionCookie { SessionCookie(isSecure: settings.isSecure) }

    /// Who sent this, when a live session says so.
    func visitor(_ headers: HTTPFields) async throws -> Visitor? {
        guard let token = cookie.token(in: headers).flatMap({ SecretToken($0) }),
            let live = try await signIn.session(token: token)
        else { return nil }
        return Visitor(live)
    }

    func frame(for visitor: Visitor?, _ call: Call) -> Frame {
        Frame(
            force: settings.force, person: visitor.map { Frame.Person(name: $0.name, standing: $0.standing) },
            token: FormToken(visitor?.formToken ?? ""), navigation: navigation(visitor, call.path),
            marking: visitor == nil ? .official : .sensitive,
            sampleData: settings.isSample ? "Sample force: its people and places are invented." : nil,
            notice: Done(rawValue: call.query[Done.field])?.notice)
    }

    private func navigation(_ visitor: Visitor?, _ path: String) -> [NavigationItem] {
        guard let visitor else { return [] }
        return NavigationPlace.allCases.filter { $0.isOpen(to: visitor.actor) }.map { place in
            let isCurrent = place == .home ? path == "/" : path.hasPrefix(place.address.text)
            return NavigationItem(place.title, place.address, isCurrent: isCurrent)
        }
    }
}

/// The main places of the house.
enum NavigationPlace: CaseIterable {
    case home, calls, assessments, persons, inspections, measures, feeds, retention, accounts, standards, log

    var title: String {
        switch self {
        case .home: "Home"
        case .calls: "Calls"
        case .assessments: "Assessments"
        case .inspections: "Inspections"
        case .measures: "Measures"
        case .feeds: "Data"
        case .persons: "Persons"
        case .accounts: "Accounts"
        case .standards: "Standards"
        case .retention: "Retention"
        case .log: "Access log"
        }
    }

    var address: WebAddress {
        switch self {
        case .home: "/"
        case .calls: "/calls"
        case .assessments: "/assessments"
        case .inspections: "/inspections"
        case .measures: "/measures"
        case .feeds: "/feeds"
        case .persons: "/persons"
        case .accounts: "/accounts"
        case .standards: "/standards"
        case .retention: "/retention"
        case .log: "/log"
        }
    }

    func isOpen(to actor: Actor) -> Bool {
        switch self {
        case .home, .inspections, .measures: true
        case .feeds: decide(actor, .collection, on: .fact, standing: []).isAllowed
        case .calls, .assessments:
            decide(
                actor.working(on: .riskAssessment), .alteration, on: .riskAssessment, standing: [.ownAgency]
            ).isAllowed
        case .persons:
            decide(actor.working(on: .person), .consultation, on: .person, standing: Relation.helping).isAllowed
        case .accounts: decide(actor, .collection, on: .account, standing: []).isAllowed
        case .standards: decide(actor, .collection, on: .glassReview, standing: [.ownAgency]).isAllowed
        case .retention: decide(actor, .consultation, on: .retention, standing: [.ownAgency]).isAllowed
        case .log: decide(actor, .consultation, on: .audit, standing: []).isAllowed
        }
    }
}

extension Visit {
    /// This page, in the frame of whoever looks.
    func show(_ page: some PageModel, status: HTTPResponse.Status = .ok) -> Answer {
        .page(page.render(in: site.frame(for: visitor, call)), status: status)
    }
}

extension Call {
    func show(_ page: some PageModel, status: HTTPResponse.Status = .ok) -> Answer {
        .page(page.render(in: site.frame(for: nil, self)), status: status)
    }
}
