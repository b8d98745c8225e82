import Foundation
import Participation
import Testing

@testable import Store

/// The files in the store's folder beside the records that name them.
struct PhotographTests {
    private let village = TestStore(seed: 1)
    private static let pictures = (1...3).map { [UInt8](repeating: UInt8($0), count: 1000 * $0) }

    private static func attachment(_ id: String, _ bytes: [UInt8]) throws -> Edit {
        let id: RecordID = try #require(RecordID(id))
        return .put(
            RecordInput(
                .attachment, id: id,
                fields: [
                    "owner": .text("e"), "name": .text("сүрөт"), "mediaType": .text("image/jpeg"),
                    "sha256": .text(BlobHash(of: bytes).description), "size": .integer(bytes.count),
                ]))
    }

    private func prepare(_ store: Store) async throws {
        _ = try await store.take(try village.file(Lines.place))
        for (index, bytes) in Self.pictures.enumerated() {
            _ = try await store.commit(
                [try Self.attachment("p\(3 - index)", bytes)], by: .program)
        }
    }

    private func path(_ bytes: [UInt8], in folder: URL) -> URL {
        let name = BlobHash(of: bytes).description
        return folder.appendingPathComponent("blobs/\(name.prefix(2))/\(name)")
    }

    @Test func `what records name and is not here is told, small ones first`() async throws {
        try await village.with { store in
            try await prepare(store)
            let all = try await store.missingBlobs()
            #expect(all.map(\.size) == [1000, 2000, 3000])
            #expect(all.map(\.hash) == Self.pictures.map(BlobHash.init(of:)))
            _ = try await store.withBlobs { try $0.add(Self.pictures[1]) }
            #expect(try await store.missingBlobs().map(\.size) == [1000, 3000])
            // A deleted photograph is not fetched; it is when somebody takes that back.
            let id = try #require(RecordID("p3"))
            _ = try await store.commit([.delete(.attachment, id)], by: .program)
            #expect(try await store.missingBlobs().map(\.size) == [3000])
            #expect(try await store.read { try !$0.names(BlobHash(of: Self.pictures[0])) })
            _ = try await store.commit([.restore(.attachment, id)], by: .program)
            #expect(try await store.missingBlobs().map(\.size) == [1000, 3000])
            #expect(try await store.read { try $0.names(BlobHash(of: Self.pictures[0])) })
        }
    }

    @Test func `checking everything finds a damaged photograph`() async throws {
        try await village.with { store in
            try await prepare(store)
            for bytes in Self.pictures { _ = try await store.withBlobs { try $0.add(bytes) } }
            let whole = try await store.verify { _, _ in }
            #expect(whole.faults.isEmpty && whole.blobs == 3)
            var bytes = Self.pictures[2]
            bytes[5] ^= 8
            try Data(bytes).write(to: path(Self.pictures[2], in: village.folder))
            for _ in 1...2 {
                let report = try await store.verify { _, _ in }
                #expect(report.faults == [.blob(BlobHash(of: Self.pictures[2]))])
            }
            #expect(try await store.missingBlobs().map(\.size) == [3000])
            // The records are whole, so tables can still be made anew from them.
            _ = try await store.rebuild { _, _ in }
            _ = try await store.withBlobs { try $0.add(Self.pictures[2]) }
            #expect(try await store.verify { _, _ in }.faults.isEmpty)
        }
    }

    @Test func `a backup has the photographs, and gives them back`() async throws {
        let place = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        try await village.with { store in
            try await prepare(store)
            for bytes in Self.pictures.dropLast() {
                _ = try await store.withBlobs { try $0.add(bytes) }
            }
            // Of a deleted record too: the backup can be put back and the deletion be undone.
            let id = try #require(RecordID("p3"))
            _ = try await store.commit([.delete(.attachment, id)], by: .program)
            let report = try await store.backUp(to: place)
            #expect(report.blobs == 2 && report.missingBlobs == 1)
        }
        // One is damaged on the stick, the other lost on the laptop, which has a newer one.
        try Data([1]).write(to: path(Self.pictures[0], in: place))
        try FileManager.default.removeItem(at: path(Self.pictures[0], in: village.folder))
        try FileManager.default.removeItem(at: path(Self.pictures[1], in: village.folder))
        try await village.with { store in
            _ = try await store.withBlobs { try $0.add([7]) }
        }
        let report = try Store.restore(
            place, into: village.folder, environment: village.environment)
        #expect(report.damagedBlobs == 1)
        try await village.with { store in
            let held = try await store.withBlobs { $0.held }
            #expect(held == [BlobHash(of: [7]), BlobHash(of: Self.pictures[1])].sorted())
            #expect(
                try await store.withBlobs { try $0.read(held[0]).count + $0.read(held[1]).count }
                    == 2001)
        }
    }
}
