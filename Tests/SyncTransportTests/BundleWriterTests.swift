import Foundation
import SyncCore
import SyncTransport
import Testing

/// What a writer leaves on a stick: a whole bundle, or nothing of its own.
struct BundleWriterTests {
    struct Broken: Error {}

    /// The office writes what `next` gives.
    private static func write(
        _ stick: BundleStick, to file: URL? = nil,
        next: @escaping @Sendable () async throws -> Frame?
    ) async throws {
        _ = try await stick.office.writer(partBytes: 150_000).write(
            BundleLaptop.nonce(), BundleStick.manifest(), for: [stick.village.keys],
            to: file ?? stick.file, next: next)
    }

    /// Another's file that must stay as it is.
    private static func neighbour(_ stick: BundleStick) throws -> URL {
        let file = stick.folder.appendingPathComponent("photo.jpg")
        try Data("not ours".utf8).write(to: file)
        return file
    }

    @Test func `cancelled or without a source, it leaves nothing behind`() async throws {
        try await BundleStick.with { stick in
            let other = try Self.neighbour(stick)
            let frames = try stick.office.frames(8)
            let broken = BundleSource(frames)
            await #expect(throws: Broken.self) {
                try await Self.write(stick) {
                    guard let frame = await broken.next() else { throw Broken() }
                    return frame
                }
            }
            #expect(try stick.names == ["photo.jpg"])
            let source = BundleSource(frames)
            let folder = stick.folder
            let task = Task {
                try await Self.write(stick) {
                    let frame = await source.next()
                    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                    // Some of it is there by now.
                    if names.contains("trip.2.ashar.part") {
                        withUnsafeCurrentTask { $0?.cancel() }
                    }
                    return frame
                }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try stick.names == ["photo.jpg"])
            #expect(try Data(contentsOf: other) == Data("not ours".utf8))
        }
    }

    @Test func `it never writes over a file`() async throws {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(5)
            for name in ["trip.ashar", "trip.2.ashar"] {
                let file = stick.folder.appendingPathComponent(name)
                try Data("older".utf8).write(to: file)
                let source = BundleSource(frames)
                await #expect(throws: BundleWriteFault.exists(name: name)) {
                    try await Self.write(stick) { await source.next() }
                }
                #expect(try stick.names == [name])
                #expect(try Data(contentsOf: file) == Data("older".utf8))
                try FileManager.default.removeItem(at: file)
            }
            for name in ["trip", "trip.2.ashar", ".ashar", ".trip.ashar"] {
                let file = stick.folder.appendingPathComponent(name)
                await #expect(throws: BundleWriteFault.badName) {
                    try await Self.write(stick, to: file) { nil }
                }
            }
            #expect(try stick.names == [])
        }
    }

    @Test func `what a power cut left is written anew, but a link is not followed`()
        async throws
    {
        try await BundleStick.with { stick in
            let frames = try stick.office.frames(5)
            let part = stick.folder.appendingPathComponent("trip.ashar.part")
            try Data(repeating: 1, count: 900_000).write(to: part)
            try await stick.write(frames)
            #expect(try stick.names == ["trip.ashar"])
            #expect(try await stick.fault() == nil)
            try FileManager.default.removeItem(at: stick.file)

            let other = try Self.neighbour(stick)
            for isHard in [false, true] {
                if isHard {
                    try FileManager.default.linkItem(at: other, to: part)
                } else {
                    try FileManager.default.createSymbolicLink(at: part, withDestinationURL: other)
                }
                let source = BundleSource(frames)
                await #expect(throws: BundleWriteFault.exists(name: "trip.ashar.part")) {
                    try await Self.write(stick) { await source.next() }
                }
                #expect(try Data(contentsOf: other) == Data("not ours".utf8))
                try FileManager.default.removeItem(at: part)
            }
        }
    }

    @Test func `a stick that goes away is named`() async throws {
        try await BundleStick.with { stick in
            let stuck = stick.folder.appendingPathComponent("stick")
            let away = stick.folder.appendingPathComponent("away")
            let files = FileManager.default
            try files.createDirectory(at: stuck, withIntermediateDirectories: false)
            let source = BundleSource(try stick.office.frames(3))
            await #expect(throws: BundleWriteFault.mediumGone) {
                try await Self.write(stick, to: stuck.appendingPathComponent("trip.ashar")) {
                    let frame = await source.next()
                    if frame == nil {
                        try FileManager.default.moveItem(at: stuck, to: away)
                    }
                    return frame
                }
            }
            await #expect(throws: BundleWriteFault.mediumGone) {
                try await Self.write(stick, to: stuck.appendingPathComponent("trip.ashar")) { nil }
            }
        }
    }

    @Test(
        .enabled(
            if: TinyDisk.isPossible,
            "SKIPPED: a full disk needs root and a tmpfs that may be mounted"))
    func `a full stick is named and left empty`() async throws {
        try await BundleStick.with { stick in
            try await TinyDisk.with(stick.folder) {
                let frames = try stick.office.frames(20)
                let source = BundleSource(frames)
                await #expect(throws: BundleWriteFault.noRoom) {
                    try await Self.write(stick) { await source.next() }
                }
                #expect(try stick.names == [])
                try await stick.write(Array(frames.prefix(2)))
                #expect(try await stick.fault() == nil)
            }
        }
    }

    @Test func `frames without runs are left out, and nothing at all is a bundle too`()
        async throws
    {
        try await BundleStick.with { stick in
            let empty = Frame(runs: [], hasMore: true)
            let frames = try stick.office.frames(2)
            try await stick.write([empty, frames[0], empty, frames[1], empty])
            let taker = BundleTaker()
            try await stick.take(taker)
            #expect(await taker.frames.map(\.hasMore) == [true, false])
            let file = stick.folder.appendingPathComponent("nothing.ashar")
            try await stick.write([], to: file)
            #expect(try await stick.fault(of: file) == nil)
        }
    }
}

/// A file system of 512 KiB, where this machine lets one be mounted.
private enum TinyDisk {
    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-tiny-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try mount(folder)
            try run("umount", [folder.path])
            return true
        } catch {
            return false
        }
    }()

    static func with(_ folder: URL, _ work: () async throws -> Void) async throws {
        try mount(folder)
        do {
            try await work()
        } catch {
            try run("umount", ["-l", folder.path])
            throw error
        }
        try run("umount", ["-l", folder.path])
    }

    private static func mount(_ folder: URL) throws {
        try run("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", folder.path])
    }

    private static func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BundleLaptop.NoValue() }
    }
}
