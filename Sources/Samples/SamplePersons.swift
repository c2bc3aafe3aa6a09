import Kernel

/// An invented person outside the force. The telephone is of the range kept for fiction; the postcode area is not in use.
public struct SamplePerson: Sendable, Hashable {
    public let given: String
    public let family: String
    /// A short form she is also called by.
    public let alias: String?
    public let born: Day
    public let isFemale: Bool
    public let address: String
    public let postcode: String
    public let phone: String
    public let warning: String?
}

enum SamplePersons {
    private static let women = [
        ("Margaret", "Maggie"), ("Aoife", nil), ("Precious", nil), ("Katarzyna", "Kasia"), ("Ngozi", nil),
        ("Elizabeth", "Beth"), ("Siân", nil), ("Fatima", nil), ("Catherine", "Kate"), ("Thi Mai", "Mai"),
    ]
    private static let men = [
        ("William", "Bill"), ("Mohammed", "Mo"), ("Oluwaseun", "Seun"), ("Piotr", nil), ("Andrew", "Andy"),
        ("Gurpreet", nil), ("Jean-Luc", nil), ("Robert", "Bob"), ("Tadhg", nil), ("Dmytro", "Dima"),
    ]
    private static let families = [
        "Aldermoor", "Byrne-Whitlock", "Castlewick", "Dunmarsh", "Eastgarth", "Ferrowby", "Gillmorton", "Hazelrigg",
        "Ironmonger", "Jarrowfield", "Kilbrannan", "Lowestone", "Mac Suibhne", "Nightingale-Obi", "O’Tarnsyde",
    ]
    private static let streets = ["Quay Row", "Gantry Street", "Larch Close", "Chapel Hill", "Foundry Walk"]
    private static let warnings = ["A dog that bites", "Has hurt officers", "Knock twice: she is afraid of the door"]

    static func all(seed: UInt64) -> [SamplePerson] {
        var generator = SeededGenerator(seed: seed, purpose: 11)
        return (0..<60).map { _ in person(&generator) }
    }

    private static func person(_ generator: inout SeededGenerator) -> SamplePerson {
        let isFemale = generator.below(2) == 0
        let (given, short) = generator.pick(isFemale ? women : men)
        let born = Day(daysSince1970: -8_000 + generator.below(22_000))
        let number = generator.below(1000)
        return SamplePerson(
            given: given, family: generator.pick(families), alias: generator.below(3) == 0 ? short : nil, born: born,
            isFemale: isFemale, address: "\(1 + generator.below(120)) \(generator.pick(streets))",
            postcode: "ZZ\(1 + generator.below(9)) \(1 + generator.below(9))FB",
            phone: "07700 900\(padded(number))",
            warning: generator.below(6) == 0 ? generator.pick(warnings) : nil)
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
