import SyncCore
import Testing

/// The pure side of bundles: pieces in order, headers that are what they say.
struct BundleTests {
    private static let manifest = BundleManifest(
        basis: Heads(), heads: Heads(), digest: Hash(of: [1]),
        written: .init(milliseconds: 1_795_000_000_000, isTrusted: true))

    /// Frames of one laptop, as they follow each other.
    private static func frames() throws -> [BundlePiece] {
        let laptop = try SampleLaptop(1)
        let first = try laptop.log([[1], [2]])
        let second = try laptop.log(after: first.head, [[3]])
        return [
            .frame(Frame(runs: [try laptop.run(first)], hasMore: true)),
            .frame(Frame(runs: [try laptop.run(second)], hasMore: false)),
        ]
    }

    /// Reads a stream in chunks of a size.
    private static func pieces(_ stream: [UInt8], chunk: Int) throws -> [BundlePiece] {
        var reader = BundlePieceReader()
        var found: [BundlePiece] = []
        for start in stride(from: 0, to: stream.count, by: chunk) {
            reader.append(Array(stream[start..<min(stream.count, start + chunk)]))
            while let piece = try reader.next() { found.append(piece) }
        }
        try reader.finish()
        return found
    }

    private static func stream(_ pieces: [BundlePiece]) throws -> [UInt8] {
        try pieces.flatMap { try $0.encoded() }
    }

    @Test func `pieces come out as they went in, wherever the chunks are cut`() throws {
        let photo = BundlePhoto(bytes: [UInt8](repeating: 9, count: 3000))
        let all = try [.manifest(Self.manifest)] + Self.frames() + [.photo(photo), .end]
        let stream = try Self.stream(all)
        for chunk in [1, 4, 5, 6, 7, 100, 1000, stream.count] {
            #expect(try Self.pieces(stream, chunk: chunk) == all, "\(chunk)")
        }
        let padded = stream + [UInt8](repeating: 0, count: 500)
        #expect(try Self.pieces(padded, chunk: padded.count) == all)
    }

    @Test func `pieces out of order are refused`() throws {
        let (manifest, frames) = (BundlePiece.manifest(Self.manifest), try Self.frames())
        let photo = BundlePiece.photo(BundlePhoto(bytes: [1]))
        let wrong: [[BundlePiece]] = [
            [], [.end], [manifest], [manifest, manifest, .end], [frames[1], .end],
            [manifest, frames[0], .end], [manifest, frames[0], photo, .end],
            [manifest, frames[1], frames[1], .end], [manifest, photo, frames[1], .end],
            [manifest, frames[0], frames[1]],
        ]
        for (index, pieces) in wrong.enumerated() {
            let stream = try Self.stream(pieces)
            #expect(throws: EncodingError.self, "\(index)") {
                try Self.pieces(stream, chunk: max(1, stream.count))
            }
        }
        let right = [[manifest, .end], [manifest, photo, .end], [manifest, frames[1], .end]]
        for pieces in right {
            #expect(try Self.pieces(Self.stream(pieces), chunk: 4096) == pieces)
        }
    }

    @Test func `nothing follows the end but zeros, and not in another chunk`() throws {
        let stream = try Self.stream([.manifest(Self.manifest), .end])
        #expect(throws: EncodingError.notCanonical) {
            try Self.pieces(stream + [0, 1], chunk: stream.count + 2)
        }
        #expect(throws: EncodingError.notCanonical) {
            try Self.pieces(stream + [0, 0], chunk: stream.count)
        }
    }

    @Test func `a length beyond the limit is refused before it is waited for`() throws {
        for kind in Array("MFOEZ".utf8) {
            var reader = BundlePieceReader()
            reader.append([kind, 0xFF, 0xFF, 0xFF, 0xFF])
            #expect(throws: EncodingError.self) { try reader.next() }
        }
    }

    @Test func `gaps are the logs of which the receiver holds less than was thought`() throws {
        let one = try SampleLaptop(1).branch()
        let (two, three) = (try SampleLaptop(2).branch(), try SampleLaptop(3).branch())
        func heads(_ places: [Branch: UInt64]) -> Heads {
            Heads(places.mapValues { Head(sequence: $0, hash: Hash(of: [UInt8($0 % 251)])) })
        }
        let manifest = BundleManifest(
            basis: heads([one: 5, two: 5]), heads: heads([one: 9, two: 5, three: 4]),
            digest: .zero, written: .init(milliseconds: 0, isTrusted: false))
        #expect(manifest.gaps(after: heads([one: 5])) == [])
        #expect(manifest.gaps(after: heads([one: 7, two: 5, three: 1])) == [])
        #expect(manifest.gaps(after: heads([one: 4, two: 5])) == [one])
        #expect(manifest.gaps(after: Heads()) == [one])
    }

    @Test func `a header is for some laptops, each once, and has a part that can be`() throws {
        let laptop = try SampleLaptop(1)
        let bytes = [UInt8](repeating: 1, count: 32)
        let wrap = try #require(
            BundleWrap(
                device: laptop.device, encapsulated: bytes, wrapped: bytes + bytes.prefix(16)))
        let nonce = try #require(Nonce(bytes: bytes.prefix(16)))
        func header(_ part: Int, _ wraps: [BundleWrap]) -> BundleHeader? {
            BundleHeader(
                community: CommunityID(founding: .zero), bundle: nonce, creator: laptop.keys.log,
                part: part, wraps: wraps)
        }
        #expect(header(1, []) == nil && header(0, [wrap]) == nil && header(65, [wrap]) == nil)
        let whole = try #require(header(2, [wrap, wrap]))
        #expect(whole.wraps == [wrap])
        let encoded = whole.bytes
        #expect(try BundleHeader.byteCount(beginning: encoded) == encoded.count)
        #expect(BundleHeader.isBundle(beginning: encoded))
        #expect(!BundleHeader.isBundle(beginning: encoded.dropFirst()))
        #expect(throws: EncodingError.unknownFormat(2)) {
            try BundleHeader(bytes: encoded[..<8] + [2] + encoded[9...])
        }
    }
}
