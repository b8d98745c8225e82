import Crypto
import Foundation
import SyncCore
import SyncTransport
import WebUI

/// What a receipt says of the files.
enum BundleCheck {
    private static let pieceBytes = 1 << 20

    /// Files as a receipt lists them: the check is the beginning of what `sha256sum` prints.
    /// - Throws: ``BundleFault/unreadable`` where one is not there any more.
    static func files(_ files: [URL]) async throws -> [BundleReceipt.File] {
        var found: [BundleReceipt.File] = []
        for file in files { found.append(try await self.file(file)) }
        return found
    }

    /// The files of a bundle that are there, the first one first.
    static func parts(of first: URL) -> [URL] {
        guard let name = BundleName(first) else { return [] }
        return (1...BundleLimits.parts).lazy.map { name.file(part: $0) }.prefix {
            FileManager.default.fileExists(atPath: $0.path)
        }.map(\.self)
    }

    private static func file(_ file: URL) async throws -> BundleReceipt.File {
        guard let handle = try? FileHandle(forReadingFrom: file) else {
            throw BundleFault.unreadable
        }
        defer { try? handle.close() }
        var (hash, bytes) = (SHA256(), 0)
        while let piece = try handle.read(upToCount: pieceBytes), !piece.isEmpty {
            hash.update(data: piece)
            bytes += piece.count
            try Task.checkCancellation()
            await Task.yield()
        }
        let check = Hexadecimal.text(Array(hash.finalize()).prefix(8))
        return .init(name: file.lastPathComponent, bytes: bytes, check: check)
    }
}

extension BundleReceipt {
    /// What was counted, laptop by laptop in a lasting order.
    static func logs(
        _ entries: [DeviceID: Int], new: [DeviceID: Int], leftOut: Set<DeviceID> = []
    ) -> [Log] {
        entries.keys.sorted().compactMap { device in
            LaptopID(device).map { laptop in
                Log(
                    laptop: laptop, entries: entries[device] ?? 0, newEntries: new[device] ?? 0,
                    isLeftOut: leftOut.contains(device))
            }
        }
    }
}

extension LaptopID {
    init?(_ device: DeviceID) { self.init(device.description) }
}

extension DeviceID {
    /// Nil where the name is none.
    init?(_ laptop: LaptopID) {
        guard let bytes = Hexadecimal.bytes(laptop.text) else { return nil }
        self.init(bytes: bytes)
    }
}

extension WorkProgress {
    /// Every file is gone through twice: written and read back, or checked and taken.
    init(_ progress: BundleProgress) {
        guard let total = progress.totalBytes else {
            self.init(done: progress.bytes, total: nil)
            return
        }
        switch progress.phase {
        case .writing: self.init(done: total, total: 2 * total)
        case .checking: self.init(done: progress.bytes, total: 2 * total)
        case .taking: self.init(done: total + progress.bytes, total: 2 * total)
        }
    }
}
