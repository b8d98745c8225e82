/// The bytes of a ``RecordChange``, canonical: one change has one encoding.
///
///     format      1 byte, 1
///     entity      varint length, UTF-8
///     record      varint length, UTF-8
///     stamp       8 bytes
///     fields      varint count, then each, by name in byte order:
///       name      varint length, UTF-8
///       flags     1 byte: 1 own stamp follows, 2 base as the last one given, 4 base follows,
///                 8 settled versions follow
///       stamp     8 bytes, if flagged
///       base      a version: 8 bytes stamp, 16 bytes device, 8 bytes epoch; if flagged
///       settles   varint count, 1...64, then versions, ascending, without the base; if flagged
///       content   1 byte kind, then the value
///
/// A ``Statement`` has a payload of its own format, 2, and ``Evidence`` one of format 3.
public enum Payload {
    static let changeFormat: UInt8 = 1
    static let statementFormat: UInt8 = 2

    /// What an entry says.
    public enum Message: Sendable, Equatable {
        /// What happened to a record.
        case change(RecordChange)
        /// Who belongs to the community.
        case statement(Statement)
        /// Entries of a log that forked; ``Evidence/runs(in:)`` reads them.
        case evidence
        /// Something of a later version, to be kept and forwarded as it is.
        case unknown(format: UInt8)
    }

    /// Decodes a payload of any kind. A format or a kind of statement that is not known here is
    /// no error: its laptop has a later version of the program.
    /// - Throws: ``EncodingError`` for bytes that no version writes.
    public static func message(_ bytes: some Collection<UInt8>) throws(EncodingError) -> Message {
        guard bytes.count <= SyncLimits.payloadBytes else { throw .tooLong }
        switch bytes.first {
        case nil: throw .truncated
        case changeFormat?: return .change(try change(bytes))
        case statementFormat?:
            do throws(EncodingError) { return .statement(try Statement(bytes: bytes)) } catch {
                guard case .unknownFormat = error else { throw error }
                return .unknown(format: statementFormat)
            }
        case Evidence.format?:
            _ = try Evidence.run(bytes)
            return .evidence
        case let format?: return .unknown(format: format)
        }
    }

    /// Encodes a change.
    public static func bytes(_ change: RecordChange) -> [UInt8] {
        var writer = ByteWriter(capacity: 64 + 32 * change.fields.count)
        writer.byte(changeFormat)
        writer.text(change.entity)
        writer.text(change.record)
        writer.fixed(change.stamp.bits)
        writer.varint(change.fields.count)
        var last: Version?
        for field in change.fields {
            write(field, entryStamp: change.stamp, last: &last, to: &writer)
        }
        return writer.bytes
    }

    private static func write(
        _ field: RecordChange.Field, entryStamp: Stamp, last: inout Version?,
        to writer: inout ByteWriter
    ) {
        writer.text(field.name)
        let isRepeated = field.base != nil && field.base == last
        let ownStamp = field.stamp == entryStamp ? nil : field.stamp
        writer.byte(
            (ownStamp == nil ? 0 : 1) | (isRepeated ? 2 : field.base == nil ? 0 : 4)
                | (field.settles.isEmpty ? 0 : 8))
        if let stamp = ownStamp { writer.fixed(stamp.bits) }
        if let base = field.base, !isRepeated {
            writer.version(base)
            last = base
        }
        if !field.settles.isEmpty {
            writer.varint(field.settles.count)
            for version in field.settles { writer.version(version) }
        }
        field.content.write(to: &writer)
    }

    /// Decodes a change.
    /// - Throws: ``EncodingError`` for anything that ``bytes(_:)`` would not have written.
    public static func change(_ bytes: some Collection<UInt8>) throws(EncodingError) -> RecordChange
    {
        guard bytes.count <= SyncLimits.payloadBytes else { throw .tooLong }
        return try ByteReader.read(bytes, change)
    }

    private static func change(_ reader: inout ByteReader) throws(EncodingError) -> RecordChange {
        let format = try reader.byte()
        guard format == changeFormat else { throw .unknownFormat(format) }
        let entity = try reader.text(limit: SyncLimits.nameBytes)
        let record = try reader.text(limit: SyncLimits.nameBytes)
        let stamp = Stamp(bits: try reader.fixed())
        let count = try reader.count(limit: SyncLimits.fieldsPerEntry)
        var fields: [RecordChange.Field] = []
        fields.reserveCapacity(count)
        var last: Version?
        var before: UnsafeRawBufferPointer?
        for _ in 0..<count {
            let name = try reader.sized(limit: SyncLimits.nameBytes)
            if let before, !before.lexicographicallyPrecedes(name) { throw .notCanonical }
            before = name
            fields.append(
                try field(
                    &reader, named: try ByteReader.text(name), entryStamp: stamp, last: &last))
        }
        return RecordChange(entity: entity, record: record, stamp: stamp, ordered: fields)
    }

    private static func field(
        _ reader: inout ByteReader, named name: String, entryStamp: Stamp, last: inout Version?
    ) throws(EncodingError) -> RecordChange.Field {
        let flags = try reader.byte()
        guard flags & ~15 == 0, flags & 6 != 6 else { throw .notCanonical }
        var stamp: Stamp?
        if flags & 1 != 0 {
            stamp = Stamp(bits: try reader.fixed())
            guard stamp != entryStamp else { throw .notCanonical }
        }
        var base: Version?
        if flags & 2 != 0 {
            guard let repeated = last else { throw .notCanonical }
            base = repeated
        } else if flags & 4 != 0 {
            let version = try reader.version()
            guard version != last else { throw .notCanonical }
            base = version
            last = version
        }
        let settles = flags & 8 == 0 ? [] : try settled(&reader, base: base)
        let content = try Content(from: &reader)
        return RecordChange.Field(name, content, stamp: stamp, base: base, settles: settles)
    }

    private static func settled(
        _ reader: inout ByteReader, base: Version?
    ) throws(EncodingError) -> [Version] {
        let count = try reader.count(limit: SyncLimits.settledPerField)
        guard count > 0 else { throw .notCanonical }
        var versions: [Version] = []
        for _ in 0..<count {
            let version = try reader.version()
            if let last = versions.last, last >= version { throw .notCanonical }
            guard version != base else { throw .notCanonical }
            versions.append(version)
        }
        return versions
    }
}
