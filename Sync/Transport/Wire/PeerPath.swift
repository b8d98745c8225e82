import NIOHTTP1
import SyncCore

/// The requests of the protocol.
public enum PeerPath: String, Sendable, CaseIterable {
    case hello = "/peer/1/hello"
    case pull = "/peer/1/pull"
    case push = "/peer/1/push"
    case changes = "/peer/1/changes"
    case pairCommit = "/peer/1/pair/commit"
    case pairReveal = "/peer/1/pair/reveal"
    case pairPoll = "/peer/1/pair/poll"
    case pairInvitation = "/peer/1/pair/invitation"

    /// The media type of every body.
    static let mediaType = "application/vnd.ashar.sync"

    /// Whether a laptop may ask that does not belong to the community yet.
    var isPairing: Bool {
        switch self {
        case .pairCommit, .pairReveal, .pairPoll, .pairInvitation: true
        case .hello, .pull, .push, .changes: false
        }
    }

    var method: HTTPMethod { self == .changes ? .GET : .POST }

    /// Bytes of a request's body.
    var requestBytes: Int {
        switch self {
        case .changes: 0
        case .pull: SyncLimits.listsBytes
        case .push: SyncLimits.frameBytes
        case .hello, .pairCommit, .pairReveal, .pairPoll, .pairInvitation:
            SyncLimits.messageBytes
        }
    }

    /// Bytes of an answer's body.
    var answerBytes: Int {
        switch self {
        case .changes: 0
        case .pull: SyncLimits.answerBytes
        case .push: SyncLimits.listsBytes
        case .hello, .pairCommit, .pairReveal, .pairPoll, .pairInvitation:
            SyncLimits.messageBytes
        }
    }
}

/// A byte of the stream of changes.
enum ChangeByte: UInt8 {
    /// Nothing new, but still here.
    case alive = 0
    /// There are new heads.
    case heads = 1
}
