import Access
import Instruments
import Kernel
import Pages

/// Instruments as they look. They hold nothing about a person: definitions are read from files, not from the ledger.
enum InstrumentRoutes {
    static let all: [Route] = [
        .get("/instruments", .signedIn(.consultation, .instrument, list)),
        .get("/instruments/:id", .signedIn(.consultation, .instrument, show)),
    ]

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        visit.show(
            InstrumentListPage(
                items: visit.site.instruments.shelf.instruments.compactMap { instrument in
                    let current = instrument.inForce(on: visit.today)
                    return (current ?? instrument.versions.first).map { item($0, isInForce: current != nil) }
                }))
    }

    private static func item(_ version: InstrumentVersion, isInForce: Bool) -> InstrumentListPage.Item {
        InstrumentListPage.Item(
            title: version.title.text, address: "/instruments/\(version.id)", use: version.use.text,
            inForce: isInForce ? InstrumentViews.name(version) : "None now; the newest is \(version.version)",
            topics: version.topics.count, standing: InstrumentViews.standing(version),
            isUnofficial: version.standing == .unofficial)
    }

    /// In the version and the language asked for, else in the one in force and its main language.
    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        guard let instrument = visit.site.instruments.shelf.instrument(visit.parameter("id")) else {
            throw Problem.absent
        }
        let (number, language) = (visit.query["version"], visit.query["language"])
        let found =
            number.isEmpty
            ? instrument.inForce(on: visit.today) ?? instrument.versions.first
            : instrument.versions.first { $0.version == number }
        guard let version = found, language.isEmpty || version.languages.contains(language) else {
            throw Problem.absent
        }
        return visit.show(
            InstrumentViews(version: version, language: language.isEmpty ? version.language : language)
                .page(of: instrument, on: visit.today))
    }
}
