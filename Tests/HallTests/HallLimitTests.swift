import Foundation
import Testing

@testable import Hall

/// What one address may take of the hall, and how screens notice a start of the program.
struct HallLimitTests {
    @Test func `one address has not all of the streams, and gets back what it closed`() {
        let allowance = HallAllowance()
        for _ in 0..<HallAllowance.streams { #expect(allowance.opensStream("10.0.0.7")) }
        #expect(!allowance.opensStream("10.0.0.7"))
        #expect(allowance.opensStream("10.0.0.8"))
        allowance.closeStream("10.0.0.7")
        #expect(allowance.opensStream("10.0.0.7"))
        #expect(!allowance.opensStream("10.0.0.7"))
    }

    @Test func `a file that is made anew has another version than the one before`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-public-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var versions: [Int] = []
        for start in [1_795_300_000_000, 1_795_300_900_000] {
            let writer = try PublicWriter(folder: folder, version: start)
            let reader = try PublicReader(folder: folder)
            versions.append(try await reader.version())
            try await writer.write(PublicRoom(), pictures: ["a.svg": "<svg/>"])
            versions.append(try await reader.version())
            try writer.close()
        }
        #expect(
            versions == [
                1_795_300_000_000, 1_795_300_000_001, 1_795_300_900_000, 1_795_300_900_001,
            ])
    }
}
