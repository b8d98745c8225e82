import Foundation
import SyncCore
import SyncTransport
import Testing

/// Whatever happened to a stick, a bundle is taken whole or not at all.
struct BundleDamageTests {
    /// What the village says of a file with these bytes.
    private static func fault(_ stick: BundleStick, _ bytes: Data) async throws -> BundleFault? {
        try bytes.write(to: stick.file)
        return try await stick.fault()
    }

    @Test func `a bundle that ends too early is refused, wherever it ends`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(5))
            let whole = try Data(contentsOf: stick.file)
            #expect(try await Self.fault(stick, whole) == nil)
            for length in stride(from: 0, to: whole.count, by: 4096) {
                let fault = try await Self.fault(stick, whole.prefix(length))
                #expect(fault == (length < 8 ? .notABundle : .truncated), "\(length)")
            }
            for missing in [1, 16, 63, 64, 65, 65_552, 2 * 65_552, 65_552 + 64] {
                let fault = try await Self.fault(stick, whole.dropLast(missing))
                #expect(fault == .truncated, "\(missing)")
            }
            #expect(try await Self.fault(stick, whole + [0]) == .truncated)
            #expect(try await Self.fault(stick, whole) == nil)
        }
    }

    @Test func `a changed byte is refused, whatever it belongs to`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(5))
            let whole = try Data(contentsOf: stick.file)
            let header = try BundleHeader(
                bytes: whole.prefix(BundleHeader.byteCount(beginning: whole.prefix(100))))
            let start = header.bytes.count
            // Of two wraps one is the village's own: a change in either counts.
            let places = [
                0, 7, 8, 9, 40, 41, 56, 57, 88, 89, 90, 91, 92, 107, 108, 139, 140, 187, 188, 203,
                204, 235, 236, 283, start, start + 65_535, start + 65_536, start + 65_551,
                start + 65_552, whole.count - 65_552, whole.count - 65, whole.count - 64,
                whole.count - 1,
            ]
            #expect(start == 284)
            for place in places {
                for bit in [UInt8(1), 0x80] {
                    var bytes = whole
                    bytes[place] ^= bit
                    let fault = try await Self.fault(stick, bytes)
                    #expect(fault != nil, "\(place)")
                    if place >= start { #expect(fault == .altered, "\(place)") }
                }
            }
            var bytes = whole
            bytes[8] = 2
            #expect(try await Self.fault(stick, bytes) == .newerVersion)
            #expect(try await Self.fault(stick, Data("a letter".utf8)) == .notABundle)
        }
    }

    @Test func `chunks cannot be moved, repeated or left out`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(6))
            let whole = try Data(contentsOf: stick.file)
            let (start, size) = (284, 65_552)
            func chunk(_ index: Int) -> Data {
                whole[(start + index * size)..<(start + (index + 1) * size)]
            }
            let count = (whole.count - start - 64) / size
            try #require(count >= 4)
            let (head, seal) = (whole.prefix(start), whole.suffix(64))
            let all = (0..<count).map(chunk)
            func put(_ chunks: [Data]) -> Data { head + chunks.reduce(Data(), +) + seal }
            #expect(put(all) == whole)
            let wrong: [[Data]] = [
                [all[1], all[0]] + all[2...], [all[0], all[0]] + all[1...],
                Array(all.dropFirst()), all + [all[count - 1]], [all[count - 1]],
                Array(all[..<1] + all[2...]),
            ]
            for chunks in wrong {
                #expect(try await Self.fault(stick, put(chunks)) == .altered)
            }
        }
    }

    @Test func `a part that is missing is named, and none can stand in for another`()
        async throws
    {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(10)
            let receipt = try await stick.write(frames, partBytes: 150_000)
            try #require(receipt.files.count == 4)
            let elsewhere = stick.folder.appendingPathComponent("aside")
            let files = FileManager.default
            for number in 2...4 {
                try files.moveItem(at: stick.part(number), to: elsewhere)
                #expect(try await stick.fault() == .partMissing(number))
                try files.copyItem(at: stick.part(number == 2 ? 3 : 2), to: stick.part(number))
                #expect(try await stick.fault() == .partMissing(number))
                try Data("a letter".utf8).write(to: stick.part(number))
                #expect(try await stick.fault() == .partMissing(number))
                try files.removeItem(at: stick.part(number))
                try files.moveItem(at: elsewhere, to: stick.part(number))
            }
            let other = stick.folder.appendingPathComponent("other.ashar")
            try await stick.write(frames, to: other, bundle: 6, partBytes: 150_000)
            let foreign = stick.folder.appendingPathComponent("other.2.ashar")
            try files.moveItem(at: stick.part(2), to: elsewhere)
            try files.copyItem(at: foreign, to: stick.part(2))
            #expect(try await stick.fault() == .partMissing(2))
            try files.removeItem(at: stick.part(2))
            try files.moveItem(at: elsewhere, to: stick.part(2))
            #expect(try await stick.fault() == nil)
            #expect(try await stick.fault(of: stick.part(2)) == .notABundle)
        }
    }

    @Test func `a cut or changed later part is refused before anything is taken`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(8), partBytes: 150_000)
            let last = try Data(contentsOf: stick.part(3))
            for missing in [1, 64, 5000, 65_552] {
                try last.dropLast(missing).write(to: stick.part(3))
                let fault = try await stick.fault()
                #expect(fault == .truncated, "\(missing)")
            }
            for place in [100, 300, last.count - 1] {
                var bytes = last
                bytes[place] ^= 1
                try bytes.write(to: stick.part(3))
                #expect(try await stick.fault() == .altered, "\(place)")
            }
        }
    }

    @Test func `a stick pulled between checking and taking ends the taking`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(8))
            let (taker, path) = (BundleTaker(), stick.file.path)
            await #expect(throws: BundleFault.truncated) {
                try await stick.village.reader(knowing: [stick.office]).read(
                    stick.file, holding: Heads()
                ) { frames in
                    while let frame = try frames.next() {
                        try await taker.take(frame)
                        try #require(truncate(path, 1000) == 0)
                    }
                }
            }
            #expect(await taker.frames.count < 8)
        }
    }
}
