import NIOHTTP1
import SyncCore

/// The requests of the protocol.
public enum PeerPath: String, Sendable, CaseIterable {
    /// A ``Hello`` for a ``Hello``.
    case hello = "/peer/1/hello"
    /// A ``PullRequest`` for a ``PullAnswer``.
    case pull = "/peer/1/pull"
    /// A ``Frame`` for a ``PushAnswer``.
    case push = "/peer/1/push"
    /// Nothing for ``PhotosLacking``.
    case photosLacking = "/peer/1/photos/lacking"
    /// A ``PhotoRequest`` for a ``PhotoPiece``.
    case photo = "/peer/1/photos/piece"
    /// A ``PhotoPiece`` for a ``PhotoReceipt``.
    case photoGive = "/peer/1/photos/give"
    /// A stream without end: a byte 1 for new heads, a byte 0 as a sign of life.
    case changes = "/peer/1/changes"
    /// A ``PairingCommit`` for a ``PairingOffer``.
    case pairCommit = "/peer/1/pair/commit"
    /// A ``PairingReveal`` for a ``PairingStatus``.
    case pairReveal = "/peer/1/pair/reveal"
    /// A ``PairingPoll`` for a ``PairingStatus``.
    case pairPoll = "/peer/1/pair/poll"
    /// An ``InvitationRequest`` for an ``InvitationAnswer``.
    case pairInvitation = "/peer/1/pair/invitation"

    /// The media type of every body.
    static let mediaType = "application/vnd.ashar.sync"

    /// Whether a laptop may ask that does not belong to the community yet.
    var isPairing: Bool {
        switch self {
        case .pairCommit, .pairReveal, .pairPoll, .pairInvitation: true
        case .hello, .pull, .push, .photosLacking, .photo, .photoGive, .changes: false
        }
    }

    var method: HTTPMethod { self == .changes ? .GET : .POST }

    /// Bytes of a request's body.
    var requestBytes: Int {
        switch self {
        case .changes, .photosLacking: 0
        case .pull: SyncLimits.listsBytes
        case .push: SyncLimits.frameBytes
        case .photoGive: PhotoLimits.messageBytes
        case .hello, .photo, .pairCommit, .pairReveal, .pairPoll, .pairInvitation:
            SyncLimits.messageBytes
        }
    }

    /// Bytes of an answer's body.
    var answerBytes: Int {
        switch self {
        case .changes: 0
        case .pull: SyncLimits.answerBytes
        case .push: SyncLimits.listsBytes
        case .photosLacking: PhotoLimits.lackingBytes
        case .photo: PhotoLimits.messageBytes
        case .hello, .photoGive, .pairCommit, .pairReveal, .pairPoll, .pairInvitation:
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
