import Crypto
import SyncCore

/// Turns pieces into chunks, encrypts them and fills file after file.
struct BundleEncoder {
    private let header: BundleHeader
    private let cipher: BundleCipher
    private let signing: Curve25519.Signing.PrivateKey
    private let output: BundleOutput
    private let chunksPerPart: Int
    /// Less than a chunk, or one that may be the last.
    private var buffer: [UInt8] = []
    private var number: UInt64 = 0
    private var part = 0
    private var partHash = Hash.zero
    private var partChunks = 0
    private var chunks = SHA256()

    /// A part has at most `partBytes`, but always one chunk.
    init(
        _ header: BundleHeader, _ cipher: BundleCipher, signing: Curve25519.Signing.PrivateKey,
        to output: BundleOutput, partBytes: Int
    ) {
        self.header = header
        self.cipher = cipher
        self.signing = signing
        self.output = output
        let limit = min(partBytes, BundleLimits.partBytes)
        let room = limit - header.bytes.count - Seal.byteCount
        chunksPerPart = max(1, room / BundleLimits.sealedChunkBytes)
    }

    /// Takes the next piece.
    mutating func append(_ piece: BundlePiece) throws {
        do throws(EncodingError) {
            buffer += try piece.encoded()
        } catch {
            throw BundleWriteFault.tooLarge
        }
        var start = 0
        // A whole chunk waits until there is more: it might be the last.
        while buffer.count - start > BundleLimits.chunkBytes {
            try write(Array(buffer[start..<start + BundleLimits.chunkBytes]), isLast: false)
            start += BundleLimits.chunkBytes
        }
        buffer.removeFirst(start)
    }

    /// Writes the end and the last chunk.
    mutating func finish() throws {
        try append(.end)
        let padding = BundleLimits.chunkBytes - buffer.count
        try write(buffer + [UInt8](repeating: 0, count: padding), isLast: true)
        buffer = []
    }

    private mutating func write(_ chunk: [UInt8], isLast: Bool) throws {
        if partChunks == 0 { try begin() }
        let sealed = try cipher.seal(chunk, number: number, isLast: isLast, header: partHash)
        chunks.update(data: sealed)
        try output.write(sealed)
        number += 1
        partChunks += 1
        guard isLast || partChunks == chunksPerPart else { return }
        guard let hash = Hash(bytes: Array(chunks.finalize())) else { return }
        let message = BundleHeader.sealed(header: partHash, chunks: hash)
        try output.write(Array(signing.signature(for: message)))
        try output.finish()
        partChunks = 0
        chunks = SHA256()
    }

    private mutating func begin() throws {
        part += 1
        guard let next = header.header(part: part) else { throw BundleWriteFault.tooLarge }
        let bytes = next.bytes
        partHash = Hash(of: bytes)
        try output.begin()
        try output.write(bytes)
    }
}
