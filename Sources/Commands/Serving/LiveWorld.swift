import CoreFoundation
import Crypto
import Foundation
import Store
import SyncTransport

/// The clock, the randomness, the keys and the folders of this laptop: the only place where they
/// are taken from the system.
enum LiveWorld {
    static func storeEnvironment(_ keys: KeyFiles, folder: URL) throws -> StoreEnvironment {
        // Where nothing can be remembered, a folder that was put back is noticed by the others.
        let tip = try? TipFile(of: folder)
        return StoreEnvironment(
            wallMilliseconds: { UInt64(max(0, Date().timeIntervalSince1970 * 1000)) },
            uptimeMilliseconds: uptimeMilliseconds,
            randomBytes: randomBytes, signingKey: try keys.signingKey(),
            readTip: { tip?.read() }, writeTip: { tip?.write($0) },
            hardware: { Hardware.marks(of: folder) })
    }

    /// Milliseconds since the laptop was started, sleep included.
    @Sendable static func uptimeMilliseconds() -> UInt64 { milliseconds(CLOCK_BOOTTIME) }

    @Sendable static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// A target's resources: beside the program, or where a package puts them.
    static func resources(of target: String) throws -> URL {
        let program = try URL(
            fileURLWithPath: FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
        ).deletingLastPathComponent()
        let places = [
            program.appendingPathComponent("ashar_\(target).resources"),
            program.deletingLastPathComponent().appendingPathComponent("share/ashar/\(target)"),
        ]
        for place in places where FileManager.default.fileExists(atPath: place.path) {
            return place
        }
        throw CommandFailure(
            message: "The program's own files are missing: \(places[0].path). Install it again.")
    }

    /// Where Debian's packages put scripts for browsers.
    static let vendor = URL(fileURLWithPath: "/usr/share/javascript")

    private static func milliseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
