/// The side of a pairing that wants to belong and asks. Times and throwing are as with
/// ``PairingOffice``.
public struct PairingJoiner: Sendable {
    /// How things stand, for the screen.
    public enum Phase: Sendable, Equatable {
        /// Nothing was asked yet, or no answer came yet.
        case asking
        /// Show this number, and have the office's typed.
        case numbers(shown: String, isTyped: Bool, isConfirmedThere: Bool)
        /// It belongs to this community now; this is the office that admitted it.
        case admitted(CommunityID, by: DeviceKeys)
        /// It is over.
        case ended(PairingFault)
    }

    private enum State {
        case idle
        case committed
        case revealed(PairingTranscript, PairingOffer)
        case admitted(PairingOffer)
        case ended(PairingFault)
    }

    private let keys: DeviceKeys
    private let label: DeviceLabel
    private let nonce: PairingNonce
    private var state = State.idle
    private var begunAt: UInt64 = 0
    /// How often a number may still be typed here in this ceremony.
    public private(set) var typingsLeft = PairingLimits.typings
    private var isTyped = false
    private var isConfirmedThere = false

    /// Prepares one ceremony; the nonce is random and used once.
    public init(keys: DeviceKeys, label: DeviceLabel, nonce: PairingNonce) {
        self.keys = keys
        self.label = label
        self.nonce = nonce
    }

    /// How things stand.
    public var phase: Phase {
        switch state {
        case .idle, .committed: .asking
        case .revealed(let transcript, _):
            .numbers(
                shown: transcript.joinerNumber, isTyped: isTyped,
                isConfirmedThere: isConfirmedThere)
        case .admitted(let offer): .admitted(offer.community, by: offer.keys)
        case .ended(let fault): .ended(fault)
        }
    }

    /// Begins.
    public mutating func begin(
        at now: UInt64, limits: inout PairingLimits
    ) throws(PairingFault) -> PairingCommit {
        guard case .idle = state else { throw end(.outOfTurn) }
        guard limits.begin(at: now) else { throw end(.tooOften) }
        begunAt = now
        state = .committed
        return PairingCommit(
            commitment: PairingTranscript.commitment(joiner: keys, label: label, nonce: nonce))
    }

    /// Takes the office's offer, which came from the owner of a TLS key.
    public mutating func take(
        _ offer: PairingOffer, from tls: Hash, at now: UInt64
    ) throws(PairingFault) -> PairingReveal {
        guard case .committed = state else { throw end(.outOfTurn) }
        try checkTime(now)
        guard offer.keys.tlsHash == tls, tls != keys.tlsHash else { throw end(.otherKey) }
        let transcript = PairingTranscript(
            community: offer.community, office: offer.keys, joiner: keys, label: label,
            officeNonce: offer.nonce, joinerNonce: nonce)
        state = .revealed(transcript, offer)
        return PairingReveal(keys: keys, nonce: nonce, label: label)
    }

    /// What the office is to hear last where the ceremony ends here and it knows of it.
    public var farewell: PairingPoll? {
        guard case .revealed(let transcript, _) = state else { return nil }
        return PairingPoll(transcript: transcript.hash, state: .ended)
    }

    /// Takes what the person typed from the office's screen.
    public mutating func type(_ number: String, at now: UInt64) throws(PairingFault) {
        guard case .revealed(let transcript, _) = state, !isTyped else { throw end(.outOfTurn) }
        try checkTime(now)
        isTyped = PairingTranscript.isEqual(number, transcript.officeNumber)
        guard !isTyped else { return }
        typingsLeft -= 1
        guard typingsLeft > 0 else { throw end(.noMatch) }
        throw .wrongNumber(left: typingsLeft)
    }

    /// The question to send, every second or so; nil where there is nothing to ask.
    public var poll: PairingPoll? {
        guard case .revealed(let transcript, _) = state else { return nil }
        return PairingPoll(transcript: transcript.hash, state: isTyped ? .confirmed : .waiting)
    }

    /// Takes the office's answer.
    public mutating func take(_ status: PairingStatus, at now: UInt64) throws(PairingFault) {
        guard case .revealed(_, let offer) = state else { throw end(.outOfTurn) }
        switch status.state {
        case .waiting, .confirmed:
            isConfirmedThere = status.state == .confirmed
            if !(isTyped && isConfirmedThere) { try checkTime(now) }
        case .admitted:
            // An office that admits before its number was typed here was not checked.
            guard isTyped else { throw end(.outOfTurn) }
            state = .admitted(offer)
        case .ended: throw end(.cancelled)
        }
    }

    /// Gives up; answers what to tell the office, where it knows of the ceremony.
    public mutating func cancel() -> PairingPoll? {
        defer { _ = end(.cancelled) }
        return farewell
    }

    /// Ends a ceremony whose time is over.
    public mutating func tick(at now: UInt64) {
        switch phase {
        case .numbers(_, isTyped: true, isConfirmedThere: true): break
        case .numbers: try? checkTime(now)
        case .asking:
            if case .committed = state { try? checkTime(now) }
        case .admitted, .ended: break
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
