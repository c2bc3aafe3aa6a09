public import Access
public import Kernel

/// When something was, as precisely as is known. Never completed by guessing: a month sorts by its first day and is shown
/// as a month.
public struct ChronologyTime: Sendable, Hashable {
    public enum Precision: String, Sendable, CaseIterable { case minute, day, month, year }

    /// Its beginning, in London.
    public let moment: Moment
    public let precision: Precision

    public init(_ moment: Moment) { (self.moment, precision) = (moment, .minute) }

    public init(_ day: Day, precision: Precision = .day) {
        let plain = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000)
        moment = plain.adding(seconds: -LondonTime.offsetSeconds(at: plain))
        self.precision = precision
    }

    /// The day it was on or began.
    public var day: Day { LondonTime.day(of: moment) }
}

/// One dated line about a person, published by a record in the commit that writes it.
public struct ChronologyEntry: Sendable, Hashable {
    /// The person, as one agency holds her.
    public let person: String
    public let when: ChronologyTime
    /// For example `people.address`. Never given another meaning.
    public let kind: String
    /// In plain words and at most 200 characters. It says nothing that `field` does not cover, and nothing sealed.
    public let line: String
    /// The class of fields that somebody must see to see the line.
    public let field: FieldClass
    public let capacity: RecordSubject.Capacity
    /// The agency that was told, where that is what happened.
    public let recipient: String?
    /// Another record that the line is about, such as a place: who may not see that one does not see the line.
    public let about: ChronologyAbout?
    /// What tells it apart from others of one record, person, time and kind: words of the body, never of a table that may
    /// be reworded.
    public let key: String

    public init(
        person: String, when: ChronologyTime, kind: String, line: String, field: FieldClass,
        capacity: RecordSubject.Capacity = .other, recipient: String? = nil, about: ChronologyAbout? = nil,
        key: String = ""
    ) {
        (self.person, self.when, self.kind, self.line) = (person, when, kind, String(line.prefix(200)))
        (self.field, self.capacity, self.recipient, self.about) = (field, capacity, recipient, about)
        self.key = key
    }

    /// Stays the same while the entry does, however its line is worded.
    var mark: String {
        let parts = [
            person, String(when.moment.milliseconds), when.precision.rawValue, kind, capacity.rawValue,
            recipient ?? "", about?.record ?? "", key,
        ]
        // FNV-1a of 64 bits: enough to tell apart the few entries of one record.
        let hash = parts.joined(separator: "\u{1F}").utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}

/// A record that an entry is about beside its own.
public struct ChronologyAbout: Sendable, Hashable {
    public let kind: String
    public let record: String

    public init<Body: RecordBody>(_ id: Identifier<Body>) { (kind, record) = (Body.kind.name, id.text) }
}

/// The record that publishes, as far as entries may depend on it beside its body. All of it stays the same for ever, so
/// that what a body publishes can be worked out again.
public struct ChronologySource: Sendable, Hashable {
    public let record: String
    public let owner: String
    /// When it was first written down.
    public let since: Moment
}

/// An entry as it is shown: with its source.
public struct ChronologyLine: Sendable, Hashable {
    public let entry: ChronologyEntry
    /// The agency that owns the record it comes from.
    public let agency: String
    public let source: ChronologyAbout
    /// The version that brought it, and when it was written down: from then on the agency knew.
    public let version: Int
    public let knownSince: Moment
}

/// Part of a chronology, newest first.
public struct ChronologyPage: Sendable {
    public let lines: [ChronologyLine]
    /// Give this to get what follows; nil at the end.
    public let next: ChronologyPosition?
}

/// A place in a chronology: after this entry.
public struct ChronologyPosition: Sendable, Hashable {
    public let at: Moment
    public let record: String
    public let mark: String

    public init(at: Moment, record: String, mark: String) {
        (self.at, self.record, self.mark) = (at, record, mark)
    }

    /// `1764115200000.0199….af3`: for an address.
    public var text: String { "\(at.milliseconds).\(record).\(mark)" }

    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let at = Int64(parts[0]) else { return nil }
        self.init(at: Moment(milliseconds: at), record: parts[1], mark: parts[2])
    }
}

/// Which part of a chronology is wanted. What is not named is not asked for; all that is named must hold.
public struct ChronologyQuery: Sendable {
    public var agency: String?
    public var capacity: RecordSubject.Capacity?
    /// As it was written down at this moment.
    public var asKnownAt: Moment?
    public var after: ChronologyPosition?
    /// At most this many, 1 to 500.
    public var limit: Int

    public init(
        agency: String? = nil, capacity: RecordSubject.Capacity? = nil, asKnownAt: Moment? = nil,
        after: ChronologyPosition? = nil, limit: Int = 100
    ) {
        (self.agency, self.capacity, self.asKnownAt) = (agency, capacity, asKnownAt)
        (self.after, self.limit) = (after, limit)
    }
}
