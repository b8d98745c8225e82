import Crypto
import Foundation
import Participation
import Synchronization
import Testing

@testable import Store

/// The folder with the files that attachments name.
struct BlobTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("ashar-test-\(UUID().uuidString)")
    private static let picture = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }

    private func blobs(freeFloor: Int = 0) throws -> Blobs {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return Blobs(folder: folder.appendingPathComponent("blobs"), freeFloor: freeFloor)
    }

    private func path(_ name: String) -> String {
        folder.appendingPathComponent("blobs/\(name)").path
    }

    private func path(_ hash: BlobHash) -> String { path("\(hash.description.prefix(2))/\(hash)") }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    @Test func `a file is kept under the hash of its bytes, for the user alone`() throws {
        defer { remove() }
        let hash = try blobs().add(Self.picture)
        let expected = SHA256.hash(data: Self.picture).map { String(format: "%02x", $0) }.joined()
        #expect(hash.description == expected)
        let mode = try FileManager.default.attributesOfItem(atPath: path(hash))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path("new")) == [])
        // Another start finds it again.
        let again = try blobs()
        #expect(again.size(of: hash) == Self.picture.count)
        #expect(again.held == [hash])
        #expect(try again.read(hash) == Self.picture)
        #expect(try again.read(hash, range: 10..<20) == Array(Self.picture[10..<20]))
        #expect(try again.read(hash, range: 0..<3) == Array(Self.picture[..<3]))
        #expect(try again.read(hash, range: 99_990..<Int.max) == Array(Self.picture[99_990...]))
        #expect(try again.read(hash, range: Int.max - 1..<Int.max) == [])
    }

    @Test(arguments: [
        "", "abc", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
        "../../../etc/passwd", String(repeating: "a", count: 62) + "/.",
        String(repeating: "a", count: 65),
    ])
    func `what is no hash names no file`(_ text: String) { #expect(BlobHash(text) == nil) }

    @Test func `nothing and too much are refused`() throws {
        defer { remove() }
        let blobs = try blobs()
        #expect(throws: StoreError.blob(.size)) { try blobs.add([]) }
        let large = [UInt8](repeating: 1, count: Limits.blobBytes + 1)
        #expect(throws: StoreError.blob(.size)) { try blobs.add(large) }
        #expect(blobs.held == [])
        try blobs.add(large.dropLast())
        #expect(blobs.held.count == 1)
    }

    @Test func `a full disk takes no photographs before records suffer`() throws {
        defer { remove() }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let free = Mutex(1000 + Self.picture.count - 1)
        let blobs = Blobs(folder: folder.appendingPathComponent("blobs"), freeFloor: 1000) { _ in
            free.withLock(\.self)
        }
        let hash = BlobHash(of: Self.picture)
        #expect(throws: StoreError.diskFull) { try blobs.add(Self.picture) }
        #expect(throws: StoreError.diskFull) {
            try blobs.append([1], of: hash, at: 0, total: Self.picture.count)
        }
        #expect(blobs.held == [])
        free.withLock { $0 += 1 }
        #expect(try blobs.add(Self.picture) == hash)
    }

    @Test func `pieces make a file, over a start of the program too`() throws {
        defer { remove() }
        let hash = BlobHash(of: Self.picture)
        let total = Self.picture.count
        let blobs = try blobs()
        #expect(
            try blobs.append(Array(Self.picture[..<40_000]), of: hash, at: 0, total: total)
                == 40_000)
        #expect(throws: StoreError.blob(.place(held: 40_000))) {
            try blobs.append([1], of: hash, at: 50_000, total: total)
        }
        #expect(throws: StoreError.blob(.size)) {
            try blobs.append([1, 2], of: hash, at: 40_000, total: 40_001)
        }
        #expect(throws: StoreError.blob(.otherHash)) { try self.blobs().finish(hash) }
        // What was wrong is thrown away, and the beginning comes again.
        let again = try self.blobs()
        #expect(again.partialSize(of: hash) == 0)
        try again.append(Array(Self.picture[..<40_000]), of: hash, at: 0, total: total)
        let third = try self.blobs()
        #expect(third.partialSize(of: hash) == 40_000)
        try third.append(Array(Self.picture[40_000...]), of: hash, at: 40_000, total: total)
        #expect(!third.contains(hash))
        try third.finish(hash)
        #expect(try third.read(hash) == Self.picture)
        #expect(third.partialSize(of: hash) == 0)
        #expect(throws: StoreError.notFound) { try third.finish(hash) }
    }

    @Test func `what a killed program was writing is cleared away`() throws {
        defer { remove() }
        _ = try blobs().add(Self.picture)
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path("new/7")))
        let again = try blobs()
        #expect(try FileManager.default.contentsOfDirectory(atPath: path("new")) == [])
        #expect(again.held.count == 1)
    }

    @Test(arguments: ["flipped", "shorter", "longer"])
    func `a damaged file is never given out, and can come again`(_ damage: String) throws {
        defer { remove() }
        let blobs = try blobs()
        let hash = try blobs.add(Self.picture)
        var bytes = Self.picture
        switch damage {
        case "flipped": bytes[70_000] ^= 1
        case "shorter": bytes.removeLast(9)
        default: bytes.append(0)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path(hash)))
        #expect(throws: StoreError.notFound) { try blobs.read(hash, range: 0..<10) }
        #expect(!blobs.contains(hash))
        #expect(try blobs.damaged() == [hash])
        #expect(try blobs.add(Self.picture) == hash)
        #expect(try blobs.read(hash) == Self.picture)
        #expect(try blobs.damaged() == [])
    }

    @Test func `a file that somebody removed is missing`() throws {
        defer { remove() }
        let blobs = try blobs()
        let hash = try blobs.add(Self.picture)
        try FileManager.default.removeItem(atPath: path(hash))
        #expect(throws: StoreError.notFound) { try blobs.read(hash) }
        #expect(!blobs.contains(hash))
    }

    @Test func `many take the same file in at once`() async throws {
        defer { remove() }
        let blobs = try blobs()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { #expect(throws: Never.self) { try blobs.add(Self.picture) } }
            }
        }
        #expect(blobs.held == [BlobHash(of: Self.picture)])
        #expect(try blobs.read(BlobHash(of: Self.picture)) == Self.picture)
    }
}
