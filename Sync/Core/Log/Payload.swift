/// The bytes of a ``RecordChange``, canonical: one change has one encoding.
///
///     format      1 byte, 1
///     entity      varint length, UTF-8
///     record      varint length, UTF-8
///     stamp       8 bytes
///     fields      varint count, then each, by name in byte order:
///       name      varint length, UTF-8
///       flags     1 byte: 1 own stamp follows, 2 base as the field before, 4 base follows
///       stamp     8 bytes, if flagged
///       base      8 bytes stamp, 16 bytes device, 8 bytes epoch, if flagged
///       content   1 byte kind, then the value
public enum Payload {
    private static let format: UInt8 = 1

    /// Encodes a change.
    public static func bytes(_ change: RecordChange) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(format)
        writer.text(change.entity)
        writer.text(change.record)
        writer.fixed(change.stamp.bits)
        writer.varint(UInt64(change.fields.count))
        var last: Version?
        for field in change.fields {
            writer.text(field.name)
            let isRepeated = field.base != nil && field.base == last
            let ownStamp = field.stamp == change.stamp ? nil : field.stamp
            writer.byte(
                (ownStamp == nil ? 0 : 1) | (isRepeated ? 2 : field.base == nil ? 0 : 4))
            if let stamp = ownStamp { writer.fixed(stamp.bits) }
            if let base = field.base, !isRepeated {
                writer.fixed(base.stamp.bits)
                writer.raw(base.branch.device.bytes)
                writer.fixed(base.branch.epoch)
                last = base
            }
            field.content.write(to: &writer)
        }
        return writer.bytes
    }

    /// Decodes a change.
    /// - Throws: ``EncodingError`` for anything that ``bytes(_:)`` would not have written.
    public static func change(_ bytes: some Collection<UInt8>) throws(EncodingError) -> RecordChange
    {
        guard bytes.count <= SyncLimits.payloadBytes else { throw .tooLong }
        var reader = ByteReader(bytes)
        let format = try reader.byte()
        guard format == Self.format else { throw .unknownFormat(format) }
        let entity = try reader.text(limit: SyncLimits.nameBytes)
        let record = try reader.text(limit: SyncLimits.nameBytes)
        let stamp = Stamp(bits: try reader.fixed())
        let count = try reader.varint()
        guard count <= UInt64(SyncLimits.fieldsPerEntry) else { throw .tooLong }
        var fields: [RecordChange.Field] = []
        var last: Version?
        for _ in 0..<count {
            let field = try field(&reader, entryStamp: stamp, last: &last)
            if let before = fields.last,
                !before.name.utf8.lexicographicallyPrecedes(field.name.utf8)
            {
                throw .notCanonical
            }
            fields.append(field)
        }
        try reader.end()
        return RecordChange(entity: entity, record: record, stamp: stamp, fields: fields)
    }

    private static func field(
        _ reader: inout ByteReader, entryStamp: Stamp, last: inout Version?
    ) throws(EncodingError) -> RecordChange.Field {
        let name = try reader.text(limit: SyncLimits.nameBytes)
        let flags = try reader.byte()
        guard flags & ~7 == 0, flags & 6 != 6 else { throw .notCanonical }
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
            let version = try version(&reader)
            guard version != last else { throw .notCanonical }
            base = version
            last = version
        }
        let content = try Content(from: &reader)
        return RecordChange.Field(name, content, stamp: stamp, base: base)
    }

    private static func version(_ reader: inout ByteReader) throws(EncodingError) -> Version {
        let stamp = Stamp(bits: try reader.fixed())
        guard let device = DeviceID(bytes: try reader.raw(16)) else { throw .truncated }
        let epoch = try reader.fixed()
        return Version(stamp: stamp, branch: Branch(device: device, epoch: epoch))
    }
}
