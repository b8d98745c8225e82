import Crypto
import Foundation
import SyncCore
import SyncTransport
import Synchronization
import Testing

/// What one laptop writes on a stick, another takes, and nobody between them learns of it.
struct BundleRoundTripTests {
    @Test func `frames and photos arrive as they were sent, and twice changes nothing`()
        async throws
    {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(6)
            let photo = BundlePhoto(bytes: [UInt8](repeating: 4, count: 200_000))
            let source = BundleSource(frames, photos: [photo])
            let heads = try stick.office.heads(frames)
            let receipt = try await stick.office.writer().write(
                BundleLaptop.nonce(), BundleStick.manifest(heads), for: [stick.village.keys],
                to: stick.file, nextPhoto: { await source.nextPhoto() },
                next: { await source.next() })
            #expect(receipt.files == [stick.file] && receipt.leftOut.isEmpty)
            #expect(try stick.names == ["trip.ashar"])

            let taker = BundleTaker()
            let summary = try await stick.take(taker)
            #expect(await taker.heads == heads)
            #expect(await taker.photos == [photo])
            #expect(await taker.frames.map(\.hasMore) == [true, true, true, true, true, false])
            #expect(await taker.frames.map(\.runs) == frames.map(\.runs))
            #expect(summary.contents == receipt.contents && summary.contents?.entries == 6)
            #expect(summary.bytes == receipt.bytes && summary.parts == 1)

            let entries = await taker.entries
            try await stick.take(taker, holding: heads)
            #expect(await taker.entries == entries)
            #expect(await taker.frames.count == 12)
        }
    }

    @Test func `photos come also where nobody asked for the frames`() async throws {
        try await BundleStick.with { stick in
            let photos = (1...2).map { BundlePhoto(bytes: [UInt8](repeating: $0, count: 90_000)) }
            let source = BundleSource(try stick.office.frames(3), photos: photos)
            _ = try await stick.office.writer().write(
                BundleLaptop.nonce(), BundleStick.manifest(), for: [stick.village.keys],
                to: stick.file, nextPhoto: { await source.nextPhoto() },
                next: { await source.next() })
            let taker = BundleTaker()
            let taken = try await stick.village.reader(knowing: [stick.office]).read(
                stick.file, holding: Heads(), takePhoto: { await taker.take($0) },
                take: { try $0.next()?.runs.count })
            #expect(taken.outcome == 1 && taken.summary.contents?.photos == 2)
            #expect(await Set(taker.photos) == Set(photos))
        }
    }

    @Test func `a courier reads nothing in it`() async throws {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(3)
            try await stick.write(frames)
            let canary = Data(BundleLaptop.canary.utf8)
            #expect(Data(frames[0].bytes).range(of: canary) != nil)
            let bytes = try Data(contentsOf: stick.file)
            #expect(bytes.range(of: canary) == nil)
            #expect(bytes.range(of: canary.prefix(8)) == nil)
            #expect(bytes.range(of: Data(frames[1].runs[0].previous.hash.bytes.prefix(8))) == nil)
            let name = BundleName.suggested(
                written: .init(milliseconds: 1_795_000_000_000, isTrusted: true),
                bundle: try BundleLaptop.nonce())
            #expect(name == "ashar-2026-11-18-05050505.ashar")
        }
    }

    @Test func `it is padded to whole chunks`() async throws {
        try await BundleStick.with { stick in
            let one = try await stick.write(stick.office.frames(1, payloadBytes: 32))
            let file = stick.folder.appendingPathComponent("other.ashar")
            let other = try await stick.write(
                stick.office.frames(1, payloadBytes: 32_000), to: file)
            #expect(one.bytes == other.bytes)
        }
    }

    @Test func `it is split into parts and read from them`() async throws {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(8)
            let receipt = try await stick.write(frames, partBytes: 150_000)
            #expect(receipt.files == [stick.file, stick.part(2), stick.part(3)])
            #expect(try stick.names == ["trip.2.ashar", "trip.3.ashar", "trip.ashar"])
            for file in receipt.files {
                #expect(try Data(contentsOf: file).count <= 150_000)
            }
            let taker = BundleTaker()
            let summary = try await stick.take(taker)
            #expect(summary.parts == 3 && summary.bytes == receipt.bytes)
            #expect(try await taker.heads == stick.office.heads(frames))
            #expect(
                try BundleFolder.bundles(in: stick.folder).map(\.lastPathComponent) == [
                    "trip.ashar"
                ])
        }
    }

    @Test func `inspecting tells what it is and takes nothing`() async throws {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(4)
            try await stick.write(frames)
            let known = [stick.office, stick.village]
            let found = try await stick.village.reader(knowing: known).inspect(stick.file)
            #expect(found.author == stick.office.keys.device && found.fault == nil)
            #expect(found.community == stick.office.community)
            #expect(Set(found.receivers) == Set(known.map(\.keys.device)))
            #expect(found.contents?.entries == 4 && found.contents?.frames == 4)
            #expect(found.contents?.manifest.written.milliseconds == 1_795_000_000_000)

            let own = try await stick.office.reader(knowing: known).inspect(stick.file)
            #expect(own == found)
            let stranger = try await BundleLaptop(3).reader(knowing: known).inspect(stick.file)
            #expect(stranger.fault == .notForThisLaptop && stranger.contents == nil)
            #expect(stranger.author == found.author && stranger.receivers == found.receivers)
        }
    }

    @Test func `progress counts bytes up to all of them`() async throws {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(8)
            let source = BundleSource(frames)
            let (written, read) = (SeenProgress(), SeenProgress())
            let receipt = try await stick.office.writer(partBytes: 150_000).write(
                BundleLaptop.nonce(), BundleStick.manifest(), for: [stick.village.keys],
                to: stick.file, progress: { written.note($0) }, next: { await source.next() })
            _ = try await stick.village.reader(knowing: [stick.office]).read(
                stick.file, holding: Heads(), progress: { read.note($0) },
                take: { frames in while try frames.next() != nil {} })
            for (seen, phase) in [
                (written, BundleProgress.Phase.writing), (written, .checking), (read, .checking),
                (read, .taking),
            ] {
                let bytes = seen.bytes(phase)
                #expect(bytes.last == receipt.bytes && bytes.count > 3, "\(phase)")
                #expect(bytes == bytes.sorted(), "\(phase)")
            }
        }
    }

    @Test func `no laptop gets a key that anyone could open`() async throws {
        try await BundleStick.with { stick in
            let zero = try BundleLaptop.made(RawKey(bytes: [UInt8](repeating: 0, count: 32)))
            let weak = DeviceKeys(
                log: try BundleLaptop(3).keys.log, tlsHash: .zero, bundle: zero)
            let source = BundleSource(try stick.office.frames(1))
            let receipt = try await stick.office.writer().write(
                BundleLaptop.nonce(), BundleStick.manifest(), for: [weak, stick.village.keys],
                to: stick.file, next: { await source.next() })
            #expect(receipt.leftOut == [weak.device])
            #expect(try await stick.fault() == nil)
        }
    }
}

/// What was reported, in order.
private final class SeenProgress: Sendable {
    private let seen = Mutex<[BundleProgress]>([])

    func note(_ progress: BundleProgress) { seen.withLock { $0.append(progress) } }

    func bytes(_ phase: BundleProgress.Phase) -> [Int] {
        seen.withLock { all in all.filter { $0.phase == phase }.map(\.bytes) }
    }
}
