import SyncCore

/// What stands before the chunks of a bundle.
struct BundleHeaderFields: VectorFields {
    struct Wrap: Codable, Equatable, Sendable {
        let device: Hex
        let encapsulated: Hex
        let wrapped: Hex
    }

    let community: Hex
    let bundle: Hex
    let creator: Hex
    let part: Int
    let wraps: [Wrap]
    let hash: Hex

    init(reading bytes: [UInt8]) throws {
        let header = try BundleHeader(bytes: bytes)
        community = Hex(header.community.bytes)
        bundle = Hex(header.bundle.bytes)
        creator = Hex(header.creator)
        part = header.part
        wraps = header.wraps.map {
            Wrap(
                device: Hex($0.device), encapsulated: Hex($0.encapsulated),
                wrapped: Hex($0.wrapped))
        }
        hash = Hex(header.hash)
    }

    func written() throws -> [UInt8] {
        let wraps = try wraps.map { wrap in
            try Hex.made(
                BundleWrap(
                    device: try wrap.device.device(), encapsulated: wrap.encapsulated.bytes,
                    wrapped: wrap.wrapped.bytes))
        }
        let header = BundleHeader(
            community: try community.community(), bundle: try bundle.nonce(),
            creator: try creator.key(), part: part, wraps: wraps)
        return try Hex.made(header).bytes
    }
}

/// What a bundle says about itself.
struct BundleManifestFields: VectorFields {
    let basis: HeadsFields
    let heads: HeadsFields
    let digest: Hex
    let milliseconds: Number64
    let trusted: Bool

    init(reading bytes: [UInt8]) throws {
        let manifest = try BundleManifest(bytes: bytes)
        basis = HeadsFields(manifest.basis)
        heads = HeadsFields(manifest.heads)
        digest = Hex(manifest.digest)
        milliseconds = Number64(manifest.written.milliseconds)
        trusted = manifest.written.isTrusted
    }

    func written() throws -> [UInt8] {
        BundleManifest(
            basis: try basis.value(), heads: try heads.value(), digest: try digest.hash(),
            written: .init(milliseconds: milliseconds.value, isTrusted: trusted)
        ).bytes
    }
}
