import Foundation
import Participation
import SyncSimulation
import Synchronization

@testable import Hall

/// A box in a folder of its own, with seeded chance.
struct TestBox {
    let folder: URL
    let box: BallotBox
    let random: @Sendable (Int) -> [UInt8]

    /// Opens a box, works with it, and leaves nothing behind.
    static func with(seed: UInt64 = 5, _ work: (TestBox) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-box-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let generator = Mutex(SeededGenerator(seed: seed))
        let random: @Sendable (Int) -> [UInt8] = { count in
            generator.withLock { generator in
                (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
        }
        let box = try BallotBox(folder: folder, randomBytes: random)
        try await work(TestBox(folder: folder, box: box, random: random))
        try box.close()
    }

    /// New ids.
    func ids() -> @Sendable () -> RecordID {
        { [random] in RecordID(milliseconds: 1_795_300_000_000, random: random(10)) }
    }

    /// Opens a round of stickers, or of two dots where there are options.
    func open(people: Int, options: [String] = []) async throws -> Round {
        guard let event = RecordID("event") else { throw CancellationError() }
        let plan = RoundPlan(
            event: event, kind: options.isEmpty ? .stickers : .dots,
            question: try OpenText(announced: "Кандай көйгөй бар?"),
            perSeat: options.isEmpty ? 5 : 2,
            options: try options.map {
                .init(entity: .hearingTopic, id: event, title: try OpenText(announced: $0))
            }, expected: people)
        try await box.open(plan, id: ids()(), now: 1)
        guard let round = try await box.standing()?.round else { throw CancellationError() }
        return round
    }

    /// Closes it to its end.
    func close(_ round: Round) async throws -> RoundResult {
        let result = try await box.close(round.id, makeID: ids()).result
        try await box.end(round.id, now: 2)
        return result
    }
}
