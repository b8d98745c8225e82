/// What two laptops say first: who they are, what they speak and what they hold. One of these
/// each way is all that is sent when nothing has changed.
///
///     magic       1 byte, "H"
///     versions    1 byte the least, 1 byte the greatest version of the protocol it speaks; the
///                 rest is laid out as the least of them says
///     community   32 bytes        device   16 bytes
///     time        8 bytes, milliseconds since 1970 as the laptop believes
///     trusted     1 byte, 1 where its clock is plausible
///     digest      32 bytes, of all current values
///     heads       32 bytes, the hash of its list of heads
public struct Hello: Sendable, Equatable {
    /// The versions of the protocol a laptop speaks.
    public let versions: ClosedRange<UInt8>
    /// Its community.
    public let community: CommunityID
    /// The laptop.
    public let device: DeviceID
    /// What its clock says.
    public let clock: CommunityClock.Reading
    /// The digest of all its current values.
    public let digest: Hash
    /// The hash of its list of heads.
    public let heads: Hash

    static let magic = UInt8(ascii: "H")
    /// The versions this program speaks.
    public static let spoken: ClosedRange<UInt8> = 1...1

    /// Makes a hello.
    public init(
        versions: ClosedRange<UInt8> = Hello.spoken, community: CommunityID, device: DeviceID,
        clock: CommunityClock.Reading, digest: Hash, heads: Hash
    ) {
        self.versions = versions
        self.community = community
        self.device = device
        self.clock = clock
        self.digest = digest
        self.heads = heads
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 128)
        writer.byte(Self.magic)
        writer.byte(versions.lowerBound)
        writer.byte(versions.upperBound)
        writer.raw(community.founding.words)
        writer.device(device)
        writer.fixed(clock.milliseconds)
        writer.byte(clock.isTrusted ? 1 : 0)
        writer.raw(digest.words)
        writer.raw(heads.words)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError``; ``EncodingError/unknownFormat(_:)`` names the least version
    ///   of a laptop that speaks later ones only.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.messageBytes else { throw .tooLong }
        self = try ByteReader.read(bytes, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> Hello {
        guard try reader.byte() == magic else { throw .notCanonical }
        let (least, greatest) = (try reader.byte(), try reader.byte())
        guard least > 0, least <= greatest else { throw .notCanonical }
        guard least <= spoken.upperBound else { throw .unknownFormat(least) }
        let community = CommunityID(founding: try reader.hash())
        let device = try reader.device()
        let milliseconds = try reader.fixed()
        let trusted = try reader.byte()
        guard trusted <= 1 else { throw .notCanonical }
        return Hello(
            versions: least...greatest, community: community, device: device,
            clock: .init(milliseconds: milliseconds, isTrusted: trusted == 1),
            digest: try reader.hash(), heads: try reader.hash())
    }

    /// Why a hello cannot be read: one that speaks later versions only is no liar.
    public static func fault(_ error: EncodingError) -> SessionFault {
        if case .unknownFormat = error { .newerProtocol } else { SessionFault(error) }
    }

    /// The version two laptops speak with each other: the greatest that both do; nil for none.
    public func version(with other: Hello) -> UInt8? {
        let greatest = min(versions.upperBound, other.versions.upperBound)
        return max(versions.lowerBound, other.versions.lowerBound) <= greatest ? greatest : nil
    }

    /// Why a laptop that says `other` is not to be spoken with; nil where it may be. Both sides
    /// ask this of each other.
    public func fault(meeting other: Hello, standing: PeerStanding) -> SessionFault? {
        switch standing {
        case .stranger: return .stranger
        case .removed: return .removed
        case .member(let device):
            guard other.community == community else { return .wrongCommunity }
            guard other.device == device, device != self.device else { return .wrongDevice }
        }
        if version(with: other) != nil { return nil }
        return other.versions.lowerBound > versions.upperBound ? .newerProtocol : .olderProtocol
    }

    /// Whether both hold the same entries and the same values.
    public func isSame(as other: Hello) -> Bool { heads == other.heads && digest == other.digest }
}

/// What the other side's TLS key says about it.
public enum PeerStanding: Sendable, Hashable {
    /// It is that of this laptop, which belongs to the community. Also that of the laptop one was
    /// just paired with, whose admission has not arrived yet.
    case member(DeviceID)
    /// It is that of a laptop that was removed.
    case removed
    /// It is nobody's.
    case stranger

    /// What the membership says.
    public init(_ standing: Membership.Standing) {
        switch standing {
        case .member(let member): self = .member(member.device)
        case .removed: self = .removed
        case .stranger: self = .stranger
        }
    }
}
