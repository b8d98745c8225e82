public import NIOHTTP1
public import SyncCore

/// An answer to a request.
public struct PeerReply: Sendable, Equatable {
    /// The status (RFC 9110 §15).
    public let status: HTTPResponseStatus
    /// A message of the protocol, or nothing.
    public let body: [UInt8]

    /// Answers with a message.
    public init(_ body: [UInt8], status: HTTPResponseStatus = .ok) {
        self.status = status
        self.body = body
    }

    /// Answers why not.
    public init(found fault: SessionFault) {
        let refusal = Refusal(found: fault)
        self.init(refusal.bytes, status: HTTPResponseStatus(statusCode: refusal.status))
    }
}

/// The door for laptops that do not belong to the community yet.
public protocol PeerDoor: Sendable {
    /// Whether strangers may connect now: somebody sits before the pairing screen, or an
    /// invitation is out.
    func isOpen() async -> Bool

    /// Answers a request of a pairing, from the owner of a TLS key.
    func answer(_ path: PeerPath, _ body: [UInt8], from tlsHash: Hash) async -> PeerReply
}

/// Somebody who wants to know what other laptops did here.
public protocol PeerWatcher: Sendable {
    /// Whether a session of a member would cross one that this laptop holds with it, and is the
    /// one of both that gives way.
    func givesWay(_ device: DeviceID) async -> Bool

    /// A member said hello. `digest` is that of both where they held the same then, at the
    /// beginning of a session or at its end; else nil.
    func greeted(_ member: Membership.Member, sharing digest: Hash?) async

    /// A member listens to the changes here from now on, or does not any more.
    func attends(_ member: Membership.Member, _ isAttending: Bool) async

    /// A member took `sent` entries at most from here, and brought `received`.
    func visited(_ member: Membership.Member, received: UInt64, sent: UInt64) async
}
