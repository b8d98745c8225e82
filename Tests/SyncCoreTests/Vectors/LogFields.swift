import SyncCore

struct VersionFields: Codable, Hashable, Sendable {
    let stamp: Number64
    let device: Hex
    let epoch: Number64

    init(_ version: Version) {
        stamp = Number64(version.stamp.bits)
        device = Hex(version.branch.device)
        epoch = Number64(version.branch.epoch)
    }

    func version() throws -> Version {
        Version(
            stamp: Stamp(bits: stamp.value),
            branch: Branch(device: try device.device(), epoch: epoch.value))
    }
}

struct ContentFields: Codable, Hashable, Sendable {
    let kind: String
    var value: String?

    init(_ content: Content) {
        switch content {
        case .null: kind = "null"
        case .flag(let flag): (kind, value) = ("flag", String(flag))
        case .integer(let number): (kind, value) = ("integer", String(number))
        case .number(let number):
            let digits = String(number.bitPattern, radix: 16)
            value = String(repeating: "0", count: 16 - digits.count) + digits
            kind = "number"
        case .text(let text): (kind, value) = ("text", text)
        }
    }

    func content() throws -> Content {
        switch kind {
        case "null": .null
        case "flag": .flag(try Hex.made(value.flatMap { Bool($0) }))
        case "integer": .integer(try Hex.made(value.flatMap { Int64($0) }))
        case "number":
            .number(
                Double(bitPattern: try Hex.made(value.flatMap { UInt64($0, radix: 16) })))
        case "text": .text(try Hex.made(value))
        default: throw Hex.Wrong()
        }
    }

    /// Texts are compared byte by byte, not letter by letter.
    static func == (left: Self, right: Self) -> Bool {
        left.kind == right.kind
            && left.value.map { Array($0.utf8) } == right.value.map { Array($0.utf8) }
    }
}

struct ChangeFields: VectorFields {
    struct Field: Codable, Equatable, Sendable {
        let name: String
        let content: ContentFields
        var stamp: Number64?
        var base: VersionFields?
        var settles: [VersionFields]?
    }

    let entity: String
    let record: String
    let stamp: Number64
    let fields: [Field]

    init(reading bytes: [UInt8]) throws {
        let change = try Payload.change(bytes)
        entity = change.entity
        record = change.record
        stamp = Number64(change.stamp.bits)
        fields = change.fields.map { field in
            Field(
                name: field.name, content: ContentFields(field.content),
                stamp: field.stamp.map { Number64($0.bits) },
                base: field.base.map(VersionFields.init),
                settles: field.settles.isEmpty ? nil : field.settles.map(VersionFields.init))
        }
    }

    func written() throws -> [UInt8] {
        let fields = try fields.map { field in
            RecordChange.Field(
                field.name, try field.content.content(),
                stamp: field.stamp.map { Stamp(bits: $0.value) },
                base: try field.base?.version(),
                settles: try (field.settles ?? []).map { try $0.version() })
        }
        return Payload.bytes(
            RecordChange(
                entity: entity, record: record, stamp: Stamp(bits: stamp.value), fields: fields))
    }
}

struct HeaderFields: VectorFields {
    let device: Hex
    let epoch: Number64
    let sequence: Number64
    let previous: Hex
    let payload: Hex
    let commit: Number64
    let milliseconds: Number64
    let trusted: Bool
    let actor: String
    let hash: Hex

    init(reading bytes: [UInt8]) throws {
        let header = try EntryHeader(bytes: bytes)
        device = Hex(header.branch.device)
        epoch = Number64(header.branch.epoch)
        sequence = Number64(header.sequence)
        previous = Hex(header.previous)
        payload = Hex(header.payload)
        commit = Number64(header.commit)
        milliseconds = Number64(header.milliseconds)
        trusted = header.isTimeTrusted
        actor = header.actor
        hash = Hex(header.hash)
    }

    func written() throws -> [UInt8] {
        EntryHeader(
            branch: Branch(device: try device.device(), epoch: epoch.value),
            sequence: sequence.value, previous: try previous.hash(),
            payload: try payload.hash(), commit: commit.value,
            milliseconds: milliseconds.value, isTimeTrusted: trusted, actor: actor
        ).bytes
    }
}

struct PlaceFields: Codable, Equatable, Sendable {
    let sequence: Number64
    let hash: Hex

    init(_ head: Head) {
        sequence = Number64(head.sequence)
        hash = Hex(head.hash)
    }

    func head() throws -> Head { Head(sequence: sequence.value, hash: try hash.hash()) }
}

struct RunFields: Codable, Equatable, Sendable {
    struct Entry: Codable, Equatable, Sendable {
        let commit: Number64
        let milliseconds: Number64
        let trusted: Bool
        let actor: String
        var payload: Hex?
        var erased: Hex?
        var seal: Hex?

        init(_ entry: Run.Entry) {
            commit = Number64(entry.commit)
            milliseconds = Number64(entry.milliseconds)
            trusted = entry.isTimeTrusted
            actor = entry.actor
            seal = entry.signature.map { Hex($0) }
            switch entry.body {
            case .whole(let bytes): payload = Hex(Array(bytes))
            case .erased(let hash): erased = Hex(hash)
            }
        }

        func entry() throws -> Run.Entry {
            let body: Run.Entry.Body =
                if let payload { .whole(payload.bytes[...]) } else {
                    .erased(try Hex.made(erased).hash())
                }
            return Run.Entry(
                body: body, commit: commit.value, milliseconds: milliseconds.value,
                isTimeTrusted: trusted, actor: actor, signature: seal?.bytes)
        }
    }

    let device: Hex
    let epoch: Number64
    let key: Hex
    let previous: PlaceFields
    let entries: [Entry]
    /// What follows: the hashes of the headers, if every seal is right.
    let hashes: [Hex]

    init(_ run: Run) throws {
        device = Hex(run.branch.device)
        epoch = Number64(run.branch.epoch)
        key = Hex(run.key)
        previous = PlaceFields(run.previous)
        entries = run.entries.map(Entry.init)
        hashes = try run.verified().entries.map { Hex($0.hash) }
    }

    func run() throws -> Run {
        Run(
            branch: Branch(device: try device.device(), epoch: epoch.value),
            key: try key.key(), previous: try previous.head(),
            entries: try entries.map { try $0.entry() })
    }
}

struct FrameFields: VectorFields {
    let hasMore: Bool
    let runs: [RunFields]

    init(_ frame: Frame) throws {
        hasMore = frame.hasMore
        runs = try frame.runs.map(RunFields.init)
    }

    init(reading bytes: [UInt8]) throws { try self.init(try Frame(bytes: bytes)) }

    func frame() throws -> Frame {
        Frame(runs: try runs.map { try $0.run() }, hasMore: hasMore)
    }

    func written() throws -> [UInt8] { try frame().bytes }
}

struct HeadsFields: VectorFields {
    struct Item: Codable, Equatable, Sendable {
        let device: Hex
        let epoch: Number64
        let sequence: Number64
        let hash: Hex
    }

    let heads: [Item]
    let hash: Hex

    init(_ heads: Heads) {
        self.heads = heads.branches.map { branch in
            Item(
                device: Hex(branch.device), epoch: Number64(branch.epoch),
                sequence: Number64(heads[branch].sequence), hash: Hex(heads[branch].hash))
        }
        hash = Hex(heads.hash)
    }

    init(reading bytes: [UInt8]) throws { self.init(try Heads(bytes: bytes)) }

    func value() throws -> Heads {
        var found = Heads()
        for item in heads {
            let branch = Branch(device: try item.device.device(), epoch: item.epoch.value)
            found[branch] = Head(sequence: item.sequence.value, hash: try item.hash.hash())
        }
        return found
    }

    func written() throws -> [UInt8] { try value().bytes }
}
