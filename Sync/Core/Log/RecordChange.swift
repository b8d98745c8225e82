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

        /// Names a field's new value.
        public init(_ name: String, _ content: Content, stamp: Stamp? = nil, base: Version? = nil) {
            self.name = name
            self.content = content
            self.stamp = stamp
            self.base = base
        }
    }

    /// Makes a change; the fields are put in order.
    public init(entity: String, record: String, stamp: Stamp, fields: [Field]) {
        self.entity = entity
        self.record = record
        self.stamp = stamp
        self.fields = fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The stamp a field is written with.
    public func stamp(of field: Field) -> Stamp { field.stamp ?? stamp }
}
