/// The answer to a request that is not answered: why, in place of what was asked for.
///
///     magic       1 byte, "X"     format   1 byte, 1
///     code        1 byte: 1 malformed, 2 other community, 3 stranger, 4 removed, 5 other device,
///                 6 your protocol is later, 7 your protocol is earlier, 8 too large, 9 busy,
///                 10 no room, 11 bad run
///     run         device 16 bytes, epoch 8 bytes, code 1 byte, place 8 bytes; with code 11 only
public struct Refusal: Sendable, Hashable {
    /// Why, as the one who asked has to understand it: where it is `newerProtocol`, the
    /// answering laptop is the newer one.
    public let fault: SessionFault

    static let magic = UInt8(ascii: "X")
    static let format: UInt8 = 1

    private enum Code: UInt8 {
        case malformed = 1
        case wrongCommunity = 2
        case stranger = 3
        case removed = 4
        case wrongDevice = 5
        case laterProtocol = 6
        case earlierProtocol = 7
        case tooLarge = 8
        case busy = 9
        case noRoom = 10
        case badRun = 11
    }

    /// Turns what the answering laptop found into what it tells. Faults that cannot be told,
    /// because they are its own affair, are told as busy: to try again is right.
    public init(found fault: SessionFault) {
        self.fault =
            switch fault {
            case .newerProtocol: .olderProtocol
            case .olderProtocol: .newerProtocol
            case .unreachable, .stalled, .outOfTurn: .busy
            default: fault
            }
    }

    /// The status of HTTP (RFC 9110 §15, RFC 4918 §11.5) that goes with it.
    public var status: Int {
        switch fault {
        case .wrongCommunity, .stranger, .removed, .wrongDevice: 403
        case .newerProtocol, .olderProtocol: 426
        case .tooLarge: 413
        case .busy, .unreachable, .stalled, .outOfTurn: 503
        case .noRoom: 507
        case .malformed, .badRun: 400
        }
    }

    private var code: Code {
        switch fault {
        case .malformed: .malformed
        case .wrongCommunity: .wrongCommunity
        case .stranger: .stranger
        case .removed: .removed
        case .wrongDevice: .wrongDevice
        case .olderProtocol: .laterProtocol
        case .newerProtocol: .earlierProtocol
        case .tooLarge: .tooLarge
        case .busy, .unreachable, .stalled, .outOfTurn: .busy
        case .noRoom: .noRoom
        case .badRun: .badRun
        }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 40)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.byte(code.rawValue)
        if case .badRun(let branch, let fault) = fault {
            writer.branch(branch)
            RefusedRun.Reason.fault(fault).write(to: &writer)
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.messageBytes else { throw .tooLong }
        fault = try ByteReader.read(bytes, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> SessionFault {
        try reader.start(magic, format: format)
        let byte = try reader.byte()
        guard let code = Code(rawValue: byte) else { throw .unknownFormat(byte) }
        switch code {
        case .malformed: return .malformed
        case .wrongCommunity: return .wrongCommunity
        case .stranger: return .stranger
        case .removed: return .removed
        case .wrongDevice: return .wrongDevice
        case .laterProtocol: return .olderProtocol
        case .earlierProtocol: return .newerProtocol
        case .tooLarge: return .tooLarge
        case .busy: return .busy
        case .noRoom: return .noRoom
        case .badRun:
            let branch = try reader.branch()
            guard case .fault(let fault) = try RefusedRun.Reason(from: &reader) else {
                throw .notCanonical
            }
            return .badRun(branch, fault)
        }
    }
}
