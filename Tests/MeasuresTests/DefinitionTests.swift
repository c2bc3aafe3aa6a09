import Kernel
import Testing

@testable import Measures

@Suite("Definitions")
struct DefinitionTests {
    private let all = MeasureCatalogue.definitions(
        crimeTypes: ["Violent crime", "Burglary"],
        outcomes: ["Suspect charged", "Under investigation", "A new outcome"])

    @Test("identifiers are unique, small letters, digits and hyphens")
    func identifiers() {
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(all.allSatisfy { Identifier<MeasureDefinition>($0.id) != nil })
    }

    @Test("every definition says what it counts, of what, from where, and what to beware of")
    func complete() {
        for definition in all {
            let texts = [definition.title, definition.numerator, definition.unit, definition.source, definition.caveat]
            #expect(texts.allSatisfy { !$0.isEmpty }, "\(definition.id)")
            #expect((definition.denominator == nil) == (definition.recipe.form == .count), "\(definition.id)")
            #expect(definition.dimensions.contains(.month), "\(definition.id)")
        }
    }

    @Test("the measures that other programs ask for are there under their names")
    func names() {
        let wanted: Set = [
            "recorded-crime", "recorded-asb", "recorded-crime-per-1000", "asb-per-1000", "outcome-unable-to-prosecute",
            "outcome-lag", "searches", "search-find-rate", "crime-burglary", "outcome-suspect-charged",
        ]
        #expect(wanted.subtracting(all.map(\.id)).isEmpty)
    }

    @Test("a type that is held and not listed gets its measure; a state that is no outcome does not")
    func held() {
        #expect(all.contains { $0.id == "crime-violent-crime" })
        #expect(all.contains { $0.id == "outcome-a-new-outcome" })
        #expect(!all.contains { $0.id == "outcome-under-investigation" })
    }

    @Test("every dimension of a definition has a column or is a time or the force")
    func dimensions() {
        for definition in all {
            for dimension in definition.dimensions where !dimension.isTime && dimension != .force {
                #expect(definition.recipe.column(dimension) != nil, "\(definition.id) by \(dimension.rawValue)")
            }
        }
    }
}

@Suite("Periods")
struct PeriodTests {
    @Test(
        "a label reads back as the period it names",
        arguments: [
            "2023-01", "2023-Q2", "2023", "2024/25", "2024-07/2025-06", "1999/00",
        ])
    func roundTrip(label: String) throws {
        #expect(try #require(Period(label)).label == label)
    }

    @Test("what is no period is refused", arguments: ["", "2023-13", "2024/26", "2023-Q5", "2025-06/2024-07", "0000"])
    func refused(label: String) {
        #expect(Period(label) == nil)
    }

    @Test("March belongs to the financial year before")
    func financialYear() throws {
        let march = try #require(Month("2025-03"))
        #expect(Period.containing(march, by: .financialYear)?.label == "2024/25")
        #expect(Period.containing(march.adding(months: 1), by: .financialYear)?.label == "2025/26")
    }
}
