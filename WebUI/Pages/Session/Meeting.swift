import Participation
import Store

/// A meeting with all that was written down about it, and its village.
struct Meeting: Sendable {
    var facts: SessionFacts
    let village: Record?
    /// The circles of its Venn diagrams.
    let institutions: Int

    /// - Throws: ``WebError/noRecord(_:)`` where there is no such meeting, ``WebError/gone(_:_:)``
    ///   where it was deleted.
    init(_ id: RecordID, _ reader: Reader) throws {
        guard let facts = try reader.session(id) else { throw try reader.absence(.event, id) }
        self.facts = facts
        village = try facts.event[Schema.event.village].flatMap {
            try reader.record(.village, $0)
        }
        institutions = try reader.records(
            .institution, where: Schema.institution.event, is: id, limit: 1000
        ).count
    }

    /// Whether a method belongs to it: to every session, and to what its programme names.
    func has(_ method: Method) -> Bool { facts.isSession || facts.methods.contains(method) }

    var event: Record { facts.event }
    var id: RecordID { facts.event.id }

    /// When it begins.
    var startsAt: TimeOfDay? { event[Schema.event.startsAt].flatMap { TimeOfDay($0) } }

    /// What people call it: its own title, or its kind with village and age band. A title in which
    /// `personal` finds somebody is left out.
    func heading(_ texts: Texts, hiding personal: PersonalTexts? = nil) -> String {
        var event = event
        if let title = event[Schema.event.title], personal?.isIn(title) == true {
            event[Schema.event.title] = nil
        }
        return Self.heading(event, village: village, texts)
    }

    static func heading(_ event: Record, village: Record?, _ texts: Texts) -> String {
        if let title = event[Schema.event.title] { return title }
        var details = ["kind": kind(event, texts)]
        guard let village else { return texts("event.heading.plain", details) }
        details["village"] = village.title
        guard let band = ageBand(event, texts) else {
            return texts("event.heading.village", details)
        }
        details["band"] = band
        return texts("event.heading.full", details)
    }

    static func kind(_ event: Record, _ texts: Texts) -> String {
        event[Schema.event.kind].map { texts.choice($0, Schema.event.kind, .event) }
            ?? texts.one(.event)
    }

    static func ageBand(_ event: Record, _ texts: Texts) -> String? {
        event[Schema.event.ageBand].map { texts.choice($0, Schema.event.ageBand, .event) }
    }
}
