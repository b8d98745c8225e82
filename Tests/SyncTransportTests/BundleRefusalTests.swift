import Crypto
import Foundation
import SyncCore
import SyncTransport
import Testing

/// Whose bundles are taken, by whom, and from which files.
struct BundleRefusalTests {
    @Test func `a bundle for others, of strangers or of another community is refused`()
        async throws
    {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(2))
            let known = [stick.office, stick.village]
            func fault(_ reader: BundleReader) async throws -> BundleFault? {
                try await reader.inspect(stick.file).fault
            }
            #expect(try await fault(stick.village.reader(knowing: known)) == nil)
            #expect(try await fault(BundleLaptop(3).reader(knowing: known)) == .notForThisLaptop)
            let author = stick.office.keys.device
            #expect(
                try await fault(stick.village.reader(knowing: [])) == .unknownAuthor(author))
            var elsewhere = stick.village
            elsewhere.community = CommunityID(founding: Hash(of: [8]))
            #expect(
                try await fault(elsewhere.reader(knowing: known))
                    == .otherCommunity(stick.office.community))
        }
    }

    @Test func `nobody writes in another's name`() async throws {
        try await BundleStick.with { stick in
            // A member who knows everything but the office's own keys.
            let forger = try BundleLaptop(3)
            let frames = try forger.frames(1)
            for (number, (signing, agreement)) in [
                (stick.office.signing, forger.agreement), (forger.signing, stick.office.agreement),
                (forger.signing, forger.agreement),
            ].enumerated() {
                let writer = BundleWriter(
                    community: stick.office.community, signing: signing, agreement: agreement)
                let file = stick.folder.appendingPathComponent("forged\(number).ashar")
                let source = BundleSource(frames)
                _ = try await writer.write(
                    BundleLaptop.nonce(), BundleStick.manifest(), for: [stick.village.keys],
                    to: file, next: { await source.next() })
                let fault = try await stick.fault(of: file)
                let expected: BundleFault =
                    number == 0 ? .altered : .unknownAuthor(forger.keys.device)
                #expect(fault == expected, "\(number)")
            }
        }
    }

    @Test func `a bundle that would leave a gap is refused with the name of the log`()
        async throws
    {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(5)
            let held = try stick.office.heads(Array(frames.prefix(2)))
            let source = BundleSource(Array(frames.dropFirst(2)))
            _ = try await stick.office.writer().write(
                BundleLaptop.nonce(),
                BundleStick.manifest(try stick.office.heads(frames), basis: held),
                for: [stick.village.keys], to: stick.file, next: { await source.next() })
            #expect(try await stick.fault() == .gaps([stick.office.branch]))
            let taker = BundleTaker()
            for frame in frames.prefix(2) { try await taker.take(frame) }
            try await stick.take(taker, holding: held)
            #expect(try await taker.heads == stick.office.heads(frames))
        }
    }

    @Test func `links, pipes, folders and giants are not opened`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(1))
            let link = stick.folder.appendingPathComponent("link.ashar")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: stick.file)
            let pipe = stick.folder.appendingPathComponent("pipe.ashar")
            try #require(mkfifo(pipe.path, 0o600) == 0)
            let folder = stick.folder.appendingPathComponent("folder.ashar")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            let giant = stick.folder.appendingPathComponent("giant.ashar")
            try Data(contentsOf: stick.file).write(to: giant)
            try #require(truncate(giant.path, BundleLimits.partBytes + 1) == 0)
            let missing = stick.folder.appendingPathComponent("missing.ashar")
            for file in [link, pipe, folder, giant, missing] {
                #expect(try await stick.fault(of: file) == .unreadable, "\(file)")
            }
            try Data(contentsOf: stick.file).write(
                to: stick.folder.appendingPathComponent(".hidden.ashar"))
            let found = try BundleFolder.bundles(in: stick.folder).map(\.lastPathComponent)
            #expect(found == ["giant.ashar", "trip.ashar"])
        }
    }

    @Test func `a link in place of a later part is not followed`() async throws {
        try await BundleStick.with { stick in
            try await stick.write(stick.office.frames(5), partBytes: 150_000)
            let aside = stick.folder.appendingPathComponent("aside")
            try FileManager.default.moveItem(at: stick.part(2), to: aside)
            try FileManager.default.createSymbolicLink(
                at: stick.part(2), withDestinationURL: aside)
            #expect(try await stick.fault() == .unreadable)
        }
    }

    @Test(arguments: [
        ("a.ashar", true), ("2.ashar", true), ("a.1.ashar", true), ("a.65.ashar", true),
        ("a.02.ashar", true), ("a.2.ashar", false), ("a.64.ashar", false), (".ashar", false),
        (".a.ashar", false), ("a.ashar.part", false), ("a.ASHAR", false), ("a", false),
    ])
    func `a bundle is known by its name`(_ name: String, _ isBundle: Bool) {
        let file = URL(fileURLWithPath: "/stick").appendingPathComponent(name)
        #expect((BundleName(file) != nil) == isBundle)
    }
}
