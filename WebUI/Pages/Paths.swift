import Participation
import Store

/// Every address of the desk, in one place; links and redirects come from here alone.
enum Paths {
    static let home = "/"
    static let welcome = "/welcome"
    static let login = "/login"
    static let villages = "/villages"
    static let calendar = "/calendar"
    static let records = "/records"
    static let accounts = "/accounts"
    static let status = "/status"
    static let search = "/search"

    static func cycle(_ id: RecordID) -> String { "/cycles/\(id)" }
    static func event(_ id: RecordID) -> String { "/events/\(id)" }
    static func people(_ event: RecordID) -> String { "/events/\(event)/people" }
    static func minutes(_ event: RecordID) -> String { "/events/\(event)/minutes" }
    static func gallery(_ event: RecordID) -> String { "/events/\(event)/gallery" }
    static func map(_ event: RecordID) -> String { "/events/\(event)/map" }
    static func mapPicture(_ event: RecordID) -> String { "/api/v1/events/\(event)/map.svg" }
    static func document(_ kind: DocumentKind, _ id: RecordID) -> String {
        "/documents/\(kind.rawValue)/\(id)"
    }

    /// The ranking of a village, or of the municipality.
    static func ranking(_ cycle: RecordID, village: RecordID? = nil) -> String {
        "/ranking?cycle=\(cycle)" + (village.map { "&village=\($0)" } ?? "")
    }

    static func list(_ entity: EntityName) -> String { "/records/\(entity)" }

    /// The records of a kind that point to a record through a field.
    static func list(_ entity: EntityName, where field: String, is id: RecordID) -> String {
        "/records/\(entity)?\(field)=\(id)"
    }

    static func record(_ entity: EntityName, _ id: RecordID) -> String {
        "/records/\(entity)/\(id)"
    }

    /// The form for a new record, with a reference filled in.
    static func new(_ entity: EntityName, _ fields: KeyValuePairs<String, String> = [:]) -> String {
        let query = fields.map { "\($0.key)=\(Percent.encoded($0.value))" }.joined(separator: "&")
        return "/records/\(entity)/new" + (query.isEmpty ? "" : "?" + query)
    }

    static func delete(_ entity: EntityName, _ id: RecordID) -> String {
        record(entity, id) + "/delete"
    }

    static func history(_ entity: EntityName, _ id: RecordID) -> String {
        record(entity, id) + "/history"
    }

    /// The page that asks before a commit of several records is taken back.
    static func undo(_ commit: String, back: String) -> String {
        "/undo?commit=\(Percent.encoded(commit))&back=\(Percent.encoded(back))"
    }

    /// A path of our own that a form hands back; anything else leads home.
    static func own(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
            !path.unicodeScalars.contains(where: { $0.value < 0x21 || $0.value > 0x7E })
        else { return home }
        return path
    }

    /// The page on which people work with a record: a meeting's own, or the record's form.
    static func page(of record: Record) -> String {
        switch record.entity {
        case .event: event(record.id)
        case .cycle: cycle(record.id)
        default: Self.record(record.entity, record.id)
        }
    }
}
