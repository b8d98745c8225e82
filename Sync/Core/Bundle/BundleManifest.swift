/// What a bundle says about itself, to those who can decrypt it.
///
///     basis       a list of heads: what its receiver is thought to hold; none for "all"
///     heads       a list of heads: what its author holds
///     digest      32 bytes, the author's
///     time        8 bytes, milliseconds since 1970 as the author believed
///     trusted     1 byte
public struct BundleManifest: Sendable, Equatable {
    /// What its receiver is thought to hold; empty where the bundle has everything.
    public let basis: Heads
    /// What its author held when it was written.
    public let heads: Heads
    /// The digest of the author's tables (PROTOCOL.md §6).
    public let digest: Hash
    /// When it was written.
    public let written: CommunityClock.Reading

    /// Makes a manifest.
    public init(basis: Heads, heads: Heads, digest: Hash, written: CommunityClock.Reading) {
        self.basis = basis
        self.heads = heads
        self.digest = digest
        self.written = written
    }

    /// The logs of which entries would be missing in between, if a laptop that holds `mine` took
    /// the bundle: it holds less than its author thought. Ascending.
    public func gaps(after mine: Heads) -> [Branch] {
        basis.branches.filter { branch in
            let thought = basis[branch].sequence
            return heads[branch].sequence > thought && mine[branch].sequence < thought
        }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 64 + 64 * (basis.count + heads.count))
        basis.write(to: &writer)
        heads.write(to: &writer)
        writer.raw(digest.words)
        writer.fixed(written.milliseconds)
        writer.byte(written.isTrusted ? 1 : 0)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= BundleLimits.manifestBytes else { throw .tooLong }
        self = try ByteReader.read(bytes) { (reader) throws(EncodingError) in
            let basis = try Heads(from: &reader)
            let heads = try Heads(from: &reader)
            let digest = try reader.hash()
            let milliseconds = try reader.fixed()
            let trusted = try reader.byte()
            guard trusted <= 1 else { throw EncodingError.notCanonical }
            return BundleManifest(
                basis: basis, heads: heads, digest: digest,
                written: .init(milliseconds: milliseconds, isTrusted: trusted == 1))
        }
    }
}
