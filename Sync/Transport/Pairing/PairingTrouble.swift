public import SyncCore

/// Why a laptop did not come to belong to a community.
public enum PairingTrouble: Error, Sendable, Hashable {
    /// The office could not be reached.
    case unreachable(Unreachable)
    /// Nobody sits before the pairing screen there, or it is no office.
    case doorClosed
    /// The ceremony is over, or was not begun.
    case ceremony(PairingFault)
    /// The office does not take the invitation: it was used, has expired, or is not its own.
    case invitationRefused
    /// The office answered what no office answers.
    case malformed

    init(_ trouble: PeerTrouble) {
        switch trouble {
        // A closed door shows as a key that is not taken.
        case .unreachable(.notKnownThere), .fault(.stranger), .fault(.removed): self = .doorClosed
        case .unreachable(let reason): self = .unreachable(reason)
        case .fault(.busy): self = .ceremony(.busy)
        case .fault: self = .malformed
        }
    }
}
