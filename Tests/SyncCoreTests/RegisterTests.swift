import SyncCore
import Testing

/// The merge of one field: current value and siblings follow from the set of edits alone.
struct RegisterTests {
    struct Edit {
        let version: Version
        let field: RecordChange.Field
    }

    /// What the set of edits means, said without any order: leaves are versions that no edit
    /// puts aside, the greatest is current.
    struct Meaning: Equatable {
        var current: MultiValueRegister.Leaf?
        var siblings: [MultiValueRegister.Leaf]
        var awaited: [Version]

        init(_ edits: some Sequence<Edit>) {
            var contents: [Version: Content] = [:]
            var aside: Set<Version> = []
            for edit in edits {
                let content = edit.field.content
                if let other = contents[edit.version],
                    content.bytes.lexicographicallyPrecedes(other.bytes)
                {
                    contents[edit.version] = other
                } else {
                    contents[edit.version] = content
                }
                let names = edit.field.settles + (edit.field.base.map { [$0] } ?? [])
                aside.formUnion(names.filter { $0 < edit.version })
            }
            awaited = aside.subtracting(contents.keys).sorted()
            siblings = contents.filter { !aside.contains($0.key) }
                .map { MultiValueRegister.Leaf(version: $0.key, content: $0.value) }
                .sorted { $0.version < $1.version }
            current = siblings.popLast()
        }

        init(_ register: MultiValueRegister, withAwaited: Bool = true) {
            current = register.current
            siblings = register.siblings
            awaited = withAwaited ? register.awaited : []
        }

        var visible: Meaning {
            var copy = self
            copy.awaited = []
            return copy
        }
    }

    /// Random edits of laptops that each know a part of what was written before. With `clones`
    /// two of them write under one name; with `liars` some put aside what is later than they.
    private static func history(
        _ generator: inout Seeded, clones: Bool = false, liars: Bool = false
    ) throws -> [Edit] {
        let branches = try (clones ? [1, 1, 2] : [1, 2, 3]).map(branch)
        var edits: [Edit] = []
        for number in 0..<Int.random(in: 1...14, using: &generator) {
            let seen = Meaning(edits.filter { _ in generator.chance(70) })
            let others = seen.siblings.map(\.version).filter { _ in generator.chance(60) }
            let after = seen.current?.version.stamp.bits ?? 0
            let step = UInt64.random(in: 1...(clones ? 2 : 9), using: &generator)
            let isLie = liars && generator.chance(30)
            let branch = branches[number % 3]
            let version = Version(
                stamp: Stamp(bits: isLie ? after &- min(after, step) : after + step),
                branch: branch)
            if !clones, edits.contains(where: { $0.version == version }) { continue }
            edits.append(
                Edit(
                    version: version,
                    field: .init(
                        "f", .integer(Int64(number % 5)), base: seen.current?.version,
                        settles: others)))
        }
        return edits
    }

    private static func branch(_ number: UInt8) throws -> Branch {
        let bytes = [UInt8](repeating: number, count: 16)
        return Branch(device: try #require(DeviceID(bytes: bytes)), epoch: 1)
    }

    private static func change(_ edit: Edit) -> RecordChange {
        RecordChange(
            entity: "e", record: "r", stamp: edit.version.stamp, fields: [edit.field])
    }

    private static func state(_ edits: [Edit]) throws -> MultiValueRegister {
        var state = RecordState()
        for edit in edits { state.merge(change(edit), from: edit.version.branch) }
        return try #require(state.fields["f"]?.register)
    }

    @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
    func `any order and any repetition give what the set means`(
        _ kind: (clones: Bool, liars: Bool)
    ) throws {
        for seed in UInt64(1)...2000 {
            var generator = Seeded(seed)
            let edits = try Self.history(&generator, clones: kind.clones, liars: kind.liars)
            let again = edits.filter { _ in generator.chance(40) }
            let delivered = (edits + again).shuffled(using: &generator)
            let found = Meaning(try Self.state(delivered))
            #expect(found == Meaning(edits), "seed \(seed)")
            if found != Meaning(edits) { return }
        }
    }

    @Test func `without knowing what has arrived, people see the same`() throws {
        for seed in UInt64(1)...2000 {
            var generator = Seeded(seed)
            let edits = try Self.history(&generator).shuffled(using: &generator)
            let first = try #require(edits.first)
            var register = MultiValueRegister(first.version, first.field)
            for edit in edits.dropFirst() {
                register.take(edit.version, edit.field) { _ in false }
            }
            #expect(Meaning(register).visible == Meaning(edits).visible, "seed \(seed)")
        }
    }

    @Test func `a kept register goes on where it was`() throws {
        for seed in UInt64(1)...500 {
            var generator = Seeded(seed)
            let edits = try Self.history(&generator).shuffled(using: &generator)
            let first = try #require(edits.first)
            var register = MultiValueRegister(first.version, first.field)
            for edit in edits.dropFirst() {
                register = MultiValueRegister(
                    current: register.current, siblings: register.siblings.reversed(),
                    awaited: register.awaited.reversed())
                register.take(edit.version, edit.field) { _ in false }
            }
            #expect(Meaning(register).visible == Meaning(edits).visible, "seed \(seed)")
        }
    }

    @Test func `the check fails when what is awaited is forgotten`() throws {
        var wrong = 0
        for seed in UInt64(1)...200 {
            var generator = Seeded(seed)
            let edits = try Self.history(&generator).shuffled(using: &generator)
            let first = try #require(edits.first)
            var register = MultiValueRegister(first.version, first.field)
            for edit in edits.dropFirst() {
                register = MultiValueRegister(
                    current: register.current, siblings: register.siblings, awaited: [])
                register.take(edit.version, edit.field) { _ in false }
            }
            if Meaning(register).visible != Meaning(edits).visible { wrong += 1 }
        }
        #expect(wrong > 0)
    }

    @Test func `equal values apart are siblings but no conflict, and settling ends a conflict`()
        throws
    {
        let (a, b) = (try Self.branch(1), try Self.branch(2))
        func version(_ bits: UInt64, _ branch: Branch) -> Version {
            Version(stamp: Stamp(bits: bits), branch: branch)
        }
        func field(_ number: Int64, _ base: Version?, _ settles: [Version] = [])
            -> RecordChange.Field
        {
            .init("f", .integer(number), base: base, settles: settles)
        }
        var register = MultiValueRegister(version(1, a), field(1, nil))
        register.take(version(5, b), field(2, version(1, a))) { _ in true }
        register.take(version(3, a), field(2, version(1, a))) { _ in true }
        #expect(register.siblings.count == 1)
        #expect(register.conflicts == [])
        #expect(register.awaited == [])
        register.take(version(4, a), field(7, version(3, a))) { _ in true }
        #expect(register.current.content == .integer(2))
        #expect(register.conflicts.map(\.content) == [.integer(7)])
        register.take(version(6, a), field(7, version(5, b), [version(4, a)])) { _ in true }
        #expect(register.current.content == .integer(7))
        #expect(register.siblings == [])
    }
}
