public import SyncCore

/// What the office's store does for a pairing.
public protocol PairingHost: Sendable {
    /// Admits a laptop; the statement stands in the log when it returns.
    func admit(_ keys: DeviceKeys, label: DeviceLabel, role: DeviceRole) async throws

    /// Whether an invitation of this laptop is out that was neither used nor has expired.
    func hasOpenInvitations() async -> Bool

    /// Checks a request with ``Invitation/fault(of:tlsHash:isUsed:now:)``, marks the invitation
    /// as used and admits the laptop, all in one transaction. `tlsHash` is the connection's.
    /// - Throws: ``InvitationFault`` where it does not admit.
    func redeem(
        _ request: InvitationRequest, tlsHash: Hash
    ) async throws -> InvitationAnswer
}

/// The office's side of a pairing: its screen opens the door, other laptops come in by the
/// listener.
public actor PairingDesk: PeerDoor {
    private let community: CommunityID
    private let keys: DeviceKeys
    private let host: any PairingHost
    private let milliseconds: @Sendable () -> UInt64
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private var office: PairingOffice?
    /// The ceremony that admitted a laptop and whose screen is closed: the laptop may not have
    /// asked yet how it ended.
    private var admitted: PairingOffice?
    private var tried = PairingLimits()
    private var watchers: [Int: AsyncStream<PairingOffice.Phase?>.Continuation] = [:]
    private var nextWatcher = 0

    /// Prepares it, closed. `milliseconds` is of a clock that only goes forward.
    public init(
        community: CommunityID, keys: DeviceKeys, host: any PairingHost,
        milliseconds: @escaping @Sendable () -> UInt64,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.community = community
        self.keys = keys
        self.host = host
        self.milliseconds = milliseconds
        self.randomBytes = randomBytes
    }

    /// Opens the door: somebody sits before the pairing screen.
    public func open() {
        guard office == nil else { return }
        office = PairingOffice(community: community, keys: keys, limits: tried)
        publish()
    }

    /// Closes the door; what was tried stays counted.
    public func close() {
        if case .admitted? = office?.phase { admitted = office }
        office?.cancel()
        tried = office?.tried ?? tried
        office = nil
        publish()
    }

    /// How things stand; nil while the door is closed.
    public var phase: PairingOffice.Phase? {
        office?.tick(at: milliseconds())
        return office?.phase
    }

    /// How often a number may still be typed here in this ceremony.
    public var typingsLeft: Int { office?.typingsLeft ?? PairingLimits.typings }

    /// How things stand, at once and after each change. A ceremony's time runs out unseen: ask
    /// for ``phase`` now and then.
    public func phases() -> AsyncStream<PairingOffice.Phase?> {
        let (stream, tap) = AsyncStream.makeStream(
            of: PairingOffice.Phase?.self, bufferingPolicy: .bufferingNewest(1))
        watchers[nextWatcher] = tap
        nextWatcher += 1
        tap.yield(phase)
        return stream
    }

    /// Takes what the person typed from the other screen.
    public func type(_ number: String) throws(PairingFault) {
        defer { publish() }
        guard office != nil else { throw .outOfTurn }
        try office?.type(number, at: milliseconds())
    }

    /// Admits the laptop whose numbers were right, as the person says.
    /// - Throws: ``PairingFault/outOfTurn`` where nobody is to be admitted, and what the host
    ///   throws; then it may be tried again.
    public func admit(role: DeviceRole, label: DeviceLabel) async throws {
        guard case .asking(let keys, _) = phase else { throw PairingFault.outOfTurn }
        try await host.admit(keys, label: label, role: role)
        // While the log was written another may have come, but not in place of this one.
        guard case .asking(keys, _) = office?.phase else { throw PairingFault.outOfTurn }
        try office?.admit()
        publish()
    }

    /// Whether strangers may connect.
    public func isOpen() async -> Bool {
        if office != nil { return true }
        return await host.hasOpenInvitations()
    }

    /// Answers a request of a pairing.
    public func answer(
        _ path: PeerPath, _ body: [UInt8], from tlsHash: Hash
    ) async -> PeerReply {
        defer { publish() }
        do {
            if path == .pairInvitation {
                let request = try InvitationRequest(bytes: body)
                return PeerReply(try await host.redeem(request, tlsHash: tlsHash).bytes)
            }
            return PeerReply(try step(path, body, from: tlsHash))
        } catch let fault as PairingFault {
            return Self.reply(path, fault)
        } catch is InvitationFault {
            return PeerReply(found: .stranger)
        } catch let fault as SessionFault {
            return PeerReply(found: fault)
        } catch is EncodingError {
            return PeerReply(found: .malformed)
        } catch {
            return PeerReply(found: .busy)
        }
    }

    private func step(
        _ path: PeerPath, _ body: [UInt8], from tlsHash: Hash
    ) throws -> [UInt8] {
        if let status = lastWord(path, body, from: tlsHash) { return status.bytes }
        guard var office else { throw SessionFault.stranger }
        // A step that throws has ended the ceremony, which is to be kept too.
        defer { self.office = office }
        let now = milliseconds()
        switch path {
        case .pairCommit:
            guard let nonce = PairingNonce(bytes: randomBytes(32)) else { throw PairingFault.busy }
            let commit = try PairingCommit(bytes: body)
            return try office.take(commit, from: tlsHash, nonce: nonce, at: now).bytes
        case .pairReveal:
            return try office.take(try PairingReveal(bytes: body), from: tlsHash, at: now).bytes
        case .pairPoll:
            return try office.take(try PairingPoll(bytes: body), from: tlsHash, at: now).bytes
        case .hello, .pull, .push, .photosLacking, .photo, .photoGive, .changes, .pairInvitation:
            throw PairingFault.outOfTurn
        }
    }

    /// What the laptop that was admitted hears after the office's person has looked away.
    private func lastWord(
        _ path: PeerPath, _ body: [UInt8], from tlsHash: Hash
    ) -> PairingStatus? {
        guard path == .pairPoll, var admitted, let poll = try? PairingPoll(bytes: body),
            let status = try? admitted.take(poll, from: tlsHash, at: milliseconds()),
            status.state == .admitted
        else { return nil }
        return status
    }

    /// PROTOCOL.md §12: who cannot begin is asked to come again; who breaks a ceremony off hears
    /// that it is over.
    private static func reply(_ path: PeerPath, _ fault: PairingFault) -> PeerReply {
        if path == .pairCommit || fault == .busy { return PeerReply(found: .busy) }
        return PeerReply(PairingStatus(state: .ended).bytes)
    }

    private func publish() {
        let now = phase
        for (number, tap) in watchers {
            if case .terminated = tap.yield(now) { watchers[number] = nil }
        }
    }
}
