extension Statement {
    private enum Kind: UInt8 {
        case found = 1
        case admit = 2
        case remove = 3
    }

    /// The canonical payload.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 256)
        writer.byte(Payload.statementFormat)
        writer.fixed(stamp.bits)
        switch act {
        case .found(let founding):
            writer.byte(Kind.found.rawValue)
            writer.raw(founding.nonce.bytes)
            founding.keys.write(to: &writer)
            writer.text(founding.label.text)
        case .admit(let admission):
            writer.byte(Kind.admit.rawValue)
            writer.varint(admission.term)
            writer.byte(admission.role.rawValue)
            admission.keys.write(to: &writer)
            writer.text(admission.label.text)
        case .remove(let removal):
            writer.byte(Kind.remove.rawValue)
            writer.device(removal.device)
            writer.varint(removal.term)
            writer.varint(removal.accepted.count)
            for (epoch, sequence) in removal.accepted.sorted(by: { $0.key < $1.key }) {
                writer.fixed(epoch)
                writer.fixed(sequence)
            }
        }
        return writer.bytes
    }

    /// Reads a payload.
    /// - Throws: ``EncodingError`` for anything that ``bytes`` would not have written;
    ///   ``EncodingError/unknownFormat(_:)`` for a kind or a role of a later version.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.payloadBytes else { throw .tooLong }
        self = try ByteReader.read(bytes, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> Statement {
        let format = try reader.byte()
        guard format == Payload.statementFormat else { throw .unknownFormat(format) }
        let stamp = Stamp(bits: try reader.fixed())
        let byte = try reader.byte()
        guard let kind = Kind(rawValue: byte) else { throw .unknownFormat(byte) }
        let act: Act =
            switch kind {
            case .found: .found(try founding(&reader))
            case .admit: .admit(try admission(&reader))
            case .remove: .remove(try removal(&reader))
            }
        return Statement(stamp: stamp, act: act)
    }

    private static func founding(_ reader: inout ByteReader) throws(EncodingError) -> Founding {
        Founding(
            nonce: try Nonce(from: &reader), keys: try DeviceKeys(from: &reader),
            label: try DeviceLabel(from: &reader))
    }

    private static func admission(_ reader: inout ByteReader) throws(EncodingError) -> Admission {
        let term = try term(&reader)
        let byte = try reader.byte()
        guard let role = DeviceRole(rawValue: byte) else { throw .unknownFormat(byte) }
        return Admission(
            term: term, role: role, keys: try DeviceKeys(from: &reader),
            label: try DeviceLabel(from: &reader))
    }

    private static func removal(_ reader: inout ByteReader) throws(EncodingError) -> Removal {
        let device = try reader.device()
        let term = try term(&reader)
        var accepted: [UInt64: UInt64] = [:]
        var last: UInt64?
        for _ in 0..<(try reader.count(limit: SyncLimits.branches)) {
            let epoch = try reader.fixed()
            if let last, last >= epoch { throw .notCanonical }
            last = epoch
            let sequence = try reader.fixed()
            guard sequence > 0 else { throw .notCanonical }
            accepted[epoch] = sequence
        }
        return Removal(device: device, term: term, accepted: accepted)
    }

    private static func term(_ reader: inout ByteReader) throws(EncodingError) -> UInt64 {
        let term = try reader.varint()
        guard term > 0 else { throw .notCanonical }
        return term
    }
}
