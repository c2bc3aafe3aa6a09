import Kernel

/// The record that another agency holds of a person whom the force holds too: the truth behind a match.
public struct SampleTwin: Sendable, Hashable {
    /// Which of the force's persons it is.
    public let of: Int
    public let agency: String
    /// As that agency wrote her down.
    public let person: SamplePerson
}

enum SampleTwins {
    private static let count = 14
    private static let agencies = ["fellbrook-health", "four-winds-housing", "lantern-idva", "fellbrook-probation"]

    /// Spelt by ear, called by another name, moved, a slip in the date of birth, or no telephone: one of these each.
    static func all(of persons: [SamplePerson], seed: UInt64) -> [SampleTwin] {
        var generator = SeededGenerator(seed: seed, purpose: 12)
        return persons.prefix(count).enumerated().map { place, person in
            SampleTwin(
                of: place, agency: agencies[place % agencies.count], person: varied(person, place, &generator))
        }
    }

    private static func varied(
        _ person: SamplePerson, _ place: Int, _ generator: inout SeededGenerator
    ) -> SamplePerson {
        let (isMoved, isSlip) = (place % 5 == 2, place % 5 == 3)
        return SamplePerson(
            given: place % 5 == 1 ? person.alias ?? String(person.given.prefix(1)) : person.given,
            family: place % 5 == 0 ? misspelt(person.family) : person.family, alias: nil,
            born: isSlip ? person.born.adding(days: 10) : person.born, isFemale: person.isFemale,
            address: isMoved ? "\(1 + generator.below(90)) Tannery Row" : person.address,
            postcode: isMoved ? "ZZ9 \(1 + generator.below(9))FB" : person.postcode,
            phone: place % 5 == 4 ? "" : person.phone, warning: place % 4 == 0 ? "Do not visit alone" : nil)
    }

    /// Its last letter but one is doubled.
    private static func misspelt(_ name: String) -> String {
        guard let letter = name.dropLast().last else { return name }
        return "\(name.dropLast())\(letter)\(name.suffix(1))"
    }
}
