import NIOCore
import SyncCore
import Synchronization

/// The connections that others hold here: counted, and closed when their owner is removed.
final class PeerGuests: Sendable {
    private struct Guest {
        let channel: any Channel
        /// Counts up: the oldest has the smallest.
        let number: UInt64
        /// Whose it is; nil before the first request.
        var tlsHash: Hash?
        /// Whether it was used by a member, and not only for a pairing.
        var isMembers = false
    }

    private struct State {
        var guests: [ObjectIdentifier: Guest] = [:]
        var next: UInt64 = 0

        /// The one that has been here longest without saying anything.
        var idlest: Guest? {
            guests.values.filter { $0.tlsHash == nil }.min { $0.number < $1.number }
        }
    }

    private let state = Mutex(State())
    private let limits: PeerLimits

    init(limits: PeerLimits) { self.limits = limits }

    /// Counts a connection in until it closes. Where there are too many, one that has said
    /// nothing yet makes room: honest ones are quick. False where all are in use.
    func admit(_ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(channel)
        let (isAdmitted, idlest) = state.withLock { state -> (Bool, (any Channel)?) in
            var idlest: (any Channel)?
            if state.guests.count >= limits.connections {
                guard let guest = state.idlest else { return (false, nil) }
                state.guests[ObjectIdentifier(guest.channel)] = nil
                idlest = guest.channel
            }
            state.guests[key] = Guest(channel: channel, number: state.next)
            state.next &+= 1
            return (true, idlest)
        }
        idlest?.close(promise: nil)
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

    /// Closes all connections.
    func closeAll() {
        let channels = state.withLock { $0.guests.values.map(\.channel) }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Notes that a connection is a member's.
    func noteMember(_ channel: any Channel) {
        state.withLock { $0.guests[ObjectIdentifier(channel)]?.isMembers = true }
    }

    /// Closes the connections of a key; with `sparingPairings` only those it used as a member.
    func close(_ tlsHash: Hash, sparingPairings: Bool = false) {
        let channels = state.withLock { state in
            state.guests.values.filter {
                $0.tlsHash == tlsHash && ($0.isMembers || !sparingPairings)
            }.map(\.channel)
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
