import Crypto
import Foundation
import SyncCore
import Testing

@testable import SyncTransport

/// A bundle made by an independent program from PROTOCOL.md §14 (`Sync/Vectors/1/bundle.json`).
struct BundleVectorTests {
    struct Vectors: Decodable {
        struct Receiver: Decodable {
            let device: String
            let bundleSecret: String
        }

        struct Bundle: Decodable {
            let authorBundleKey: String
            let authorLogSecret: String
            let receivers: [Receiver]
            let header: String
            let key: String
            let stream: String
            let tag: String
            let seal: String
            let fileHash: String
        }

        let vectors: [Bundle]
    }

    private static func vectors() throws -> [Vectors.Bundle] {
        let file = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sync/Vectors/1/bundle.json")
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)).vectors
    }

    private static func bytes(_ text: String) throws -> [UInt8] {
        try BundleLaptop.made(Hexadecimal.bytes(text))
    }

    @Test func `every receiver makes the same bytes of it, and takes them as a file`()
        async throws
    {
        let all = try Self.vectors()
        #expect(!all.isEmpty)
        for vector in all {
            let header = try BundleHeader(bytes: Self.bytes(vector.header))
            let stream = try Self.bytes(vector.stream)
            let chunk = stream + [UInt8](repeating: 0, count: 65_536 - stream.count)
            let signing = try Curve25519.Signing.PrivateKey(
                rawRepresentation: Self.bytes(vector.authorLogSecret))
            let log = try BundleLaptop.made(
                RawKey(bytes: signing.publicKey.rawRepresentation))
            let bundleKey = try BundleLaptop.made(
                RawKey(bytes: Self.bytes(vector.authorBundleKey)))
            let author = DeviceKeys(log: log, tlsHash: .zero, bundle: bundleKey)
            #expect(vector.receivers.count == header.wraps.count)
            for receiver in vector.receivers {
                let device = try BundleLaptop.made(DeviceID(bytes: Self.bytes(receiver.device)))
                let secret = try Curve25519.KeyAgreement.PrivateKey(
                    rawRepresentation: Self.bytes(receiver.bundleSecret))
                let cipher = try BundleCipher(
                    unwrapping: BundleLaptop.made(header.wrap(for: device)), of: header,
                    by: bundleKey, with: secret)
                let sealed = try cipher.seal(chunk, number: 0, isLast: true, header: header.hash)
                #expect(Array(sealed.suffix(16)) == (try Self.bytes(vector.tag)))
                let message = BundleHeader.sealed(header: header.hash, chunks: Hash(of: sealed))
                let seal = try Self.bytes(vector.seal)
                #expect(signing.publicKey.isValidSignature(seal, for: message))
                let file = header.bytes + sealed + seal
                #expect(Hash(of: file).description == vector.fileHash)
                let reader = BundleReader(
                    community: header.community, device: device, agreement: secret,
                    author: { $0 == author.device ? author : nil })
                try await Self.take(file, reader)
            }
        }
    }

    private static func take(_ bytes: [UInt8], _ reader: BundleReader) async throws {
        try await BundleStick.with { stick in
            try Data(bytes).write(to: stick.file)
            let taker = BundleTaker()
            let summary = try await reader.read(
                stick.file, holding: Heads(), takePhoto: { await taker.take($0) },
                take: { try await taker.take($0) }
            ).summary
            #expect(summary.contents?.frames == 1 && summary.contents?.photos == 1)
            #expect(await taker.photos.count == 1)
            #expect(await !taker.entries.isEmpty)
        }
    }
}
