import Foundation
import Participation
import SyncCore
import Synchronization
import Testing

@testable import Store

/// What a bundle is made of, and how it is taken: in one transaction, all or nothing.
struct BundleIntakeTests {
    private let office = TestStore(seed: 1)
    private let village = TestStore(seed: 2)

    /// An office that worked before it founded the community, and a laptop that holds nothing.
    private func together(_ work: (Store, Store) async throws -> Void) async throws {
        try await office.with { one in
            try await village.with { other in
                _ = try await one.take(try office.file(Lines.place))
                try await one.found(with: office.keys, [(other, village.keys)])
                try await work(one, other)
            }
        }
    }

    private static func frames(_ material: BundleMaterial) async throws -> [Frame] {
        var frames: [Frame] = []
        while let frame = try await material.next() { frames.append(frame) }
        return frames
    }

    private static func take(_ frames: [Frame], _ store: Store) async throws -> BundleIntake {
        let rest = Mutex(frames[...])
        return try await store.takeBundle { rest.withLock { $0.popFirst() } }
    }

    private static func person(_ name: String) throws -> Edit {
        let id: RecordID = try #require(RecordID("p"))
        return .put(RecordInput(.person, id: id, fields: ["fullName": .text(name)]))
    }

    @Test func `all logs come, also what was written before there was a community`() async throws {
        try await together { one, other in
            let material = try await one.bundleMaterial()
            #expect(material.basis.count == 0)
            #expect(
                Set(material.receivers.map(\.device)) == [
                    try office.keys.device, try village.keys.device,
                ])
            let frames = try await Self.frames(material)
            let intake = try await Self.take(frames, other)
            #expect(intake.refused.isEmpty)
            #expect(intake.entries == material.entries && intake.newEntries == intake.entries)
            #expect(try await intake.digest == one.digest())
            #expect(try await other.digest() == one.digest())
            #expect(try await other.heads() == one.heads())
            #expect(try await other.verify { _, _ in }.faults.isEmpty)

            let again = try await Self.take(frames, other)
            #expect(again.newEntries.values.allSatisfy { $0 == 0 })
            #expect(again.digest == again.digestBefore && again.digest == intake.digest)
        }
    }

    @Test func `a bundle is of one moment, whatever is written meanwhile`() async throws {
        try await together { one, other in
            let material = try await one.bundleMaterial()
            let digest = try await one.digest()
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            let intake = try await Self.take(try await Self.frames(material), other)
            #expect(material.digest == digest && intake.digest == digest)
            #expect(try await other.heads() == material.heads)
        }
    }

    @Test func `what a laptop lacks is enough for it, and nothing to one that holds less`()
        async throws
    {
        try await together { one, other in
            _ = try await Self.take(
                try await Self.frames(try await one.bundleMaterial()), other)
            let basis = try await other.heads()
            try await one.note([try village.keys.device: basis])
            let heard = try await one.heads(of: try village.keys.device)
            #expect(heard == basis)
            #expect(try await one.heads(of: try office.keys.device) == nil)
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            let material = try await one.bundleMaterial(lackedBy: basis)
            let frames = try await Self.frames(material)
            #expect(material.entries.values.reduce(0, +) == 1)
            let late = TestStore(seed: 3)
            try await late.with { third in
                let community = try #require(try await one.community())
                try await third.join(community, introducedBy: try office.keys)
                let before = try await third.digest()
                let intake = try await Self.take(frames, third)
                // Without the founding entry the log is nobody's.
                #expect(intake.newEntries.values.allSatisfy { $0 == 0 })
                #expect(!intake.refused.isEmpty)
                #expect(try await third.digest() == before)
            }
            #expect(try await Self.take(frames, other).newEntries.values.reduce(0, +) == 1)
            #expect(try await other.digest() == one.digest())
        }
    }

    @Test func `a gap, a lie or a stick that is pulled leaves nothing behind`() async throws {
        try await together { one, other in
            let frames = try await Self.frames(try await one.bundleMaterial())
            let runs = frames.flatMap(\.runs)
            // The founding log makes its author known; the log before it is what is wrong.
            let founding = Frame(runs: [runs[0]], hasMore: true)
            let run = try #require(runs.last { $0.branch != runs[0].branch })
            try #require(run.previous == .none && run.entries.count > 1)
            let before = (heads: try await other.heads(), digest: try await other.digest())
            let ends = try run.verified().entries.suffix(2).map(\.head)
            let late = Run(
                branch: run.branch, key: run.key, previous: ends[0],
                entries: run.entries.suffix(1))
            await #expect(throws: BundleRefusal.gap(run.branch)) {
                try await Self.take([founding, Frame(runs: [late], hasMore: false)], other)
            }
            let altered = Run.Entry(
                body: .whole([1, 2, 3]), commit: 1, milliseconds: 1, isTimeTrusted: true,
                actor: "", signature: run.entries.last?.signature)
            let lie = Run(
                branch: run.branch, key: run.key, previous: .none,
                entries: run.entries.dropLast(1) + [altered])
            await #expect(throws: BundleRefusal.lie(run.branch)) {
                try await Self.take([founding, Frame(runs: [lie], hasMore: false)], other)
            }
            struct Pulled: Error {}
            let rest = Mutex(frames[...])
            await #expect(throws: Pulled.self) {
                try await other.takeBundle {
                    guard let frame = rest.withLock({ $0.popFirst() }) else { throw Pulled() }
                    return frame
                }
            }
            #expect(try await other.heads() == before.heads)
            #expect(try await other.digest() == before.digest)
            #expect(try await other.verify { _, _ in }.faults.isEmpty)
            #expect(try await Self.take(frames, other).digest == one.digest())
        }
    }

    @Test func `a laptop with a key that anyone could use is not admitted`() async throws {
        try await together { one, _ in
            let zero = try #require(RawKey(bytes: [UInt8](repeating: 0, count: 32)))
            let keys = try village.keys
            let weak = DeviceKeys(log: keys.log, tlsHash: keys.tlsHash, bundle: zero)
            await #expect(throws: StoreError.weakKey) {
                try await one.admit(weak, as: .clerk, label: .none, by: .program)
            }
        }
    }
}
