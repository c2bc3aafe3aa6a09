import Access
import Kernel
import Ledger
import Pages
import Webhooks

/// What needs this person today, asked of each slice.
enum HomeRoutes {
    static let all: [Route] = [.get("/", .everybody(home))]

    @Sendable private static func home(_ visit: Visit) async throws -> Answer {
        var groups = try await CallHome.groups(visit)
        groups += try await AssessmentHome.groups(visit)
        groups += try await InspectionHome.groups(visit)
        groups += try await MeasureHome.groups(visit)
        groups += try await ConductHome.groups(visit)
        groups += try await RetentionHome.groups(visit)

        let today = LondonTime.day(of: visit.site.ledger.now)
        return visit.show(HomePage(today: Weekday.inWords(today), groups: groups, ways: ways(visit)))
    }

    private static func ways(_ visit: Visit) -> [HomePage.Way] {
        let places = NavigationPlace.allCases.filter { $0 != .home && $0.isOpen(to: visit.actor) }.map { place in
            HomePage.Way(place.title, place.address, purpose(of: place))
        }
        let own = [
            HomePage.Way("Question sets", "/instruments", "See DASH, THRIVE and others, question by question"),
            HomePage.Way("Tokens for programs", "/tokens", "Let your own programs do what you may do"),
            HomePage.Way("You and those close to you", "/interests", "Keep records about them closed to you"),
        ]
        guard visit.site.webhooks.mayLook(visit.actor) else { return places + own }
        let webhooks = HomePage.Way("Webhooks", "/webhooks", "Tell other systems that something changed")
        return places + own + [webhooks]
    }

    private static func purpose(of place: NavigationPlace) -> String {
        switch place {
        case .home: ""
        case .calls: "Take a call, flag who is vulnerable, and see who knows of it"
        case .assessments: "Assess a risk, finish yours, and review those of others"
        case .inspections: "Reports, areas for improvement and the evidence that they are met"
        case .measures: "Figures with their denominators and limits, and the rows behind them"
        case .feeds: "Load recorded crime, outcomes and searches, and see what was taken"
        case .persons: "Find a person, see what is known, and what was told to whom"
        case .accounts: "Who can sign in, and as what"
        case .standards: "Conflicts of interest and emergency access, for review"
        case .retention: "Which records are due for review, and what is to be kept or destroyed"
        case .log: "Who saw and changed what"
        }
    }
}

enum Weekday {
    private static let names = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]

    /// `Monday 23 November 2026`; 1 January 1970 was a Thursday.
    static func inWords(_ day: Day) -> String {
        let index = ((day.daysSince1970 % 7) + 7) % 7
        return "\(names[index]) \(LondonTime.inWords(day))"
    }
}
