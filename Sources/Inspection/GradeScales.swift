import Reference
import Yams

/// One scale of grades and the programme years in which it was used.
public struct GradeScale: Sendable, Equatable {
    public let id: String
    public let title: String
    /// First years of the programmes graded on it.
    public let years: ClosedRange<Int>
    /// Best first.
    public let grades: [Grade]
    /// Other scales whose grades the inspectorate lets one compare with these.
    public let comparableWith: [String]
    public let source: String
    /// What to know before using it; begins with † when not confirmed.
    public let note: String

    public var isConfirmed: Bool { !note.hasPrefix("†") }
}

/// The scales of grades, read from dated reference data.
public struct GradeScales: Sendable {
    public let all: [GradeScale]

    /// The scales that come with the room (`Reference/grade-scales.yaml`).
    /// - Throws: `ReferenceError` with the line of the mistake.
    public static func bundled() throws -> GradeScales {
        try GradeScales(file: .bundled("grade-scales", in: .module))
    }

    /// - Throws: `ReferenceError` with the line of the mistake.
    public init(yaml: String, name: String) throws {
        try self.init(file: ReferenceFile(name: name, text: yaml))
    }

    init(file: ReferenceFile) throws {
        var scales: [GradeScale] = []
        for entry in try file.entries("scales") {
            let scale = try GradeScale(file: file, entry: entry)
            if scales.contains(where: { $0.id == scale.id }) {
                throw file.error(entry, "The scale “\(scale.id)” is there twice.")
            }
            if let other = scales.first(where: { $0.years.overlaps(scale.years) }) {
                throw file.error(entry, "Its years overlap with those of “\(other.id)”.")
            }
            scales.append(scale)
        }
        all = scales
    }

    /// The scale of a programme; nil for a programme that the data does not know.
    public func scale(for year: ProgrammeYear) -> GradeScale? {
        all.first { $0.years.contains(year.first) }
    }
}

extension GradeScale {
    fileprivate init(file: ReferenceFile, entry: Node) throws {
        id = try file.string("id", of: entry)
        title = try file.string("title", of: entry)
        years = try file.span(of: entry)
        grades = try GradeScale.grades(file: file, entry: entry)
        comparableWith = (entry["comparableWith"]?.array() as [Node]? ?? []).compactMap { $0.scalar?.string }
        source = try file.string("source", of: entry)
        note = try file.string("note", of: entry)
    }

    private static func grades(file: ReferenceFile, entry: Node) throws -> [Grade] {
        guard let list = entry["grades"]?.array() as [Node]?, list.count > 1 else {
            throw file.error(entry, "“grades” must list at least two grades, best first.")
        }
        var grades: [Grade] = []
        for node in list {
            let word = node.scalar?.string ?? ""
            guard let grade = Grade(rawValue: word) else { throw file.error(node, "“\(word)” is no grade we know.") }
            guard !grades.contains(grade) else { throw file.error(node, "“\(word)” is there twice.") }
            grades.append(grade)
        }
        return grades
    }
}
