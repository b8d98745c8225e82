import SyncCore
import Testing

/// The messages of a session as bytes.
struct MessageTests {
    private static let faults: [SessionFault] = [
        .malformed, .wrongCommunity, .stranger, .removed, .wrongDevice, .newerProtocol,
        .olderProtocol, .tooLarge, .busy, .noRoom,
    ]

    private static let reasons: [RefusedRun.Reason] = [
        .notAdmitted, .tooManyLogs, .fault(.wrongKey), .fault(.unsealedEnd),
        .fault(.badSignature(sequence: 3)), .fault(.gap(after: 4)), .fault(.fork(sequence: 5)),
    ]

    private static func heads() throws -> Heads {
        Heads([
            try SampleLaptop(1).branch(): Head(sequence: 3, hash: Hash(of: [1])),
            try SampleLaptop(2).branch(epoch: .max): Head(sequence: Head.latest, hash: .zero),
        ])
    }

    /// Each message with a way to read it and to write what was read.
    private static func messages() throws -> [(bytes: [UInt8], again: ([UInt8]) throws -> [UInt8])]
    {
        let laptops = try (1...7).map { try SampleLaptop($0) }
        let branches = laptops.map { $0.branch() }
        let frame = Frame(
            runs: [try laptops[0].run(try laptops[0].log([[1], [2]]))], hasMore: false)
        let refused = zip(branches, reasons).map { RefusedRun(branch: $0, reason: $1) }
        let run = SessionFault.badRun(branches[0], .badSignature(sequence: 9))
        return [
            (try SamplePeer(1).hello.bytes, { try Hello(bytes: $0).bytes }),
            (
                PullRequest(heads: try heads(), skipping: Set(branches), wantsHeads: true).bytes,
                { try PullRequest(bytes: $0).bytes }
            ),
            (
                PullAnswer(heads: try heads(), frame: frame).bytes,
                { try PullAnswer(bytes: $0).bytes }
            ),
            (PullAnswer(heads: nil, frame: frame).bytes, { try PullAnswer(bytes: $0).bytes }),
            (
                PushAnswer(heads: try heads(), refused: refused).bytes,
                { try PushAnswer(bytes: $0).bytes }
            ),
            (Refusal(found: run).bytes, { try Refusal(bytes: $0).bytes }),
            (Refusal(found: .busy).bytes, { try Refusal(bytes: $0).bytes }),
            (
                PhotosLacking([LackingPhoto(photo: Hash(of: [1]), held: 300)]).bytes,
                { try PhotosLacking(bytes: $0).bytes }
            ),
            (
                PhotoRequest(photo: Hash(of: [2]), place: 262_144).bytes,
                { try PhotoRequest(bytes: $0).bytes }
            ),
            (PhotoPiece.none(of: .zero).bytes, { try PhotoPiece(bytes: $0).bytes }),
            (
                try #require(PhotoPiece(photo: .zero, total: 9, place: 7, piece: [1, 2])).bytes,
                { try PhotoPiece(bytes: $0).bytes }
            ),
            (PhotoReceipt(.goOn, place: 700).bytes, { try PhotoReceipt(bytes: $0).bytes }),
        ]
    }

    @Test func `messages read back, and truncations and appended bytes are refused`() throws {
        for (bytes, again) in try Self.messages() {
            #expect(try again(bytes) == bytes)
            for length in 0..<bytes.count {
                #expect(throws: EncodingError.self) { try again(Array(bytes.prefix(length))) }
            }
            #expect(throws: EncodingError.self) { try again(bytes + [0]) }
        }
    }

    @Test func `what is read of flipped bits is written the same`() throws {
        for (bytes, again) in try Self.messages() {
            for place in 0..<bytes.count * 8 {
                var altered = bytes
                altered[place / 8] ^= UInt8(1 << (place % 8))
                if let found = try? again(altered) { #expect(found == altered) }
            }
        }
    }

    @Test func `a refusal tells the one who asked what it means for it`() throws {
        for fault in Self.faults {
            let read = try Refusal(bytes: Refusal(found: fault).bytes)
            switch fault {
            case .newerProtocol: #expect(read.fault == .olderProtocol)
            case .olderProtocol: #expect(read.fault == .newerProtocol)
            default: #expect(read.fault == fault)
            }
            #expect(read == Refusal(found: fault))
            #expect((400...599).contains(read.status))
        }
        #expect(Refusal(found: .stalled).fault == .busy)
        #expect(Refusal(found: .removed).status == 403)
        #expect(Refusal(found: .noRoom).status == 507)
    }
}
