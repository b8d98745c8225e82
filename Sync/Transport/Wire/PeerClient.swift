import NIOCore
import SyncCore
import Synchronization

/// Visits other laptops, one connection for a whole session.
public struct PeerClient: Sendable {
    let tls: PeerTLS
    let limits: PeerLimits

    /// Visits in the name of a laptop.
    public init(tls: PeerTLS, limits: PeerLimits = .init()) {
        self.tls = tls
        self.limits = limits
    }

    /// Why the other's key was not taken.
    private final class Verdict: Sendable {
        private let found = Mutex<Unreachable?>(nil)

        var reason: Unreachable? { found.withLock { $0 } }

        func note(_ reason: Unreachable) { found.withLock { $0 = reason } }
    }

    /// Connects, does something with the connection, and closes it. Only the owner of a trusted
    /// key is talked with, and never this laptop itself.
    /// - Throws: ``PeerTrouble``, `CancellationError`, and what `body` throws beside those.
    public func visit<Result: Sendable>(
        _ address: PeerAddress, trusting trust: @escaping PeerTLS.Trust,
        _ body: @Sendable (PeerLink) async throws -> Result
    ) async throws -> Result {
        let verdict = Verdict()
        let connection: PeerDialer.Connection
        do {
            connection = try await PeerDialer.connect(address, limits: limits) {
                try tls.clientHandler { key in
                    guard key != tls.ownHash else {
                        verdict.note(.ownAddress)
                        return false
                    }
                    let isTrusted = await trust(key)
                    if !isTrusted { verdict.note(.strangerThere) }
                    return isTrusted
                }
            }
        } catch {
            try Task.checkCancellation()
            throw PeerTrouble.unreachable(Unreachable(error))
        }
        var result: Result?
        do {
            try await connection.executeThenClose { inbound, outbound in
                let link = PeerLink(
                    connection.channel, inbound, outbound, host: address.description,
                    limits: limits, refusal: { verdict.reason })
                result = try await body(link)
            }
        } catch {
            // What was done is done, however the connection then closed.
            if let result { return result }
            if let reason = verdict.reason { throw PeerTrouble.unreachable(reason) }
            try Task.checkCancellation()
            throw error
        }
        guard let result else { throw PeerTrouble.unreachable(.lost) }
        return result
    }
}
