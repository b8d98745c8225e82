import Foundation
import SyncCore
import SyncTransport

/// A folder that is a stick, and an office's bundle on it for laptop 2.
struct BundleStick {
    let folder: URL
    let office: BundleLaptop
    let village: BundleLaptop

    /// Works with an empty stick, and removes it.
    static func with(_ work: (BundleStick) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-stick-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(
            BundleStick(folder: folder, office: BundleLaptop(1), village: BundleLaptop(2)))
    }

    var file: URL { folder.appendingPathComponent("trip.ashar") }

    /// Names of what is on the stick.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    func part(_ number: Int) -> URL { folder.appendingPathComponent("trip.\(number).ashar") }

    static func manifest(
        _ heads: Heads = Heads(), basis: Heads = Heads()
    ) -> BundleManifest {
        BundleManifest(
            basis: basis, heads: heads, digest: Hash(of: [3]),
            written: .init(milliseconds: 1_795_000_000_000, isTrusted: true))
    }

    /// The office writes its frames for the village.
    @discardableResult
    func write(
        _ frames: [Frame], to file: URL? = nil, bundle: UInt8 = 5,
        partBytes: Int = BundleLimits.partBytes, basis: Heads = Heads()
    ) async throws -> BundleWriter.Receipt {
        let source = BundleSource(frames)
        return try await office.writer(partBytes: partBytes).write(
            BundleLaptop.nonce(bundle), Self.manifest(office.heads(frames), basis: basis),
            for: [village.keys], to: file ?? self.file
        ) { await source.next() }
    }

    /// The village takes a bundle.
    @discardableResult
    func take(
        _ taker: BundleTaker, from file: URL? = nil, holding: Heads = Heads()
    ) async throws -> BundleSummary {
        try await village.reader(knowing: [office, village]).read(
            file ?? self.file, holding: holding, takePhoto: { await taker.take($0) },
            take: { try await taker.take($0) }
        ).summary
    }

    /// What the village says of a bundle; nil where it took it. It may have taken nothing else.
    func fault(of file: URL? = nil, holding: Heads = Heads()) async throws -> BundleFault? {
        let taker = BundleTaker()
        do {
            try await take(taker, from: file, holding: holding)
            return nil
        } catch let fault as BundleFault {
            guard await taker.frames.isEmpty else { throw BundleLaptop.NoValue() }
            return fault
        }
    }
}
