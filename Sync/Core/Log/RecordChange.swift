/// What one entry does to one record. A new record is one change, an edit of several fields is
/// one change.
public struct RecordChange: Sendable, Equatable {
    /// The entity's name.
    public let entity: String
    /// The record's id.
    public let record: String
    /// The stamp of every field that has none of its own.
    public let stamp: Stamp
    /// The changed fields, by name in byte order, each once.
    public let fields: [Field]

    /// A field's new value.
    public struct Field: Sendable, Equatable {
        /// The field's name.
        public let name: String
        /// Its new value.
        public let content: Content
        /// Its own stamp, where it had to be later than the entry's.
        public let stamp: Stamp?
        /// The version it replaced, as its author saw it: tells an edit made in knowledge from
        /// a conflict.
        public let base: Version?
        /// Other versions that its author saw beside the base and put aside, ascending, each
        /// once, at most ``SyncLimits/settledPerField``.
        public let settles: [Version]

        /// Names a field's new value. What is settled is put in order; of too many the greatest
        /// are kept, and the rest stays a conflict for the next edit.
        public init(
            _ name: String, _ content: Content, stamp: Stamp? = nil, base: Version? = nil,
            settles: [Version] = []
        ) {
            self.name = name
            self.content = content
            self.stamp = stamp
            self.base = base
            self.settles = settles.isEmpty ? [] : Self.ordered(settles, without: base)
        }

        private static func ordered(_ versions: [Version], without base: Version?) -> [Version] {
            Set(versions).filter { $0 != base }.sorted().suffix(SyncLimits.settledPerField)
        }
    }

    /// Makes a change; the fields are put in order.
    public init(entity: String, record: String, stamp: Stamp, fields: [Field]) {
        self.init(
            entity: entity, record: record, stamp: stamp,
            ordered: fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    }

    init(entity: String, record: String, stamp: Stamp, ordered fields: [Field]) {
        self.entity = entity
        self.record = record
        self.stamp = stamp
        self.fields = fields
    }

    /// The stamp a field is written with.
    public func stamp(of field: Field) -> Stamp { field.stamp ?? stamp }
}
