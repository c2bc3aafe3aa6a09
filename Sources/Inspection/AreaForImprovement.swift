import Access
public import Actions
public import Kernel
public import Ledger

/// Something a report asks for, and all the work on it. The words of the report are never changed.
public struct AreaForImprovement: RecordBody {
    public static let kind = RecordKind("inspection.area", .improvement)
    static let reportIndex = "report"
    static let ownerIndex = "owner"

    public enum Source: String, Sendable, Codable {
        case areaForImprovement = "area for improvement"
        case recommendation
        /// A finding that the force chose to follow up although the report does not list it as an area.
        case finding
    }

    public let source: Source
    public let report: Identifier<InspectionReport>
    /// `Cleveland, effectiveness, 2017`.
    public let reportTitle: String
    public let question: String
    /// Its place in the report, from 1.
    public let number: Int
    public let title: String?
    /// Word for word.
    public let text: String
    public var owner: Assignee?
    public var due: Day?
    public var statuses: [StatusEvent]
    public var measures: [LinkedMeasure]
    public var evidence: [EvidenceItem]
    public var later: [LaterStatement]

    public var keys: [IndexKey] {
        let place = IndexKey(Self.reportIndex, report.text)
        return owner.map { [place, IndexKey(Self.ownerIndex, $0.id)] } ?? [place]
    }

    public var assignees: Set<String> { owner.map { [$0.id] } ?? [] }

    /// How actions and links name this area.
    public static func subject(_ id: Identifier<AreaForImprovement>) -> String { "inspection.area/\(id)" }
}

extension AreaForImprovement {
    /// The latest fact of one view, up to `day` when given: by the day it became so, then by when it was recorded.
    public func status(_ strand: StatusStrand, on day: Day? = nil) -> StatusEvent? {
        statuses.filter { event in event.strand == strand && (day.map { event.on <= $0 } ?? true) }
            .max { ($0.on, $0.recordedAt) < ($1.on, $1.recordedAt) }
    }

    public func isClosed(_ strand: StatusStrand, _ statuses: AreaStatuses) -> Bool {
        status(strand).flatMap { statuses.status($0.status) }?.closes ?? false
    }

    /// Its day has passed and the force does not hold it closed.
    public func isOverdue(on day: Day, _ statuses: AreaStatuses) -> Bool {
        due.map { $0 < day && !isClosed(.force, statuses) } ?? false
    }
}

/// A measure that shows whether the area gets better.
public struct LinkedMeasure: Sendable, Codable, Equatable {
    public let id: String
    public let title: String
    public let by: String
    public let at: Moment
}

/// What a later report says of it, linked by a person, never by the machine.
public struct LaterStatement: Sendable, Codable, Equatable {
    public let report: Identifier<InspectionReport>
    public let reportTitle: String
    /// Word for word from the later report.
    public let statement: String
    /// What the person makes of it.
    public let words: String
    public let by: String
    public let at: Moment
}

/// Something that shows whether the area is met. A figure keeps its definition as it was when it was quoted.
public struct EvidenceItem: Sendable, Codable, Equatable {
    /// `evidence-` and a number or a name; unique in its area.
    public let id: String
    public let claim: String
    public let figure: EvidenceFigure?
    public let document: EvidenceDocument?
    /// The day it speaks of.
    public let on: Day
    public let marking: Marking
    /// How the claim was tested against what really happens.
    public let realityTest: String
    public let by: String
    public let at: Moment
}

/// A figure as it was quoted: later changes of the data do not change it.
public struct EvidenceFigure: Sendable, Codable, Equatable {
    public let measure: String
    public let title: String
    public let definition: String
    public let period: String
    public let value: String
    public let unit: String
    public let numerator: String
    public let denominator: String
    /// In words, such as "95% interval 44.2% to 70.6%".
    public let interval: String

    public init(
        measure: String, title: String, definition: String, period: String, value: String, unit: String,
        numerator: String, denominator: String, interval: String
    ) {
        (self.measure, self.title, self.definition, self.period) = (measure, title, definition, period)
        (self.value, self.unit, self.numerator, self.denominator) = (value, unit, numerator, denominator)
        self.interval = interval
    }
}

/// A document attached as evidence; its bytes are kept apart, under their digest.
public struct EvidenceDocument: Sendable, Codable, Equatable {
    public let fileName: String
    public let mediaType: String
    /// In bytes.
    public let size: Int
    /// SHA-256 in hexadecimal.
    public let digest: String
}

/// How a paper must be handled: the Government Security Classifications Policy (Cabinet Office, in force from June 2023).
public enum Marking: String, Sendable, Codable, CaseIterable, Comparable {
    case official = "OFFICIAL"
    case officialSensitive = "OFFICIAL-SENSITIVE"

    public static func < (left: Marking, right: Marking) -> Bool {
        left == .official && right == .officialSensitive
    }
}
