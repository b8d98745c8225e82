import Crypto
import Foundation
import Participation
import SyncSimulation
import Synchronization

@testable import Store

/// A store in a folder of its own with a clock that is turned by hand and a seeded randomness.
final class TestStore: Sendable {
    static let start: UInt64 = 1_795_300_000_000

    let folder: URL
    let environment: StoreEnvironment
    private let clock: Clock

    final class Clock: Sendable {
        let wall = Mutex(TestStore.start)
        let uptime = Mutex<UInt64>(1_000_000)
        let tip = Mutex<Tip?>(nil)
        let hardware = Mutex<[String: String]>([:])
    }

    /// What is remembered outside the data folder.
    var tip: Tip? { clock.tip.withLock(\.self) }

    func forgetTip() { clock.tip.withLock { $0 = nil } }

    /// Puts the disk into other hardware.
    func setHardware(_ marks: [String: String]) { clock.hardware.withLock { $0 = marks } }

    convenience init(seed: UInt64 = 1) {
        self.init(seed: seed, key: Curve25519.Signing.PrivateKey())
    }

    /// A copy of a laptop's whole disk, keys and all, in another laptop. The store is closed.
    convenience init(copyOf other: TestStore, seed: UInt64) throws {
        self.init(seed: seed, key: other.environment.signingKey)
        try FileManager.default.copyItem(at: other.folder, to: folder)
    }

    private init(seed: UInt64, key: Curve25519.Signing.PrivateKey) {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-test-\(UUID().uuidString)")
        let clock = Clock()
        self.clock = clock
        let generator = Generator(seed: seed)
        environment = StoreEnvironment(
            wallMilliseconds: { clock.wall.withLock { $0 } },
            uptimeMilliseconds: { clock.uptime.withLock { $0 } },
            randomBytes: { count in (0..<count).map { _ in generator.byte() } },
            signingKey: key, readTip: { clock.tip.withLock(\.self) },
            writeTip: { tip in clock.tip.withLock { $0 = tip } },
            hardware: { clock.hardware.withLock(\.self) })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func open() throws -> Store { try Store(folder: folder, environment: environment) }

    func advance(_ milliseconds: UInt64 = 1000) {
        clock.wall.withLock { $0 += milliseconds }
        clock.uptime.withLock { $0 += milliseconds }
    }

    /// Sets the laptop's clock, rightly or wrongly.
    func set(_ wall: UInt64) { clock.wall.withLock { $0 = wall } }

    /// Opens the store, works with it, closes it.
    func with<Result>(_ work: (Store) async throws -> Result) async throws -> Result {
        let store = try open()
        do {
            let result = try await work(store)
            try store.close()
            return result
        } catch {
            try? store.close()
            throw error
        }
    }

    func file(_ lines: String...) throws -> URL {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("\(UUID().uuidString).jsonl")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        return file
    }

    private final class Generator: Sendable {
        private let state: Mutex<SeededGenerator>

        init(seed: UInt64) { state = Mutex(SeededGenerator(seed: seed)) }

        func byte() -> UInt8 {
            state.withLock { UInt8(truncatingIfNeeded: $0.next()) }
        }
    }
}

extension Store {
    /// Imports lines and returns what came of it.
    func take(_ file: URL) async throws -> ImportReport {
        try await importFile(file, by: .program) { _ in }
    }
}

/// Lines of two villages that other records can point to.
enum Lines {
    static let place = """
        {"entity":"municipality","id":"m","name":"Көк-Ирим"}
        {"entity":"village","id":"v","municipality":"m","name":"Арал"}
        {"entity":"cycle","id":"c","municipality":"m","title":"2026","startsOn":"2026-01-01","stage":1}
        {"entity":"event","id":"e","cycle":"c","kind":"session","village":"v","status":"held"}
        """
}
