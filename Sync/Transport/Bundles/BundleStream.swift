import Crypto
import SyncCore

/// Goes through the files of a bundle from the first chunk to the last, decrypts, checks every
/// tag and seal, and gives the pieces. Nothing it gave may be used before it has come to the end
/// without a fault. It holds one chunk and one piece at a time.
struct BundleStream {
    /// Bytes that were gone through.
    private(set) var bytes = 0

    private let parts: BundleParts
    private let cipher: BundleCipher
    private let author: Curve25519.Signing.PublicKey
    private var pieces = BundlePieceReader()
    private var part: BundlePart
    private var index = 0
    private var number: UInt64 = 0
    private var chunks = SHA256()
    private var isEnded = false

    init(
        _ parts: BundleParts, _ cipher: BundleCipher, author: Curve25519.Signing.PublicKey
    ) throws(BundleFault) {
        self.parts = parts
        self.cipher = cipher
        self.author = author
        part = try parts.part(1)
    }

    /// The next piece; nil at the end, when everything was right.
    /// - Throws: ``BundleFault``.
    mutating func next() throws(BundleFault) -> BundlePiece? {
        do throws(EncodingError) {
            if let piece = try pieces.next() { return piece }
        } catch {
            throw Self.fault(error)
        }
        while !isEnded {
            try advance()
            do throws(EncodingError) {
                if let piece = try pieces.next() { return piece }
                if isEnded { try pieces.finish() }
            } catch {
                throw Self.fault(error)
            }
        }
        return nil
    }

    /// Decrypts one more chunk; behind the last of a part, checks the seal and opens the next.
    private mutating func advance() throws(BundleFault) {
        let sealed = try part.chunk(index)
        chunks.update(data: sealed)
        let isLastOfPart = index + 1 == part.chunkCount
        // Only the last chunk of a file can be the last of the bundle.
        let isLast = isLastOfPart && open(sealed, isLast: true)
        guard isLast || open(sealed, isLast: false) else { throw .altered }
        bytes += sealed.count
        index += 1
        number += 1
        guard isLastOfPart else { return }
        try finishPart(isLast: isLast)
    }

    private mutating func open(_ sealed: [UInt8], isLast: Bool) -> Bool {
        let chunk = cipher.open(sealed, number: number, isLast: isLast, header: part.headerHash)
        guard let chunk else { return false }
        pieces.append(chunk)
        return true
    }

    private mutating func finishPart(isLast: Bool) throws(BundleFault) {
        let next = part.header.part + 1
        let digest = Array(chunks.finalize())
        guard let hash = Hash(bytes: digest),
            author.isValidSignature(
                try part.seal(), for: BundleHeader.sealed(header: part.headerHash, chunks: hash))
        else {
            // Cut off right behind a chunk, a file has good chunks, none of them the last.
            throw isLast || parts.hasFile(part: next) ? .altered : .truncated
        }
        bytes += part.byteCount - part.chunkCount * BundleLimits.sealedChunkBytes
        guard !isLast else {
            isEnded = true
            return
        }
        part = try parts.part(next)
        index = 0
        chunks = SHA256()
    }

    private static func fault(_ error: EncodingError) -> BundleFault {
        if case .unknownFormat(let format) = error, format > 0 { return .newerVersion }
        return .malformed
    }
}
