/// The type of a column, spelt by each engine in its own words.
public enum ColumnType: Sendable {
    case integer
    case real
    case text
    case blob
}

/// A column of a `Table`.
public struct Column: Sendable {
    public let name: String
    public let type: ColumnType
    public let isNullable: Bool

    public init(_ name: String, _ type: ColumnType, nullable: Bool = false) {
        (self.name, self.type, self.isNullable) = (name, type, nullable)
    }
}

/// A table, declared once for all engines.
public struct Table: Sendable {
    public let name: String
    public let columns: [Column]
    public let primaryKey: [String]

    public init(_ name: String, _ columns: [Column], primaryKey: [String]) {
        (self.name, self.columns, self.primaryKey) = (name, columns, primaryKey)
    }

    func adding(_ column: Column) -> Table { Table(name, columns + [column], primaryKey: primaryKey) }
}

/// One step of the schema. A step that has shipped is never edited: a new one follows it.
public struct Migration: Sendable {
    public enum Step: Sendable {
        case create(Table)
        /// Adds a column that may be empty to a table that is there.
        case add(Column, to: String)
        case index(name: String, table: String, columns: [String], unique: Bool)
        case statement(String)
    }

    /// For example `ledger-001`. Applied once, in the order of the list.
    public let name: String
    public let steps: [Step]

    public init(_ name: String, _ steps: [Step]) {
        (self.name, self.steps) = (name, steps)
    }
}
