import Access
public import Kernel
public import Ledger

/// Which column of a partner's table holds what. A value: written by hand, remembered for each agency, or guessed.
public struct ColumnMapping: Codable, Sendable, Hashable {
    /// What a column can hold.
    public enum Field: String, Codable, Sendable, CaseIterable {
        /// The agency's own number for a person: the same number is the same person.
        case number
        case given, family
        /// `Ama Mensah`, or `Mensah, Ama`.
        case name
        case born, sex, address, postcode, uprn, phone
        /// A number of another body, with its scheme.
        case identifier
        case capacity

        public var title: String {
            switch self {
            case .number: "Their own number for the person"
            case .given: "Given name"
            case .family: "Family name"
            case .name: "Whole name"
            case .born: "Date of birth"
            case .sex: "Sex"
            case .address: "Address"
            case .postcode: "Postcode"
            case .uprn: "UPRN"
            case .phone: "Telephone"
            case .identifier: "Number of another body"
            case .capacity: "Capacity, such as child"
            }
        }
    }

    /// How a date is written when it is not `2012-12-31`.
    public enum DateOrder: String, Codable, Sendable, CaseIterable {
        case dayMonthYear = "day-month-year"
        case monthDayYear = "month-day-year"
        case yearMonthDay = "year-month-day"

        public var title: String {
            switch self {
            case .dayMonthYear: "31/12/2012"
            case .monthDayYear: "12/31/2012"
            case .yearMonthDay: "2012/12/31"
            }
        }
    }

    public struct Column: Codable, Sendable, Hashable {
        public var column: String
        public var field: Field
        /// Of an identifier, such as `NHS`.
        public var scheme: String?
        /// Of a date; the day comes first unless it says otherwise.
        public var format: DateOrder?

        public init(_ column: String, _ field: Field, scheme: String? = nil, format: DateOrder? = nil) {
            (self.column, self.field, self.scheme, self.format) = (column, field, scheme, format)
        }
    }

    public var columns: [Column]
    /// As what all of them are known, where no column says it.
    public var capacity: RecordSubject.Capacity?
    /// Texts that stand for “not known”, such as `01/01/1900`.
    public var unknown: [String]?
    /// Of 1 January only the year is believed.
    public var firstOfJanuaryIsYear: Bool?

    public init(
        columns: [Column], capacity: RecordSubject.Capacity? = nil, unknown: [String]? = nil,
        firstOfJanuaryIsYear: Bool? = nil
    ) {
        (self.columns, self.capacity, self.unknown) = (columns, capacity, unknown)
        self.firstOfJanuaryIsYear = firstOfJanuaryIsYear
    }

    /// The same for a table with these names: what it says of columns that are there, and of the others what their names
    /// tell.
    public func fitted(to header: [String]) -> ColumnMapping {
        let names = Set(header.map(ColumnGuess.folded))
        var fitted = self
        fitted.columns = columns.filter { names.contains(ColumnGuess.folded($0.column)) }
        let known = Set(fitted.columns.map { ColumnGuess.folded($0.column) })
        let (order, held) = (columns.first { $0.field == .born }?.format, Set(fitted.columns.map(\.field)))
        for guess in ColumnGuess.mapping(of: header).columns where !known.contains(ColumnGuess.folded(guess.column)) {
            // A column that was left out the last time stays out where nothing of its kind is missing.
            guard columns.contains(where: { $0.field == guess.field }), !held.contains(guess.field) else { continue }
            var guess = guess
            if guess.field == .born { guess.format = order }
            fitted.columns.append(guess)
        }
        return fitted
    }

    /// Where each column stands in a table with these names.
    /// - Throws: `Problem.invalid` when a column is missing or named twice, or too little is known of a person.
    func places(in header: [String]) throws -> [(place: Int, column: Column)] {
        let folded = header.map(ColumnGuess.folded)
        let places = try columns.map { column in
            let matches = folded.indices.filter { folded[$0] == ColumnGuess.folded(column.column) }
            guard let place = matches.first, matches.count == 1 else {
                throw Problem(
                    .invalid,
                    matches.isEmpty
                        ? "The file has no column “\(column.column)”." : "Two columns are called “\(column.column)”.",
                    next:
                        "Its columns are: \(header.prefix(40).joined(separator: ", ")). Change the mapping or the file."
                )
            }
            return (place, column)
        }
        let fields = Set(columns.map(\.field))
        guard fields.contains(.number), columns.filter({ $0.field == .number }).count == 1 else {
            throw Problem(
                .invalid, "No column is their own number for the person, so the same person could not be known again.",
                next: "Say which column it is. The columns are: \(header.prefix(40).joined(separator: ", ")).")
        }
        guard fields.contains(.name) || fields.contains(.family) || fields.contains(.given) else {
            throw Problem(
                .invalid, "No column holds a name.",
                next: "Say which column it is. The columns are: \(header.prefix(40).joined(separator: ", ")).")
        }
        guard columns.allSatisfy({ $0.field != .identifier || !($0.scheme ?? "").trimmed().isEmpty }) else {
            throw Problem(
                .invalid, "A column of numbers does not say whose numbers they are.",
                next: "Give it a scheme, such as NHS.")
        }
        return places
    }
}

/// The mapping that is remembered for an agency.
public struct AgencyMapping: RecordBody {
    public static let kind = RecordKind("people.mapping", .sharing)

    /// The agency that shares.
    public let agency: String
    public var mapping: ColumnMapping

    public var keys: [IndexKey] { [IndexKey("agency", agency)] }
}

/// What the name of a column tells of what it holds.
public enum ColumnGuess {
    /// What is assumed of these names. Columns whose names tell nothing are left out; whoever loads is told.
    public static func mapping(of header: [String]) -> ColumnMapping {
        var (columns, taken) = ([ColumnMapping.Column](), Set<String>())
        for name in header where !name.isEmpty {
            guard let guess = guess(folded(name)) else { continue }
            let key = guess.field.rawValue + (guess.scheme ?? "")
            let isMany = [.address, .phone].contains(guess.field)
            guard taken.insert(key).inserted || isMany else { continue }
            columns.append(ColumnMapping.Column(name, guess.field, scheme: guess.scheme))
        }
        let fields = Set(columns.map(\.field))
        // A whole name beside its parts would say it twice.
        if fields.contains(.family) || fields.contains(.given) { columns.removeAll { $0.field == .name } }
        return ColumnMapping(columns: columns)
    }

    /// Letters and digits alone, in lower case.
    public static func folded(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func guess(_ name: String) -> (field: ColumnMapping.Field, scheme: String?)? {
        if let field = exact[name] { return (field, nil) }
        if let scheme = schemes[name] { return (.identifier, scheme) }
        if name.hasPrefix("address") || name.hasPrefix("addr") { return (.address, nil) }
        for subject in ["child", "pupil", "person", "client", "patient", "student", "customer"] {
            guard name.hasPrefix(subject) else { continue }
            let rest = String(name.dropFirst(subject.count))
            if rest.isEmpty { return nil }
            if let field = exact[rest] { return (field, nil) }
        }
        return nil
    }

    private static let exact: [String: ColumnMapping.Field] = [
        "id": .number, "ref": .number, "reference": .number, "referencenumber": .number, "identifier": .number,
        "recordid": .number, "caseid": .number, "number": .number, "no": .number, "key": .number,
        "uniqueid": .number, "localid": .number, "mosaicid": .number, "liquidlogicid": .number, "systemid": .number,
        "given": .given, "givenname": .given, "givennames": .given, "forename": .given, "forenames": .given,
        "firstname": .given, "firstnames": .given, "first": .given,
        "family": .family, "familyname": .family, "surname": .family, "lastname": .family, "last": .family,
        "name": .name, "fullname": .name,
        "born": .born, "dob": .born, "dateofbirth": .born, "birthdate": .born, "birthday": .born, "birth": .born,
        "sex": .sex, "gender": .sex, "legalsex": .sex,
        "street": .address, "town": .address, "city": .address, "house": .address, "locality": .address,
        "postcode": .postcode, "postalcode": .postcode, "pcode": .postcode,
        "uprn": .uprn,
        "phone": .phone, "telephone": .phone, "tel": .phone, "mobile": .phone, "phonenumber": .phone,
        "telephonenumber": .phone, "mobilenumber": .phone, "mobilephone": .phone, "homephone": .phone,
        "capacity": .capacity, "role": .capacity,
    ]

    private static let schemes: [String: String] = [
        "nhs": "NHS", "nhsno": "NHS", "nhsnumber": "NHS", "nhsnum": "NHS",
        "upn": "UPN", "uniquepupilnumber": "UPN", "nino": "NINO", "nationalinsurancenumber": "NINO", "pnc": "PNC",
        "pncid": "PNC", "pncnumber": "PNC",
    ]
}
