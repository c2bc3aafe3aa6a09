import Kernel

/// Why a row cannot be used.
struct Unusable: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Makes rows of one file from their fields. Used by one thread.
struct RowReader {
    let kind: FeedKind
    /// What the file's name says; rows that say another month are not usable.
    let named: FileName?
    /// For files whose name does not say it and whose rows cannot.
    let givenForce: String?
    let latest: Month
    var words: WordTable
    private(set) var otherForces = 0
    private var lastMonth: (text: [UInt8], month: Month)?
    private var lastForce: (text: [UInt8], slug: String)?

    init(kind: FeedKind, named: FileName?, givenForce: String?, latest: Month, seed: UInt64) {
        (self.kind, self.named, self.givenForce, self.latest) = (kind, named, givenForce, latest)
        words = WordTable(seed: seed)
    }

    mutating func renewWords(seed: UInt64) { words = WordTable(seed: seed) }

    mutating func read(_ scanner: CSVScanner) throws -> (FactRow, force: String, month: Month) {
        switch scanner.flaw {
        case .openQuote: throw Unusable("a quotation mark is opened and not closed")
        case .strayQuote: throw Unusable("there is text after a closing quotation mark")
        case .zeroByte: throw Unusable("it holds bytes that are no text")
        case nil: break
        }
        let expected = kind.columnCount
        guard scanner.fieldCount == expected else {
            throw Unusable("it has \(scanner.fieldCount) values and \(expected) were expected")
        }
        switch kind {
        case .street, .outcomes: return try crime(scanner)
        case .stopAndSearch: return try stop(scanner)
        }
    }

    private mutating func crime(_ scanner: CSVScanner) throws -> (FactRow, force: String, month: Month) {
        var row = FactRow(line: Int32(clamping: scanner.line))
        if !scanner[0].isEmpty {
            guard let identifier = Fields.identifier(scanner[0]) else {
                throw Unusable("the Crime ID is not 64 digits and letters a to f")
            }
            row.identifier = identifier
        } else if kind == .outcomes {
            throw Unusable("the Crime ID is blank, so nobody can say whose outcome it is")
        }
        let month = try month(scanner[1])
        let force = try force(scanner)
        row.point = try point(longitude: scanner[4], latitude: scanner[5])
        guard Fields.isAreaCode(scanner[7]) else { throw Unusable("the LSOA code is not a letter and eight digits") }
        row.words[0] = try word(.location, scanner[6], "location")
        row.words[1] = try word(.lsoa, scanner[7], "LSOA code", detail: scanner[8])
        guard !scanner[9].isEmpty else {
            throw Unusable(kind == .street ? "the crime type is blank" : "the outcome type is blank")
        }
        if kind == .street {
            row.words[2] = try word(.crimeType, scanner[9], "crime type")
            row.words[3] = try word(.outcome, scanner[10], "last outcome")
            row.words[4] = try word(.force, scanner[2], "reported by")
            row.words[5] = try word(.context, scanner[11], "context")
        } else {
            row.words[2] = try word(.outcome, scanner[9], "outcome type")
            row.words[3] = try word(.force, scanner[2], "reported by")
        }
        return (row, force, month)
    }

    private mutating func stop(_ scanner: CSVScanner) throws -> (FactRow, force: String, month: Month) {
        guard let force = named?.force ?? givenForce else { throw Unusable("nothing says which force it is of") }
        guard let moment = Moment(iso8601: scanner.text(1)) else {
            throw Unusable("the date is not like 2023-01-31T00:00:00+00:00")
        }
        // Stamps are local midnights written in UTC: in summer, 23:00 of the day before.
        let month = try allowed(LondonTime.day(of: moment).monthOfYear)
        var row = FactRow(line: Int32(clamping: scanner.line), at: moment.milliseconds)
        row.point = try point(longitude: scanner[5], latitude: scanner[4])
        for (lane, column) in [0, 3, 6, 7, 8, 9, 10, 11, 12].enumerated() {
            row.words[lane] = try word(kind.wordKinds[lane], scanner[column], kind.header[column])
        }
        for (lane, column) in [2, 13, 14].enumerated() {
            row.words[9 + lane] = try flag(scanner[column], kind.header[column])
        }
        return (row, force, month)
    }

    private mutating func month(_ text: UnsafeRawBufferPointer) throws -> Month {
        if let lastMonth, Fields.areEqual(text, lastMonth.text) { return lastMonth.month }
        guard let month = Fields.month(text) else { throw Unusable("the month is not like 2023-01") }
        let usable = try allowed(month)
        lastMonth = (Array(text), usable)
        return usable
    }

    private func allowed(_ month: Month) throws -> Month {
        guard month <= latest else { throw Unusable("the month \(month) has not come yet") }
        guard month >= RowReader.first else { throw Unusable("the month \(month) is before data.police.uk began") }
        guard named.map({ $0.month == month }) ?? true else {
            throw Unusable("the row is of \(month) and the name of the file says \(named?.month.description ?? "")")
        }
        return month
    }

    private static let first = Month(index: 2008 * 12)

    private mutating func force(_ scanner: CSVScanner) throws -> String {
        if let lastForce, Fields.areEqual(scanner[3], lastForce.text) {
            if let named, named.force != lastForce.slug { otherForces += 1 }
            return named?.force ?? lastForce.slug
        }
        let field = scanner[3].isEmpty ? scanner[2] : scanner[3]
        let slug = ForceName.slug(String(decoding: field.prefix(WordTable.longest), as: UTF8.self))
        guard let found = slug ?? named?.force ?? givenForce else { throw Unusable("no force is named") }
        lastForce = (Array(scanner[3]), found)
        if let named, named.force != found { otherForces += 1 }
        return named?.force ?? found
    }

    private func point(longitude: UnsafeRawBufferPointer, latitude: UnsafeRawBufferPointer) throws -> Point? {
        switch Point.read(longitude: longitude, latitude: latitude) {
        case .none: return nil
        case .at(let point): return point
        case .flawed(let reason): throw Unusable(reason)
        }
    }

    private mutating func word(
        _ kind: WordKind, _ text: UnsafeRawBufferPointer, _ name: String, detail: UnsafeRawBufferPointer? = nil
    ) throws -> Int32 {
        if let number = words.number(kind, text, detail: detail) { return number }
        let isLong = text.count > WordTable.longest
        throw Unusable("the \(name.lowercasedStart) is \(isLong ? "too long" : "not readable text (UTF-8)")")
    }

    private func flag(_ text: UnsafeRawBufferPointer, _ name: String) throws -> Int32 {
        switch String(decoding: text.prefix(8), as: UTF8.self).lowercased() {
        case "": 0
        case "true": 1
        case "false": 2
        default: throw Unusable("“\(name)” is neither True, False nor blank")
        }
    }
}

extension FeedKind {
    var columnCount: Int {
        switch self {
        case .street: 12
        case .outcomes: 10
        case .stopAndSearch: 15
        }
    }
}

extension String {
    fileprivate var lowercasedStart: String {
        hasPrefix("LSOA") ? self : prefix(1).lowercased() + dropFirst()
    }
}
