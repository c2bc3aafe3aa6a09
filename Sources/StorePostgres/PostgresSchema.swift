import Ledger

/// Tables in PostgreSQL's own words. Text sorts by its bytes, as SQLite's does: lists must not change their order with
/// the engine, nor with the language of a server.
enum PostgresSchema {
    static func statement(_ step: Migration.Step) -> String {
        switch step {
        case .statement(let text):
            return text
        case .index(let name, let table, let columns, let unique):
            return "CREATE \(unique ? "UNIQUE " : "")INDEX \(name) ON \(table) (\(columns.joined(separator: ", ")))"
        case .add(let column, let table):
            return "ALTER TABLE \(table) ADD COLUMN \(definition(column))"
        case .create(let table):
            let parts = table.columns.map(definition) + ["PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))"]
            return "CREATE TABLE \(table.name) (\(parts.joined(separator: ", ")))"
        }
    }

    private static func definition(_ column: Column) -> String {
        "\(column.name) \(type(column.type))" + (column.isNullable ? "" : " NOT NULL")
    }

    private static func type(_ type: ColumnType) -> String {
        switch type {
        case .integer: "BIGINT"
        case .real: "DOUBLE PRECISION"
        case .text: "TEXT COLLATE \"C\""
        case .blob: "BYTEA"
        }
    }
}
