import SyncCore

/// A whole pairing: what is drawn, what is sent, what is shown.
struct PairingCase: VectorCase {
    let name: String
    let community: Hex
    let office: KeyFields
    let joiner: KeyFields
    let label: String
    let officeNonce: Hex
    let joinerNonce: Hex
    var commit: Hex
    var offer: Hex
    var reveal: Hex
    var pollWaiting: Hex
    var pollConfirmed: Hex
    var pollEnded: Hex
    var statusWaiting: Hex
    var statusConfirmed: Hex
    var statusAdmitted: Hex
    var officeNumber: String
    var joinerNumber: String

    func computed() throws -> Self {
        let (officeKeys, joinerKeys) = (try office.keys(), try joiner.keys())
        var copy = self
        var limits = PairingLimits()
        var there = PairingOffice(community: try community.community(), keys: officeKeys)
        var here = PairingJoiner(
            keys: joinerKeys, label: try Hex.made(DeviceLabel(label)),
            nonce: try joinerNonce.pairingNonce())
        let commit = try here.begin(at: 0, limits: &limits)
        copy.commit = Hex(commit.bytes)
        let offer = try there.take(
            commit, from: joinerKeys.tlsHash, nonce: try officeNonce.pairingNonce(), at: 0)
        copy.offer = Hex(offer.bytes)
        let reveal = try here.take(offer, from: officeKeys.tlsHash, at: 0)
        copy.reveal = Hex(reveal.bytes)
        copy.statusWaiting = Hex(try there.take(reveal, from: joinerKeys.tlsHash, at: 0).bytes)
        copy.pollWaiting = Hex(try Hex.made(here.poll).bytes)
        guard case .numbers(let officeNumber, _, _) = there.phase,
            case .numbers(let joinerNumber, _, _) = here.phase
        else { throw Hex.Wrong() }
        (copy.officeNumber, copy.joinerNumber) = (officeNumber, joinerNumber)
        try there.type(joinerNumber, at: 0)
        try here.type(officeNumber, at: 0)
        let poll = try Hex.made(here.poll)
        copy.pollConfirmed = Hex(poll.bytes)
        copy.statusConfirmed = Hex(try there.take(poll, from: joinerKeys.tlsHash, at: 0).bytes)
        try there.admit()
        copy.statusAdmitted = Hex(try there.take(poll, from: joinerKeys.tlsHash, at: 0).bytes)
        copy.pollEnded = Hex(try Hex.made(here.cancel()).bytes)
        return copy
    }
}

/// An invitation, the request of a laptop that uses it, and the answer.
struct InvitationCase: VectorCase {
    let name: String
    let community: Hex
    let office: KeyFields
    let secret: Hex
    let role: String
    let expires: Number64
    let addresses: [String]
    let joiner: KeyFields
    let label: String
    var invitation: Hex
    var request: Hex
    var answer: Hex

    func computed() throws -> Self {
        let made = Invitation(
            community: try community.community(), office: try office.keys(),
            secret: try secret.nonce(), role: try RoleName.role(role), expires: expires.value,
            addresses: addresses)
        let asked = made.request(
            from: try joiner.keys(), label: try Hex.made(DeviceLabel(label)))
        var copy = self
        copy.invitation = Hex(made.bytes)
        copy.request = Hex(asked.bytes)
        copy.answer = Hex(made.answer(to: asked).bytes)
        return copy
    }
}
