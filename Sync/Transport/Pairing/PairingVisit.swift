public import SyncCore

/// The joiner's side of a pairing over the network: one visit to the office, from the commitment
/// to the admission.
public actor PairingVisit {
    private let client: PeerClient
    private let address: PeerAddress
    private let milliseconds: @Sendable () -> UInt64
    private let every: Duration
    private var joiner: PairingJoiner
    private var limits: PairingLimits
    /// What the office is to hear last, after it ended here.
    private var farewell: PairingPoll?
    private var watchers: [AsyncStream<PairingJoiner.Phase>.Continuation] = []

    /// Prepares one ceremony. `nonce` is random and used once; `limits` counts what was tried
    /// before; `milliseconds` is of a clock that only goes forward.
    public init(
        client: PeerClient, address: PeerAddress, keys: DeviceKeys, label: DeviceLabel,
        nonce: PairingNonce, limits: PairingLimits, every: Duration = .seconds(1),
        milliseconds: @escaping @Sendable () -> UInt64
    ) {
        self.client = client
        self.address = address
        self.every = every
        self.milliseconds = milliseconds
        self.limits = limits
        joiner = PairingJoiner(keys: keys, label: label, nonce: nonce)
    }

    /// What was tried so far, for the next ceremony.
    public var tried: PairingLimits { limits }

    /// How things stand.
    public var phase: PairingJoiner.Phase {
        joiner.tick(at: milliseconds())
        return joiner.phase
    }

    /// How often a number may still be typed here.
    public var typingsLeft: Int { joiner.typingsLeft }

    /// How things stand, at once and after each change.
    public func phases() -> AsyncStream<PairingJoiner.Phase> {
        let (stream, tap) = AsyncStream.makeStream(
            of: PairingJoiner.Phase.self, bufferingPolicy: .bufferingNewest(1))
        watchers.append(tap)
        tap.yield(phase)
        return stream
    }

    /// Takes what the person typed from the office's screen.
    public func type(_ number: String) throws(PairingFault) {
        defer { publish() }
        let last = joiner.farewell
        do throws(PairingFault) {
            try joiner.type(number, at: milliseconds())
        } catch {
            // Else the office would wait for a number until the time is over.
            if case .ended = joiner.phase { farewell = last }
            throw error
        }
    }

    /// Gives up, and lets the office know.
    public func cancel() {
        farewell = joiner.cancel()
        publish()
    }

    /// Holds the ceremony. Answers the community, and the office that admitted this laptop.
    /// - Throws: ``PairingTrouble``, `CancellationError`.
    public func run() async throws -> (community: CommunityID, office: DeviceKeys) {
        do {
            return try await client.visit(address, trusting: PeerTLS.anyone) { link in
                try await self.hold(link)
            }
        } catch let trouble as PeerTrouble {
            throw PairingTrouble(trouble)
        } catch let fault as PairingFault {
            throw PairingTrouble.ceremony(fault)
        } catch is EncodingError {
            throw PairingTrouble.malformed
        }
    }

    private nonisolated func hold(
        _ link: PeerLink
    ) async throws -> (community: CommunityID, office: DeviceKeys) {
        let commit = try await begin()
        let offer = try PairingOffer(bytes: await link.exchange(.pairCommit, commit.bytes))
        guard let key = link.tlsHash else { throw PeerTrouble.unreachable(.lost) }
        let reveal = try await take(offer, from: key)
        try await take(PairingStatus(bytes: await link.exchange(.pairReveal, reveal.bytes)))
        while let poll = await nextPoll() {
            try await take(PairingStatus(bytes: await link.exchange(.pairPoll, poll.bytes)))
            if case .admitted(let community, let office) = await phase {
                return (community, office)
            }
            try await Task.sleep(for: every)
        }
        if let last = await farewell { _ = try? await link.exchange(.pairPoll, last.bytes) }
        if case .ended(let fault) = await phase { throw fault }
        throw PairingFault.outOfTurn
    }

    private func begin() throws -> PairingCommit {
        defer { publish() }
        return try joiner.begin(at: milliseconds(), limits: &limits)
    }

    private func take(_ offer: PairingOffer, from key: Hash) throws -> PairingReveal {
        defer { publish() }
        return try joiner.take(offer, from: key, at: milliseconds())
    }

    private func take(_ status: PairingStatus) throws {
        // Given up while the question was on its way: the answer does not matter any more.
        guard farewell == nil else { return }
        defer { publish() }
        try joiner.take(status, at: milliseconds())
    }

    private func nextPoll() -> PairingPoll? {
        joiner.tick(at: milliseconds())
        return joiner.poll
    }

    private func publish() {
        let now = phase
        for tap in watchers { tap.yield(now) }
    }
}
