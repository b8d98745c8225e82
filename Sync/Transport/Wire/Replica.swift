public import SyncCore

/// What this laptop holds, as the talk with others sees it. Whoever implements it does each step
/// in one transaction; the wire keeps nothing.
///
/// A thrown ``SessionFault`` is told to the other as it is; anything else is logged and told as
/// ``SessionFault/busy``.
public protocol Replica: Sendable {
    /// The hello of this moment, and the heads of which it holds the hash.
    func hello() async throws -> (hello: Hello, heads: Heads)

    /// What the owner of a TLS key is to the community now, by the SHA-256 of its
    /// SubjectPublicKeyInfo.
    func standing(tlsHash: Hash) async throws -> Membership.Standing

    /// What the other lacks, as far as one frame holds it.
    func answer(_ pull: PullRequest) async throws -> PullAnswer

    /// Takes a frame in one transaction: the heads after it, and what was not taken.
    func take(_ frame: Frame) async throws -> (heads: Heads, refused: [RefusedRun])

    /// What is held at a place of a log; ``Head/none`` where that is nothing.
    func head(of branch: Branch, at place: UInt64) async throws -> Head

    /// The next frame for a laptop that holds `theirs`, without the skipped logs.
    func compose(theirs: Heads, skipping: Set<Branch>) async throws -> LogPlan.Step

    /// An element after each change of the heads, own or taken; several may come as one.
    func newHeads() -> AsyncStream<Void>

    /// What the clock of a member says.
    func heard(_ clock: CommunityClock.Reading, from device: DeviceID) async

    /// What a member holds now, as it says itself: what it lacks can be put on a stick for it
    /// when it is gone.
    func heard(_ heads: Heads, from device: DeviceID) async
}

extension Replica {
    /// The member that owns a TLS key.
    /// - Throws: ``SessionFault/stranger``, ``SessionFault/removed``.
    func member(tlsHash: Hash) async throws -> Membership.Member {
        switch try await standing(tlsHash: tlsHash) {
        case .member(let member): return member
        case .removed: throw SessionFault.removed
        case .stranger: throw SessionFault.stranger
        }
    }

    /// Whether a TLS key is a member's; false also where that cannot be found out.
    func isMember(tlsHash: Hash) async -> Bool {
        (try? await member(tlsHash: tlsHash)) != nil
    }
}
