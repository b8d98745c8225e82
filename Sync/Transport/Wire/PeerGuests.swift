import NIOCore
import SyncCore
import Synchronization

/// The connections that others hold here: counted, and closed when their owner is removed.
final class PeerGuests: Sendable {
    private struct Guest {
        let channel: any Channel
        var tlsHash: Hash?
    }

    private struct State {
        var guests: [ObjectIdentifier: Guest] = [:]
    }

    private let state = Mutex(State())
    private let limits: PeerLimits

    init(limits: PeerLimits) { self.limits = limits }

    /// Counts a connection in until it closes; false where there are too many.
    func admit(_ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(channel)
        let isAdmitted = state.withLock { state in
            guard state.guests.count < limits.connections else { return false }
            state.guests[key] = Guest(channel: channel)
            return true
        }
        guard isAdmitted else { return false }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { $0.guests[key] = nil }
        }
        return true
    }

    /// Notes whose a connection is; false where that key holds too many.
    func name(_ channel: any Channel, _ tlsHash: Hash) -> Bool {
        state.withLock { state in
            let others = state.guests.filter {
                $0.key != ObjectIdentifier(channel) && $0.value.tlsHash == tlsHash
            }
            guard others.count < limits.connectionsPerKey else { return false }
            state.guests[ObjectIdentifier(channel)]?.tlsHash = tlsHash
            return true
        }
    }

    /// The keys that hold connections.
    var keys: Set<Hash> { state.withLock { Set($0.guests.values.compactMap(\.tlsHash)) } }

    /// How many connections a key holds.
    func count(of tlsHash: Hash) -> Int {
        state.withLock { $0.guests.values.count { $0.tlsHash == tlsHash } }
    }

    /// Closes all connections of a key.
    func close(_ tlsHash: Hash) {
        let channels = state.withLock { state in
            state.guests.values.filter { $0.tlsHash == tlsHash }.map(\.channel)
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
