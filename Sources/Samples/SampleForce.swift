import Foundation
import Kernel

/// Fellbrook Police: a force that does not exist, with people, places and crimes that do not exist, made from a seed.
/// The same seed gives the same bytes on every machine. What it shows is made up and proves nothing of any real force.
public struct SampleForce: Sendable {
    /// Said on every page and file that shows the sample.
    public static let notice = "Sample data. Fellbrook is invented: no person, place or crime in it is real."
    public static let name = "Fellbrook Police"
    /// Two years. `missingMonth` was never published, so that a gap can be seen.
    public static let months: ClosedRange<Month> = Month(index: 2023 * 12 + 6)...Month(index: 2025 * 12 + 5)
    public static let missingMonth = Month(index: 2024 * 12 + 1)

    /// A text as an inspectorate might have published it, to be read by the inspection reader.
    public struct InspectionText: Sendable, Hashable {
        public let name: String
        public let text: String
    }

    public let seed: UInt64
    public let agencies: [SampleAgency]
    public let teams: [SampleTeam]
    public let users: [SampleUser]
    /// People outside, as the force holds them.
    public let persons: [SamplePerson]
    /// The same people as other agencies hold some of them.
    public let twins: [SampleTwin]
    /// LSOAs, wards, districts and the force, in that order.
    public let areas: [SampleArea]
    /// What the sample holds on purpose and a chart must find.
    public let change: PlantedChange = SampleIncidents.change

    private let map: SampleMap
    private let writer: SampleFiles

    /// - Parameter rowsPerMonth: incidents in an ordinary month.
    public init(seed: UInt64 = 1, rowsPerMonth: Int = 3_000) {
        let map = SampleMap(seed: seed)
        let places = SamplePlaces(map, seed: seed)
        (self.seed, self.map, areas) = (seed, map, map.all)
        (agencies, teams, users) = (SamplePeople.agencies, SamplePeople.teams, SamplePeople.users(seed: seed))
        persons = SamplePersons.all(seed: seed)
        twins = SampleTwins.all(of: persons, seed: seed)
        writer = SampleFiles(
            source: SampleIncidents(seed: seed, rowsPerMonth: rowsPerMonth, places: places),
            last: SampleForce.months.upperBound)
    }

    /// Months with files, in order: all but the missing one.
    public var publishedMonths: [Month] {
        let span = SampleForce.months
        return (span.lowerBound.index...span.upperBound.index).map(Month.init(index:))
            .filter { $0 != SampleForce.missingMonth }
    }

    /// The three files of one month, about 1.2 MB: `2023-07-fellbrook-street.csv`, `…-outcomes.csv` and
    /// `…-stop-and-search.csv`.
    public func files(of month: Month) -> [SampleFile] { files(of: month, writer.window(month)) }

    /// Every file of every published month, month by month; about 26 MB in all, never more than 10 MB at once.
    public func eachFile(_ body: (SampleFile) throws -> Void) rethrows {
        var window: [Month: [SampleIncidents.Incident]] = [:]
        for month in publishedMonths {
            window = writer.window(month, known: window)
            for file in files(of: month, window) { try body(file) }
        }
    }

    /// All of `eachFile` at once.
    public var files: [SampleFile] {
        var all: [SampleFile] = []
        eachFile { all.append($0) }
        return all
    }

    private func files(of month: Month, _ window: [Month: [SampleIncidents.Incident]]) -> [SampleFile] {
        let searches = SampleSearches(seed: seed, places: writer.source.places)
        return [
            SampleFile(name: "\(month)-fellbrook-street.csv", bytes: writer.street(month, window[month] ?? [])),
            SampleFile(name: "\(month)-fellbrook-outcomes.csv", bytes: writer.outcomes(month, window)),
            SampleFile(name: "\(month)-fellbrook-stop-and-search.csv", bytes: searches.file(month)),
        ]
    }

    /// Population estimates by LSOA, as CSV.
    public var populations: SampleFile { SampleFile(name: "fellbrook-populations.csv", bytes: map.populations) }

    /// Boundaries of LSOAs, wards, districts and the force, as GeoJSON in WGS84.
    public var boundaries: [SampleFile] { map.boundaries }

    /// The reports of 2017 and 2018/19, in that order.
    /// - Throws: `Problem` when the program was installed without its texts.
    public static func inspections() throws -> [InspectionText] {
        try ["inspection-2017", "inspection-2018-19"].map { name in
            guard let url = Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Texts"),
                let data = try? Data(contentsOf: url)
            else {
                throw Problem(.failed, "The sample texts are missing.", next: "Install the program again.")
            }
            return InspectionText(name: name, text: String(decoding: data, as: UTF8.self))
        }
    }
}
