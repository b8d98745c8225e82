/// Why a session ended before its end. What was taken until then stays; the next session goes on
/// from there.
public enum SessionFault: Error, Sendable, Hashable {
    /// The other sent bytes that the protocol does not know.
    case malformed
    /// The other belongs to another community.
    case wrongCommunity
    /// The other's key is nobody's, or ours is to it.
    case stranger
    /// The other was removed, or says that we were.
    case removed
    /// The other calls itself by another name than its key has, or by ours: a cloned laptop.
    case wrongDevice
    /// The other speaks later versions of the protocol only: this program is too old.
    case newerProtocol
    /// The other speaks earlier versions of the protocol only: its program is too old.
    case olderProtocol
    /// Something is larger than ``SyncLimits`` allow.
    case tooLarge
    /// The other has no time now.
    case busy
    /// The disk is full, or may not be written.
    case noRoom
    /// A run that only a liar or a broken program sends.
    case badRun(Branch, RunFault)
    /// The connection broke, or was never made.
    case unreachable
    /// Frames came and went and nothing changed.
    case stalled
    /// An event came that has no place there: a fault of this program or of the other.
    case outOfTurn

    /// What bytes of another laptop that cannot be read amount to.
    public init(_ error: EncodingError) {
        self = error == .tooLong ? .tooLarge : .malformed
    }
}

/// A run that was not taken, and why; the session goes on with the others.
public struct RefusedRun: Sendable, Hashable {
    /// Whose log.
    public let branch: Branch
    /// Why.
    public let reason: Reason

    /// Why a run is not taken.
    public enum Reason: Sendable, Hashable {
        /// Its laptop was never admitted, as far as is known here.
        case notAdmitted
        /// There would be more logs than ``SyncLimits/branches``.
        case tooManyLogs
        /// It is faulty.
        case fault(RunFault)
    }

    /// Names a run.
    public init(branch: Branch, reason: Reason) {
        self.branch = branch
        self.reason = reason
    }

    /// The fault, where only a liar or a broken program sends it.
    public var lie: RunFault? {
        guard case .fault(let fault) = reason, fault.isLie else { return nil }
        return fault
    }
}
