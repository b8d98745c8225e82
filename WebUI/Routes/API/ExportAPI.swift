import Foundation
import Hummingbird
import NIOCore
import Participation
import Store

/// Records as a file: JSON Lines of everything, or CSV of one kind. Streamed, page by page.
enum ExportAPI {
    static func download(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        let isPublic = query["public"] == "true"
        guard isPublic || visit.access.mayImport else { throw WebError.forbidden }
        let named = try query["entity"].map { name in
            guard let entity = EntityName(rawValue: name) else { throw WebError.noKind(name) }
            return entity
        }
        let selection = Selection(access: visit.access, isPublic: isPublic)
        switch query["format"] ?? "jsonl" {
        case "jsonl":
            let entities = named.map { [$0] } ?? EntityName.allCases
            return stream(visit, entities.filter(selection.includes), "application/jsonl", nil) {
                $0.json(selection).encoded + "\n"
            }
        case "csv":
            guard let entity = named else {
                throw WebError.refused([InputProblem(.missing, field: "entity")])
            }
            guard selection.includes(entity) else { throw WebError.forbidden }
            let columns = Entity[entity].fields.filter(selection.includes)
            let header = CSV.line(["id"] + columns.map(\.name))
            return stream(visit, [entity], "text/csv; charset=utf-8", CSV.mark + header) {
                CSV.line($0, columns)
            }
        default:
            let choices = ["choices": "jsonl, csv"]
            throw WebError.refused([InputProblem(.notChoice, field: "format", choices)])
        }
    }

    /// What an export may hold: what the role may read, or only what anyone may.
    struct Selection: Sendable {
        let access: Access
        let isPublic: Bool

        /// Accounts are made on each laptop; they are not records to hand on.
        func includes(_ entity: EntityName) -> Bool {
            guard entity != .account, access.mayRead(entity) || isPublic else { return false }
            return !isPublic || Entity[entity].fields.contains { $0.privacy == .open }
        }

        func includes(_ field: any AnyField) -> Bool {
            isPublic ? field.privacy == .open : access.mayRead(field)
        }
    }

    private static func stream(
        _ visit: Visit, _ entities: [EntityName], _ mediaType: String, _ header: String?,
        _ line: @escaping @Sendable (Record) -> String
    ) -> Response {
        let store = visit.store
        let body = ResponseBody { writer in
            if let header { try await writer.write(ByteBuffer(string: header)) }
            for entity in entities {
                var after: Int64? = 0
                while let from = after {
                    let page = try await store.read {
                        try $0.list(entity, after: from, limit: Limits.pageSize)
                    }
                    let text = page.records.map(line).joined()
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                    after = page.next
                }
            }
            try await writer.finish(nil)
        }
        var response = Response(status: .ok, headers: [.contentType: mediaType], body: body)
        let name = (entities.count == 1 ? entities[0].rawValue : "ashar")
        let ending = header == nil ? "jsonl" : "csv"
        response.headers[.contentDisposition] = "attachment; filename=\"\(name).\(ending)\""
        return response
    }
}

extension Record {
    fileprivate func json(_ selection: ExportAPI.Selection) -> JSON {
        var members: [JSON.Member] = [
            .init("entity", .string(entity.rawValue)), .init("id", .string(id.text)),
        ]
        for field in Entity[entity].fields where selection.includes(field) {
            if let value = values[field.name] {
                members.append(.init(field.name, field.json(value)))
            }
        }
        return .object(members)
    }
}

/// Comma-separated values (RFC 4180).
enum CSV {
    /// Tells spreadsheet programs that the file is UTF-8.
    static let mark = "\u{FEFF}"

    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    static func line(_ record: Record, _ columns: [any AnyField]) -> String {
        line(
            [record.id.text]
                + columns.map { column in
                    switch record.values[column.name] {
                    case .text(let text)?: harmless(text)
                    case let value?: JSON(value).encoded
                    case nil: ""
                    }
                })
    }

    /// A text that a spreadsheet would run as a formula stands behind an apostrophe (OWASP, CSV
    /// injection).
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
