import Foundation
import Participation
import Store

/// What people call records, as far as the role may know it. Lives within one reading.
final class RecordNames {
    /// A record's name, and where it can be seen; nil where the role may not open it.
    struct Name: Sendable {
        let title: String
        let path: String?
    }

    private static let longest = 120

    private let reader: Reader
    private let texts: Texts
    private let access: Access
    private var known: [RecordID: Name] = [:]

    init(_ reader: Reader, _ texts: Texts, _ access: Access) {
        self.reader = reader
        self.texts = texts
        self.access = access
    }

    /// A record's title; what it belongs to where it has none; the kind where the role may not
    /// read it.
    func title(_ record: Record) throws -> String {
        let kind = texts.one(record.entity)
        guard access.mayRead(record.entity) else { return kind }
        let entity = Entity[record.entity]
        for name in entity.titleFields {
            guard let text = try text(name, of: record, entity), !text.isEmpty else { continue }
            return text
        }
        return try substitute(record, entity) ?? kind
    }

    /// The name of the record that an id points to; nil where there is none.
    func name(of id: RecordID, in kinds: [EntityName]) throws -> Name? {
        if let known = known[id] { return known }
        guard let target = try reader.target(id, of: kinds) else { return nil }
        let name = Name(
            title: try title(target),
            path: access.mayRead(target.entity) ? Self.path(target) : nil)
        known[id] = name
        return name
    }

    /// A value in people's words: a reference by its title, a choice by its name.
    func words(_ value: Value, _ field: any AnyField, _ entity: EntityName) throws -> String {
        guard case .reference(let kinds) = field.type, let id = RecordID(value) else {
            return Self.short(texts.value(value, of: field, in: entity))
        }
        return try name(of: id, in: kinds)?.title ?? id.text
    }

    /// What tells a record from another of the same title: what it points to, a person's year.
    func detail(_ record: Record) throws -> String? {
        var parts: [String] = []
        for field in Entity[record.entity].references where access.mayRead(field) {
            guard let value = record.values[field.name] else { continue }
            parts.append(try words(value, field, record.entity))
        }
        if record.entity == .person, access.mayRead(Schema.person.birthYear) {
            parts += [record[Schema.person.street], record[Schema.person.occupation]]
                .compactMap(\.self)
            if let year = record[Schema.person.birthYear] { parts.append(String(year)) }
        }
        return parts.isEmpty ? nil : parts.prefix(4).joined(separator: ", ")
    }

    /// The page on which people work with a record.
    static func path(_ record: Record) -> String {
        record.entity == .account ? Paths.accounts : Paths.page(of: record)
    }

    private func text(_ name: String, of record: Record, _ entity: Entity) throws -> String? {
        guard let field = entity[field: name], access.mayRead(field),
            let value = record.values[name]
        else { return nil }
        return try words(value, field, entity.name)
    }

    /// The fields that stand in for a title.
    private static let substitutes: [EntityName: String] = [
        .attendance: "person", .membership: "person", .headcount: "category",
        .readiness: "question", .themePart: "part", .contribution: "source",
        .mapFeature: "category",
    ]

    private func substitute(_ record: Record, _ entity: Entity) throws -> String? {
        switch record.entity {
        case .event:
            let village = try record[Schema.event.village].flatMap {
                try reader.record(.village, $0)
            }
            return Meeting.heading(record, village: village, texts)
        case .institutionLink:
            guard let from = try text("from", of: record, entity),
                let to = try text("to", of: record, entity)
            else { return nil }
            return texts("records.link", ["from": from, "to": to])
        default:
            guard let field = Self.substitutes[record.entity] else { return nil }
            return try text(field, of: record, entity)
        }
    }

    /// The first line, cut where it is long.
    private static func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard line.count > longest else { return line }
        return line.prefix(longest - 1).trimmingCharacters(in: .whitespaces) + "…"
    }
}
