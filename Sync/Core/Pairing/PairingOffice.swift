/// The side of a pairing that belongs to the community and answers. All steps take the time of a
/// clock that only goes forward, in milliseconds. A step that throws anything but
/// ``PairingFault/wrongNumber(left:)`` and ``PairingFault/busy`` ends the ceremony; the next
/// commitment begins another.
public struct PairingOffice: Sendable {
    /// How things stand, for the screen.
    public enum Phase: Sendable, Equatable {
        /// Nobody has come yet.
        case open
        /// Somebody came, numbers are not known yet.
        case committed
        /// Show this number, and have the other's typed.
        case numbers(shown: String, isTyped: Bool, isConfirmedThere: Bool)
        /// Both numbers were right: ask the person for role and label.
        case asking(DeviceKeys, DeviceLabel)
        /// It was admitted.
        case admitted
        /// It is over.
        case ended(PairingFault)
    }

    private enum State {
        case open
        case committed(Hash, PairingNonce)
        case revealed(PairingTranscript, PairingReveal)
        case admitted(PairingTranscript)
        case ended(PairingFault)
    }

    private let community: CommunityID
    private let keys: DeviceKeys
    private var limits: PairingLimits
    private var state = State.open
    private var peer: Hash?
    private var begunAt: UInt64 = 0
    /// How often a number may still be typed here in this ceremony.
    public private(set) var typingsLeft = PairingLimits.typings
    private var isTyped = false
    private var isConfirmedThere = false

    /// Opens the door. Limits are kept between ceremonies by whoever opens it again.
    public init(community: CommunityID, keys: DeviceKeys, limits: PairingLimits = .init()) {
        self.community = community
        self.keys = keys
        self.limits = limits
    }

    /// What was tried so far.
    public var tried: PairingLimits { limits }

    /// How things stand.
    public var phase: Phase {
        switch state {
        case .open: .open
        case .committed: .committed
        case .revealed(_, let reveal) where isTyped && isConfirmedThere:
            .asking(reveal.keys, reveal.label)
        case .revealed(let transcript, _):
            .numbers(
                shown: transcript.officeNumber, isTyped: isTyped,
                isConfirmedThere: isConfirmedThere)
        case .admitted: .admitted
        case .ended(let fault): .ended(fault)
        }
    }

    /// Takes a commitment from the owner of a TLS key. A ceremony that is over makes room for
    /// the next; one that is going on is ended by a second commitment of the same laptop, and
    /// not disturbed by that of another.
    public mutating func take(
        _ commit: PairingCommit, from tls: Hash, nonce: PairingNonce, at now: UInt64
    ) throws(PairingFault) -> PairingOffer {
        switch state {
        case .open, .ended, .admitted: break
        case .committed, .revealed: throw tls == peer ? end(.outOfTurn) : .busy
        }
        guard limits.begin(at: now) else { throw end(.tooOften) }
        begunAt = now
        peer = tls
        typingsLeft = PairingLimits.typings
        isTyped = false
        isConfirmedThere = false
        state = .committed(commit.commitment, nonce)
        return PairingOffer(community: community, keys: keys, nonce: nonce)
    }

    /// Takes what the joiner had bound itself to.
    public mutating func take(
        _ reveal: PairingReveal, from tls: Hash, at now: UInt64
    ) throws(PairingFault) -> PairingStatus {
        guard tls == peer else { throw .busy }
        guard case .committed(let commitment, let nonce) = state else { throw end(.outOfTurn) }
        try checkTime(now)
        guard reveal.keys.tlsHash == tls else { throw end(.otherKey) }
        let shown = PairingTranscript.commitment(
            joiner: reveal.keys, label: reveal.label, nonce: reveal.nonce)
        guard shown == commitment else { throw end(.wrongCommitment) }
        let transcript = PairingTranscript(
            community: community, office: keys, joiner: reveal.keys, label: reveal.label,
            officeNonce: nonce, joinerNonce: reveal.nonce)
        state = .revealed(transcript, reveal)
        return PairingStatus(state: .waiting)
    }

    /// Takes what the person typed from the joiner's screen.
    public mutating func type(_ number: String, at now: UInt64) throws(PairingFault) {
        guard case .revealed(let transcript, _) = state, !isTyped else { throw end(.outOfTurn) }
        try checkTime(now)
        isTyped = PairingTranscript.isEqual(number, transcript.joinerNumber)
        guard !isTyped else { return }
        typingsLeft -= 1
        guard typingsLeft > 0 else { throw end(.noMatch) }
        throw .wrongNumber(left: typingsLeft)
    }

    /// Answers how things stand, and takes in how they stand there.
    public mutating func take(
        _ poll: PairingPoll, from tls: Hash, at now: UInt64
    ) throws(PairingFault) -> PairingStatus {
        // Also what a laptop hears that still asks about a ceremony before this one.
        guard tls == peer else { return PairingStatus(state: .ended) }
        switch state {
        case .revealed(let transcript, _) where transcript.hash == poll.transcript:
            guard poll.state != .ended else { throw end(.cancelled) }
            // Both numbers in time: how long the office then thinks about it is its own affair.
            if !(isTyped && isConfirmedThere) { try checkTime(now) }
            isConfirmedThere = isConfirmedThere || poll.state == .confirmed
            return PairingStatus(state: isTyped ? .confirmed : .waiting)
        case .admitted(let transcript) where transcript.hash == poll.transcript:
            return PairingStatus(state: .admitted)
        case .ended: return PairingStatus(state: .ended)
        default: throw end(.outOfTurn)
        }
    }

    /// Says that the admission stands in the log.
    public mutating func admit() throws(PairingFault) {
        guard case .revealed(let transcript, _) = state, isTyped, isConfirmedThere else {
            throw end(.outOfTurn)
        }
        state = .admitted(transcript)
    }

    /// Gives up.
    public mutating func cancel() { _ = end(.cancelled) }

    /// Ends a ceremony whose time is over.
    public mutating func tick(at now: UInt64) {
        switch phase {
        case .committed, .numbers: try? checkTime(now)
        case .open, .asking, .admitted, .ended: break
        }
    }

    private mutating func checkTime(_ now: UInt64) throws(PairingFault) {
        guard now >= begunAt, now - begunAt <= PairingLimits.ceremonyMilliseconds else {
            throw end(.expired)
        }
    }

    private mutating func end(_ fault: PairingFault) -> PairingFault {
        state = .ended(fault)
        return fault
    }
}
