import GRDB
import GRDBSQLite
import SyncCore

/// A statement of the write path, bound and stepped by SQLite's own functions: an array of
/// arguments for each row would cost several times what the row itself does. It lives as long as
/// its connection, which keeps it prepared.
struct WriteStatement {
    private let statement: GRDB.Statement
    private let pointer: OpaquePointer
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        pointer = statement.sqliteStatement
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    /// Binds from the first place on, then runs the statement to its end.
    func run(_ values: Binding...) throws {
        for (index, value) in values.enumerated() { bind(value, at: Int32(index + 1)) }
        try run()
    }

    /// The first column of the first row; nil where there is none.
    func number(_ values: Binding...) throws -> Int64? {
        for (index, value) in values.enumerated() { bind(value, at: Int32(index + 1)) }
        defer { sqlite3_reset(pointer) }
        return try step() ? sqlite3_column_int64(pointer, 0) : nil
    }

    /// Calls back with the first two columns of each row.
    func pairs(_ value: Binding, _ body: (Int64, Int64) -> Void) throws {
        bind(value, at: 1)
        defer { sqlite3_reset(pointer) }
        while try step() {
            body(sqlite3_column_int64(pointer, 0), sqlite3_column_int64(pointer, 1))
        }
    }

    /// A value on its way into a row.
    enum Binding {
        case null
        case number(Int64)
        case real(Double)
        case text(String)
        case bytes([UInt8])
    }

    /// Binds one value; errors of binding come out when the statement runs.
    func bind(_ value: Binding, at index: Int32) {
        switch value {
        case .null: sqlite3_bind_null(pointer, index)
        case .number(let number): sqlite3_bind_int64(pointer, index, number)
        case .real(let number): sqlite3_bind_double(pointer, index, number)
        case .text(var text):
            text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    _ = sqlite3_bind_text(
                        pointer, index, $0.baseAddress, Int32($0.count), Self.copied)
                }
            }
        case .bytes(let bytes):
            bytes.withUnsafeBytes {
                // An empty blob needs an address, or it would be NULL.
                _ =
                    $0.isEmpty
                    ? sqlite3_bind_zeroblob(pointer, index, 0)
                    : sqlite3_bind_blob(
                        pointer, index, $0.baseAddress, Int32($0.count), Self.copied)
            }
        }
    }

    /// Runs what was bound to its end, and forgets what was bound.
    func run() throws {
        defer {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
        while try step() {}
    }

    private func step() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let connection = sqlite3_db_handle(pointer)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
    }
}

extension WriteStatement.Binding {
    /// A field's content for a column; null where another laptop's version wrote a kind of value
    /// that this column cannot hold.
    init(_ content: Content, for column: ColumnType) {
        self =
            switch (content, column) {
            case (.flag(let flag), .integer): .number(flag ? 1 : 0)
            case (.integer(let number), .integer): .number(number)
            case (.integer(let number), .real): .real(Double(number))
            case (.number(let number), .real): .real(number)
            case (.text(let text), .text): .text(text)
            default: .null
            }
    }
}
