public import Foundation
public import SyncCore

/// One file of a bundle: its header was read, and its length is that of whole chunks.
final class BundlePart {
    let header: BundleHeader
    let headerHash: Hash
    let chunkCount: Int
    private let file: BundleFile
    private let start: Int

    /// Reads the header; nil where there is no such file.
    /// - Throws: ``BundleFault``.
    init?(_ url: URL) throws(BundleFault) {
        guard let file = try BundleFile(url) else { return nil }
        let header = try Self.header(of: file)
        let bytes = header.bytes
        self.file = file
        self.header = header
        start = bytes.count
        headerHash = Hash(of: bytes)
        let rest = file.size - start - Seal.byteCount
        chunkCount = rest / BundleLimits.sealedChunkBytes
        guard rest > 0, rest % BundleLimits.sealedChunkBytes == 0 else { throw .truncated }
    }

    var byteCount: Int { file.size }

    /// A chunk with its tag, from 0.
    func chunk(_ index: Int) throws(BundleFault) -> [UInt8] {
        try file.bytes(
            BundleLimits.sealedChunkBytes, at: start + index * BundleLimits.sealedChunkBytes)
    }

    /// The seal at the end.
    func seal() throws(BundleFault) -> [UInt8] {
        try file.bytes(Seal.byteCount, at: file.size - Seal.byteCount)
    }

    func dropCache() { file.dropCache() }

    private static func header(of file: BundleFile) throws(BundleFault) -> BundleHeader {
        let beginning = try file.bytes(min(file.size, BundleHeader.beginningBytes), at: 0)
        guard BundleHeader.isBundle(beginning: beginning) else { throw .notABundle }
        let count = try read { () throws(EncodingError) in
            try BundleHeader.byteCount(beginning: beginning)
        }
        guard count <= file.size else { throw .truncated }
        let bytes = try file.bytes(count, at: 0)
        return try read { () throws(EncodingError) in try BundleHeader(bytes: bytes) }
    }

    private static func read<Value>(
        _ body: () throws(EncodingError) -> Value
    ) throws(BundleFault) -> Value {
        do throws(EncodingError) {
            return try body()
        } catch {
            switch error {
            case .truncated: throw .truncated
            case .unknownFormat(let format): throw format == 0 ? .altered : .newerVersion
            case .notCanonical, .tooLong, .badText: throw .altered
            }
        }
    }
}

extension BundleHeader {
    /// Reads what stands at the beginning of a bundle's file, whichever of its parts it is.
    /// - Throws: ``BundleFault``.
    public init(of file: URL) throws(BundleFault) {
        guard let part = try BundlePart(file) else { throw .unreadable }
        self = part.header
    }
}
