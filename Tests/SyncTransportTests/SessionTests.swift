import Foundation
import SyncCore
import Synchronization
import Testing

@testable import SyncTransport

struct SessionTests {
    let office: TestLaptop
    let clerk: TestLaptop
    let community: TestCommunity

    init() throws {
        office = try TestLaptop(1)
        clerk = try TestLaptop(2)
        community = try TestCommunity(office: office, clerk)
    }

    @Test func `both come to hold what either wrote`() async throws {
        let (here, there) = (TestReplica(office, community), TestReplica(clerk, community))
        // More than one frame each way.
        try await here.write(30, bytes: 10_000)
        try await there.write(20, bytes: 10_000)
        try await withServer(office, here) { _, address in
            let first = try await session(of: there, at: address)
            #expect(first.ending == .same)
            #expect(first.progress.received == 30)
            #expect(first.progress.sent == 20)
            let second = try await session(of: there, at: address)
            #expect(second.ending == .same)
            #expect(second.progress.received == 0)
        }
        // Each knows what the other holds, to put on a stick what it lacks later.
        #expect(await here.others[clerk.device] == there.heads)
        #expect(await there.others[office.device] == here.heads)
        #expect(await here.frames > 1)
        #expect(await there.frames > 1)
        for laptop in [office, clerk] {
            #expect(await here.payloads(of: laptop) == there.payloads(of: laptop))
            #expect(await !here.payloads(of: laptop).isEmpty)
        }
    }

    @Test func `a cable pulled at any moment loses nothing, and the next session goes on`()
        async throws
    {
        let whole = try await cutSession(after: .max)
        #expect(whole.outcome?.ending == .same)
        var broken = 0
        let steps = 16
        for step in 0..<steps {
            let cut = try await cutSession(after: whole.bytes * step / steps)
            if cut.outcome?.ending != .same { broken += 1 }
        }
        // The last bytes are only the farewell of TLS.
        #expect(broken >= steps - 2)
    }

    private func cutSession(
        after bytes: Int
    ) async throws -> (outcome: SessionOutcome?, bytes: Int) {
        let (here, there) = (TestReplica(office, community), TestReplica(clerk, community))
        try await here.write(12, bytes: 10_000)
        try await there.write(12, bytes: 10_000)
        let result = try await withServer(office, here) { _, address in
            let cable = CutCable(to: address, after: bytes)
            let outcome = try await cable.plugged { try? await session(of: there, at: $0) }
            let again = try await session(of: there, at: address)
            #expect(again.ending == .same)
            return (outcome, cable.carried)
        }
        for laptop in [office, clerk] {
            #expect(await here.payloads(of: laptop).count == 12)
            #expect(await here.payloads(of: laptop) == there.payloads(of: laptop))
        }
        return result
    }

    @Test func `a liar's frame is not taken, and it is told so`() async throws {
        let (here, there) = (TestReplica(office, community), TestReplica(clerk, community))
        try await there.write(3)
        let step = await there.compose(theirs: Heads(), skipping: [])
        let run = try #require(step.frame.runs.first)
        let altered = Run(
            branch: run.branch, key: run.key, previous: run.previous,
            entries: run.entries.dropLast(1) + [
                Run.Entry(
                    body: .whole([1, 2, 3]), commit: 1, milliseconds: 1, isTimeTrusted: true,
                    actor: "", signature: run.entries.last?.signature)
            ])
        let clerk = clerk
        _ = try await withServer(office, here) { _, address in
            await #expect(throws: PeerTrouble.self) {
                try await clerk.client().visit(address, trusting: PeerTLS.anyone) {
                    try await $0.push(Frame(runs: [altered], hasMore: false))
                }
            }
        }
        #expect(await here.payloads(of: clerk).isEmpty)
    }

    @Test func `a change is told to whoever listens`() async throws {
        let here = TestReplica(office, community)
        let clerk = clerk
        let signs = Signs()
        try await withServer(office, here) { _, address in
            try await withThrowingTaskGroup { group in
                defer { group.cancelAll() }
                group.addTask {
                    try? await clerk.client().visit(address, trusting: PeerTLS.anyone) {
                        try await $0.changes { sign in signs.list.withLock { $0.append(sign) } }
                    }
                }
                try await eventually { signs.list.withLock { !$0.isEmpty } }
                #expect(signs.list.withLock { !$0.contains(true) })
                try await here.write(1)
                try await eventually { signs.list.withLock { $0.contains(true) } }
            }
        }
    }

    private final class Signs: Sendable {
        let list = Mutex<[Bool]>([])
    }
}
