import SyncCore

struct KeyFields: Codable, Equatable, Sendable {
    let log: Hex
    let tls: Hex
    let bundle: Hex

    init(_ keys: DeviceKeys) {
        log = Hex(keys.log)
        tls = Hex(keys.tlsHash)
        bundle = Hex(keys.bundle)
    }

    func keys() throws -> DeviceKeys {
        DeviceKeys(log: try log.key(), tlsHash: try tls.hash(), bundle: try bundle.key())
    }
}

enum RoleName {
    static func text(_ role: DeviceRole) -> String { "\(role)" }

    static func role(_ text: String) throws -> DeviceRole {
        try Hex.made(DeviceRole.allCases.first { "\($0)" == text })
    }
}

struct PlacesFields: Codable, Equatable, Sendable {
    let epoch: Number64
    let sequence: Number64

    static func list(_ places: [UInt64: UInt64]) -> [PlacesFields] {
        places.sorted { $0.key < $1.key }.map {
            PlacesFields(epoch: Number64($0.key), sequence: Number64($0.value))
        }
    }

    static func places(_ list: [PlacesFields]) -> [UInt64: UInt64] {
        Dictionary(list.map { ($0.epoch.value, $0.sequence.value) }) { first, _ in first }
    }
}

struct StatementFields: VectorFields {
    let stamp: Number64
    let kind: String
    var nonce: Hex?
    var term: Number64?
    var role: String?
    var keys: KeyFields?
    var label: String?
    var device: Hex?
    var accepted: [PlacesFields]?

    init(reading bytes: [UInt8]) throws {
        let statement = try Statement(bytes: bytes)
        stamp = Number64(statement.stamp.bits)
        switch statement.act {
        case .found(let founding):
            kind = "found"
            nonce = Hex(founding.nonce.bytes)
            keys = KeyFields(founding.keys)
            label = founding.label.text
        case .admit(let admission):
            kind = "admit"
            term = Number64(admission.term)
            role = RoleName.text(admission.role)
            keys = KeyFields(admission.keys)
            label = admission.label.text
        case .remove(let removal):
            kind = "remove"
            device = Hex(removal.device)
            term = Number64(removal.term)
            accepted = PlacesFields.list(removal.accepted)
        }
    }

    private func act() throws -> Statement.Act {
        switch kind {
        case "found":
            .found(
                .init(
                    nonce: try Hex.made(nonce).nonce(), keys: try Hex.made(keys).keys(),
                    label: try Hex.made(label.flatMap { DeviceLabel($0) })))
        case "admit":
            .admit(
                .init(
                    term: try Hex.made(term).value, role: try RoleName.role(try Hex.made(role)),
                    keys: try Hex.made(keys).keys(),
                    label: try Hex.made(label.flatMap { DeviceLabel($0) })))
        case "remove":
            .remove(
                .init(
                    device: try Hex.made(device).device(), term: try Hex.made(term).value,
                    accepted: PlacesFields.places(try Hex.made(accepted))))
        default: throw Hex.Wrong()
        }
    }

    func written() throws -> [UInt8] {
        Statement(stamp: Stamp(bits: stamp.value), act: try act()).bytes
    }
}

/// Statements, and who belongs then.
struct MembershipCase: VectorCase {
    struct Entry: Codable, Equatable, Sendable {
        let device: Hex
        let epoch: Number64
        let sequence: Number64
        let hash: Hex
        let statement: Hex

        func entry() throws -> Membership.Entry {
            Membership.Entry(
                branch: Branch(device: try device.device(), epoch: epoch.value),
                head: Head(sequence: sequence.value, hash: try hash.hash()),
                statement: try Statement(bytes: statement.bytes))
        }
    }

    struct Member: Codable, Equatable, Sendable {
        let device: Hex
        let role: String
        let label: String
        let term: Number64
        let depth: Int
        let wasOffice: Bool
        var cut: [PlacesFields]?

        init(_ member: Membership.Member) {
            device = Hex(member.device)
            role = RoleName.text(member.role)
            label = member.label.text
            term = Number64(member.term)
            depth = member.depth
            wasOffice = member.wasOffice
            cut = member.cut.map(PlacesFields.list)
        }
    }

    let name: String
    let community: Hex
    let entries: [Entry]
    var members: [Member]

    func computed() throws -> Self {
        let entries = try entries.map { try $0.entry() }
        let membership = Membership(try community.community(), entries)
        var copy = self
        copy.members = membership.members.values.sorted { $0.device < $1.device }
            .map(Member.init)
        return copy
    }
}

/// Edits of one field, and what they come to.
struct MergeCase: VectorCase {
    struct Edit: Codable, Equatable, Sendable {
        let version: VersionFields
        let content: ContentFields
        var base: VersionFields?
        var settles: [VersionFields]?
    }

    struct Leaf: Codable, Equatable, Sendable {
        let version: VersionFields
        let content: ContentFields

        init(_ leaf: MultiValueRegister.Leaf) {
            version = VersionFields(leaf.version)
            content = ContentFields(leaf.content)
        }
    }

    struct Outcome: Codable, Equatable, Sendable {
        let current: Leaf
        let siblings: [Leaf]
        let awaited: [VersionFields]
        let conflicts: [VersionFields]

        init(_ register: MultiValueRegister) {
            current = Leaf(register.current)
            siblings = register.siblings.map(Leaf.init)
            awaited = register.awaited.map(VersionFields.init)
            conflicts = register.conflicts.map { VersionFields($0.version) }
        }
    }

    let name: String
    let edits: [Edit]
    var outcome: Outcome

    func computed() throws -> Self { try computed(edits) }

    func computed(_ edits: [Edit]) throws -> Self {
        var state = RecordState()
        for edit in edits {
            let version = try edit.version.version()
            let field = RecordChange.Field(
                "f", try edit.content.content(), base: try edit.base?.version(),
                settles: try (edit.settles ?? []).map { try $0.version() })
            let change = RecordChange(
                entity: "e", record: "r", stamp: version.stamp, fields: [field])
            state.merge(change, from: version.branch)
        }
        var copy = self
        copy.outcome = Outcome(try Hex.made(state.fields["f"]).register)
        return copy
    }
}
