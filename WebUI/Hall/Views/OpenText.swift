import Foundation
public import Participation

/// A text that may be seen in the hall.
///
/// There is no way to make one of any other text: it comes from a field that the data dictionary
/// calls `open`, from the program's own texts, or from what the facilitator typed for the hall
/// itself. The views of ``PublicRoom`` hold no other kind of text, so names, ages and contacts
/// cannot get into `public.db` (R15).
public struct OpenText: Sendable, Hashable, Codable {
    /// The words.
    public let text: String

    /// Longest announcement a facilitator may type.
    public static let longestAnnouncement = 200

    /// A field of a record; nil where it is not `open`, missing or empty.
    public init?(_ record: Record, _ field: Field<String>) {
        guard field.privacy == .open, let text = record[field], !text.isEmpty else { return nil }
        self.text = text
    }

    /// A sentence of the program with open texts for the names it has in braces.
    public init(_ key: String, in sentences: some Sentences, _ parts: [String: OpenText] = [:]) {
        text = parts.reduce(sentences[key]) {
            $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value.text)
        }
    }

    /// A word of an open field's list, as the program's texts call it.
    public init?<Words: Choice>(
        _ record: Record, _ field: Field<Words>, in sentences: some Sentences
    ) {
        guard field.privacy == .open, let word = record[field] else { return nil }
        let key = "choices.\(record.entity).\(field.name).\(word.rawValue)"
        text = sentences[key]
    }

    /// A day of an open field, as people write it.
    public init?(
        _ record: Record, _ field: Field<CalendarDate>,
        written: (CalendarDate) -> String
    ) {
        guard field.privacy == .open, let day = record[field] else { return nil }
        text = written(day)
    }

    /// What the facilitator typed for the hall: one line without control characters.
    /// - Throws: ``InputProblem`` where it is empty or no plain line.
    public init(announced text: String) throws(InputProblem) {
        guard case .text(let words)? = try Schema.hearingTopic.topic.parse(.string(text)) else {
            throw InputProblem(.empty)
        }
        guard words.unicodeScalars.count <= Self.longestAnnouncement else {
            throw InputProblem(.tooLong, field: nil, ["limit": String(Self.longestAnnouncement)])
        }
        self.text = words
    }

    /// Reads what was written.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the words alone.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// The program's own sentences by their keys; a source of them holds nothing that a person typed.
public protocol Sentences: Sendable {
    /// The text of a key.
    subscript(key: String) -> String { get }
}

/// A text in each language of the interface, by the language's code.
public typealias Spoken = [String: OpenText]
