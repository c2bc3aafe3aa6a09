public import Kernel
import Reference
import Yams

/// Whose view a status is. The two are never mixed: a force may hold that it is done while the inspectorate does not.
public enum StatusStrand: String, Sendable, Codable, CaseIterable {
    case force
    case inspectorate
}

/// A status that an area for improvement can have, from dated reference data.
public struct AreaStatus: Sendable, Hashable {
    public let strand: StatusStrand
    public let id: String
    public let title: String
    public let closes: Bool
    /// The first day on which it could be given.
    public let from: Day
    public let source: String
}

public struct AreaStatuses: Sendable {
    /// In the order in which they usually follow.
    public let all: [AreaStatus]

    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> AreaStatuses {
        try AreaStatuses(file: .bundled("area-statuses", in: .module))
    }

    /// - Throws: `ReferenceError` with the line of the mistake.
    public init(yaml: String, name: String) throws { try self.init(file: ReferenceFile(name: name, text: yaml)) }

    init(file: ReferenceFile) throws {
        var all: [AreaStatus] = []
        for entry in try file.entries("statuses") {
            let status = try AreaStatus(file: file, entry: entry)
            if all.contains(where: { $0.id == status.id }) {
                throw file.error(entry, "The status “\(status.id)” is there twice.")
            }
            all.append(status)
        }
        self.all = all
    }

    public func of(_ strand: StatusStrand) -> [AreaStatus] { all.filter { $0.strand == strand } }

    public func status(_ id: String) -> AreaStatus? { all.first { $0.id == id } }
}

extension AreaStatus {
    fileprivate init(file: ReferenceFile, entry: Node) throws {
        let word = try file.string("strand", of: entry)
        guard let strand = StatusStrand(rawValue: word) else { throw file.error(entry, "“\(word)” is nobody’s view.") }
        let day = try file.string("from", of: entry)
        guard let from = Day(day) else { throw file.error(entry, "“\(day)” is not a day.") }
        self.init(
            strand: strand, id: try file.string("id", of: entry), title: try file.string("title", of: entry),
            closes: try file.string("closes", of: entry) == "yes", from: from,
            source: try file.string("source", of: entry))
    }
}

/// A dated fact about where an area for improvement stands. Added, never changed; a mistake is put right by a later one.
public struct StatusEvent: Sendable, Codable, Equatable {
    public let strand: StatusStrand
    /// The id of an `AreaStatus`.
    public let status: String
    /// The day on which it became so.
    public let on: Day
    public let words: String
    public let by: String
    public let recordedAt: Moment
}
