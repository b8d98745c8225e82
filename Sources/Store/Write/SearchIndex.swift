import GRDB
import Participation
import SyncCore

/// The index of titles and names. Derived like the tables; refreshed in the same transaction.
enum SearchIndex {
    private static let mark = "\u{2039}\u{2039}"

    /// Kinds whose titles people look for; the others are found through these.
    static func isSearched(_ entity: Entity) -> Bool {
        !entity.titleFields.isEmpty && entity.name != .agendaItem && entity.name != .minutesEntry
    }

    /// Indexes a record that was just made.
    static func add(
        _ change: RecordChange, _ number: Int64, _ table: EntityTable,
        _ statements: WriteStatements
    ) throws {
        guard isSearched(table.entity) else { return }
        let texts = table.entity.titleFields.compactMap { name -> String? in
            let field = change.fields.first { $0.name == name }
            if case .text(let text)? = field?.content { return text } else { return nil }
        }
        try insert(number, texts, table, statements)
    }

    /// Indexes a record anew from its row.
    static func refresh(
        _ number: Int64, _ table: EntityTable?, _ statements: WriteStatements, _ db: Database
    ) throws {
        guard let table, isSearched(table.entity) else { return }
        try statements.deleteSearch.run(.number(number))
        let columns = table.entity.titleFields.map { "\"\($0)\"" }.joined(separator: ", ")
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM "\(table.entity.name)"
                    WHERE "_record" = ? AND "deleted" = 0
                    """), arguments: [number])
        guard let row else { return }
        let texts = table.entity.titleFields.compactMap { (row[$0] as DatabaseValue).string }
        try insert(number, texts, table, statements)
    }

    /// The query for a text that a person typed; nil where it holds no letter or digit.
    static func query(_ text: String) -> String? {
        let words = SearchText.words(text).prefix(8)
        guard !words.isEmpty else { return nil }
        return words.map { word in
            let marks = String(mark.prefix(max(0, 3 - word.unicodeScalars.count)))
            return "\"\(marks)\(word)\""
        }.joined(separator: " ")
    }

    private static func insert(
        _ number: Int64, _ texts: [String], _ table: EntityTable, _ statements: WriteStatements
    ) throws {
        let text = SearchText.fold(texts.joined(separator: " "), mark: mark)
        guard !text.isEmpty else { return }
        try statements.insertSearch.run(
            .number(number), .text(text), .text(table.entity.name.rawValue))
    }
}

extension DatabaseValue {
    /// The text or number as text; nil for null and bytes.
    var string: String? {
        switch storage {
        case .string(let text): text
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .null, .blob: nil
        }
    }
}
