/// What a column holds, which says how it is cleaned, compared and looked up.
public enum FieldKind: String, Sendable, Codable, CaseIterable {
    case givenName = "given name"
    case surname
    /// Given name and surname in one column; it is read as two fields.
    case fullName = "full name"
    case dateOfBirth = "date of birth"
    case postcode
    case address
    case houseNumber = "house number"
    case town
    case phone
    case email
    case identifier
    /// A few values, such as sex or a state.
    case category
    /// Any other words, compared letter by letter.
    case text
    case ignored

    var isName: Bool { self == .givenName || self == .surname }

    /// The levels of agreement, best first: level 1 is equal, the last is different. 0 stands for a missing value.
    public var levels: [String] {
        switch self {
        case .givenName:
            [
                "the same", "a nickname or one of several names", "spelt almost the same", "an initial",
                "sounds or looks alike", "swapped with the surname", "different",
            ]
        case .surname:
            [
                "the same", "one of several names", "spelt almost the same", "sounds or looks alike",
                "swapped with the given name", "different",
            ]
        case .dateOfBirth:
            [
                "the same", "one slip, or day and month swapped", "the known parts agree", "two of three parts agree",
                "the same year", "different",
            ]
        case .postcode:
            ["the same", "one slip", "the same sector, or near", "the same district, or nearby", "different"]
        case .address:
            ["the same", "spelt almost the same", "the same street, another number", "shares words", "different"]
        case .houseNumber: ["the same", "one slip", "different"]
        case .town, .text: ["the same", "spelt almost the same", "shares words or looks alike", "different"]
        case .phone: ["the same", "one slip, or the last six digits", "different"]
        case .email: ["the same", "at most two slips", "the same before the @", "different"]
        case .identifier: ["the same", "one slip", "two slips", "different"]
        case .category: ["the same", "different"]
        case .fullName, .ignored: []
        }
    }

    /// How often the two records of one person fall on each level before anything is known of the file; an opinion with
    /// little weight, which keeps the estimation from calling something else a match.
    var expected: [Double] {
        let count = levels.count
        guard count > 2 else { return [0.93, 0.07] }
        return (0..<count).map { $0 == 0 ? 0.8 : $0 == count - 1 ? 0.06 : 0.14 / Double(count - 2) }
    }

    /// At most so many pairs of records of one person have their names swapped.
    static let mostSwapped = 0.12

    /// At most so many pairs of records of one person differ altogether here. This says what "one person" means: without
    /// it the estimation may find households or neighbours instead, of whom there are more in most files.
    var mostDifferent: Double {
        switch self {
        case .givenName, .surname: 0.2
        case .dateOfBirth, .identifier: 0.15
        case .category: 0.1
        case .fullName, .ignored: 1
        case .postcode, .address, .houseNumber, .town, .phone, .email, .text: 0.5
        }
    }

    /// It tells persons apart. While a model is learnt, two records that agree on fewer than two of these are not taken
    /// for one person, however much of their address they share: pairs of neighbours and of a household are more than
    /// pairs of one person in many files, and an estimation without labels would find them instead.
    var isPersonal: Bool { [.givenName, .surname, .dateOfBirth, .identifier, .email].contains(self) }

    /// The first level that is hardly better than different.
    var firstDifferent: Int { self == .dateOfBirth || isName ? levels.count - 1 : levels.count }

    /// In which order values that differ are looked at to find out early that two records are not one person: what tells
    /// most for its price first; 0 costs next to nothing.
    var dearness: Int {
        switch self {
        case .category, .dateOfBirth: 0
        case .givenName: 1
        case .surname: 2
        case .identifier: 3
        case .phone: 4
        case .email, .houseNumber: 5
        case .postcode: 6
        case .town: 7
        case .address, .text, .fullName, .ignored: 8
        }
    }

    /// Its values are texts that are compared letter by letter.
    var isCompared: Bool { isName || [.address, .town, .text].contains(self) }

    /// The level of names that stand in each other's place; nil for what is no name.
    var swapped: Int? { isName ? levels.count - 1 : nil }
}
