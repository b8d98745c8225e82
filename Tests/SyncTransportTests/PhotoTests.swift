import NIOHTTP1
import SyncCore
import Synchronization
import Testing

@testable import SyncTransport

/// Photos held in memory; a seeded stand-in for the folder of a laptop.
final class TestShelf: PhotoShelf {
    private struct State {
        var whole: [Hash: [UInt8]] = [:]
        var partial: [Hash: [UInt8]] = [:]
        var wanted: [Hash] = []
        var revision = 0
        var room = Int.max
        var pieces = 0
    }

    private let state = Mutex(State())

    init(holding photos: [[UInt8]] = [], wanting wanted: [[UInt8]] = []) {
        state.withLock { state in
            for photo in photos { state.whole[Hash(of: photo)] = photo }
            state.wanted = wanted.map { Hash(of: $0) }
        }
    }

    var whole: Set<Hash> { state.withLock { Set($0.whole.keys) } }
    var pieces: Int { state.withLock(\.pieces) }

    func fill(leaving room: Int) { state.withLock { $0.room = room } }

    func revision() async -> Int { state.withLock(\.revision) }

    func isUsed() async throws -> Bool { true }

    func lacking() async throws -> [LackingPhoto] {
        state.withLock { state in
            state.wanted.filter { state.whole[$0] == nil }.map {
                LackingPhoto(photo: $0, held: state.partial[$0]?.count ?? 0)
            }
        }
    }

    func piece(_ request: PhotoRequest) async throws -> PhotoPiece {
        state.withLock { state in
            guard let photo = state.whole[request.photo], request.place < photo.count else {
                return .none(of: request.photo)
            }
            let end = min(photo.count, request.place + PhotoLimits.pieceBytes)
            let piece = PhotoPiece(
                photo: request.photo, total: photo.count, place: request.place,
                piece: Array(photo[request.place..<end]))
            return piece ?? .none(of: request.photo)
        }
    }

    func take(_ piece: PhotoPiece) async throws -> PhotoReceipt {
        try state.withLock { state in
            guard state.wanted.contains(piece.photo) else {
                return PhotoReceipt(.notWanted, place: 0)
            }
            var held = state.partial[piece.photo] ?? []
            guard held.count == piece.place else { return PhotoReceipt(.goOn, place: held.count) }
            guard state.room >= piece.piece.count else { throw SessionFault.noRoom }
            state.room -= piece.piece.count
            state.pieces += 1
            held += piece.piece
            state.partial[piece.photo] = held
            guard held.count == piece.total else { return PhotoReceipt(.goOn, place: held.count) }
            state.partial[piece.photo] = nil
            guard Hash(of: held) == piece.photo else { return PhotoReceipt(.notWanted, place: 0) }
            state.whole[piece.photo] = held
            state.revision += 1
            return PhotoReceipt(.whole, place: held.count)
        }
    }

    func photosCame() async {}
}

struct PhotoTests {
    private let office: TestLaptop
    private let clerk: TestLaptop
    private let community: TestCommunity

    init() throws {
        office = try TestLaptop(1)
        clerk = try TestLaptop(2)
        community = try TestCommunity(office: office, clerk)
    }

    private static func photo(_ number: UInt8, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(number)) }
    }

    /// Exchanges photos from the clerk's side; answers whether all is there, and the last progress.
    private func exchange(
        _ here: TestShelf, _ address: PeerAddress,
        mayGoOn: @escaping @Sendable () async -> Bool = { true }
    ) async throws -> (isWhole: Bool, progress: PhotoProgress) {
        let last = Mutex(PhotoProgress())
        let exchange = PhotoExchange(
            shelf: here, logger: .silent, mayGoOn: mayGoOn,
            report: { progress in last.withLock { $0 = progress } })
        let isWhole = try await clerk.client().visit(
            address, trusting: { [office] in $0 == office.tls.ownHash },
            { await exchange.run(over: $0) })
        return (isWhole, last.withLock { $0 })
    }

    private func withOffice(
        _ shelf: TestShelf, _ body: @escaping @Sendable (PeerAddress) async throws -> Void
    ) async throws {
        try await withServer(office, TestReplica(office, community), shelf: shelf) { _, address in
            try await body(address)
        }
    }

    @Test func `each gets what it lacks, in pieces`() async throws {
        let (small, large) = (Self.photo(1, 10), Self.photo(2, 700_000))
        let there = TestShelf(holding: [large], wanting: [small, large])
        let here = TestShelf(holding: [small], wanting: [small, large])
        try await withOffice(there) { address in
            let outcome = try await exchange(here, address)
            #expect(outcome.isWhole)
            #expect(outcome.progress.received == 1 && outcome.progress.sent == 1)
        }
        #expect(here.whole == there.whole && here.whole.count == 2)
        #expect(here.pieces == 3)
    }

    @Test func `a pulled cable costs no piece twice`() async throws {
        let photo = Self.photo(3, 3_000_000)
        let there = TestShelf(holding: [photo], wanting: [photo])
        let here = TestShelf(wanting: [photo])
        try await withOffice(there) { address in
            for _ in 0..<20 where here.whole.isEmpty {
                try await CutCable(to: address, after: 900_000).plugged { near in
                    _ = try? await self.exchange(here, near)
                }
            }
        }
        #expect(here.whole == [Hash(of: photo)])
        // Twelve pieces make it; each was taken once.
        #expect(here.pieces == 12)
    }

    @Test func `records go first: an exchange stops between two pieces and goes on later`()
        async throws
    {
        let photo = Self.photo(4, 1_000_000)
        let there = TestShelf(holding: [photo], wanting: [photo])
        let here = TestShelf(wanting: [photo])
        let pieces = Mutex(0)
        try await withOffice(there) { address in
            let first = try await exchange(
                here, address,
                mayGoOn: {
                    pieces.withLock {
                        $0 += 1
                        return $0 < 3
                    }
                })
            #expect(!first.isWhole && here.pieces == 2)
            #expect(try await exchange(here, address).isWhole)
        }
        #expect(here.whole == there.whole && here.pieces == 4)
    }

    @Test func `a full disk is said, and nothing half is kept as whole`() async throws {
        let photo = Self.photo(5, 1_000_000)
        let there = TestShelf(holding: [photo], wanting: [photo])
        let here = TestShelf(wanting: [photo])
        here.fill(leaving: 400_000)
        try await withOffice(there) { address in
            let outcome = try await exchange(here, address)
            #expect(!outcome.isWhole && outcome.progress.isRoomLacking)
            #expect(here.whole.isEmpty)
            here.fill(leaving: .max)
            #expect(try await exchange(here, address).isWhole)
        }
        #expect(here.whole == there.whole)
    }

    @Test func `what no record names is not taken, nor what its hash does not fit`() async throws {
        let (wanted, other) = (Self.photo(6, 1000), Self.photo(7, 1000))
        let there = TestShelf(wanting: [wanted])
        try await withOffice(there) { address in
            let link = { (piece: PhotoPiece) in
                try await self.clerk.client().visit(
                    address, trusting: { _ in true }, { try await $0.give(piece) })
            }
            let foreign = try #require(
                PhotoPiece(photo: Hash(of: other), total: 1000, place: 0, piece: other))
            #expect(try await link(foreign).state == .notWanted)
            let altered = try #require(
                PhotoPiece(photo: Hash(of: wanted), total: 1000, place: 0, piece: other))
            #expect(try await link(altered).state == .notWanted)
            #expect(there.whole.isEmpty)
        }
    }

    @Test func `photos are for members alone, and an earlier program has none`() async throws {
        let there = TestShelf(holding: [Self.photo(8, 10)])
        let stranger = try TestLaptop(9)
        try await withOffice(there) { address in
            for (path, body) in [
                (PeerPath.photosLacking, []), (.photo, PhotoRequest(photo: .zero, place: 0).bytes),
            ] {
                let answer = try await RawClient.ask(
                    as: stranger, address,
                    [
                        RawClient.head(.POST, path.rawValue, length: body.count),
                        RawClient.body(body), .end(nil),
                    ])
                #expect(answer?.status != .ok)
            }
        }
        try await withServer(office, TestReplica(office, community)) { _, address in
            let here = TestShelf(wanting: [Self.photo(8, 10)])
            let outcome = try await exchange(here, address)
            #expect(!outcome.isWhole && here.whole.isEmpty)
        }
    }
}
