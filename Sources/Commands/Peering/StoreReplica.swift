import Store
import SyncCore
import SyncTransport

/// The store as other laptops see it.
struct StoreReplica: Replica, PairingHost {
    let store: Store
    let others: HeardHeads

    func hello() async throws -> (hello: Hello, heads: Heads) {
        guard let found = try await store.hello() else { throw SessionFault.wrongCommunity }
        return found
    }

    func standing(tlsHash: Hash) async throws -> Membership.Standing {
        try await store.standing(tlsHash: tlsHash)
    }

    func answer(_ pull: PullRequest) async throws -> PullAnswer { try await store.answer(pull) }

    func take(_ frame: Frame) async throws -> (heads: Heads, refused: [RefusedRun]) {
        do { return try await store.take(frame) } catch StoreError.diskFull {
            throw SessionFault.noRoom
        }
    }

    func head(of branch: Branch, at place: UInt64) async throws -> Head {
        try await store.head(of: branch, at: place)
    }

    func compose(theirs: Heads, skipping: Set<Branch>) async throws -> LogPlan.Step {
        try await store.compose(theirs: theirs, skipping: skipping)
    }

    func newHeads() -> AsyncStream<Void> {
        let changes = store.changes()
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                for await _ in changes { continuation.yield() }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    func heard(_ clock: CommunityClock.Reading, from device: DeviceID) async {
        store.hear(clock)
    }

    func heard(_ heads: Heads, from device: DeviceID) async {
        await others.note(heads, of: device)
    }

    func admit(_ keys: DeviceKeys, label: DeviceLabel, role: DeviceRole) async throws {
        try await store.admit(keys, as: role, label: label, by: .program)
    }

    func hasOpenInvitations() async -> Bool {
        // A store that cannot be read lets nobody in.
        (try? await store.hasOpenInvitations()) ?? false
    }

    func redeem(
        _ request: InvitationRequest, tlsHash: Hash
    ) async throws -> InvitationAnswer {
        try await store.redeem(request, tlsHash: tlsHash, by: .program)
    }
}
