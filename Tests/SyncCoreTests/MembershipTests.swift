import SyncCore
import Testing

/// Who belongs to a community, case by case.
struct MembershipTests {
    @Test func `the founder is an office, and without its entry nobody is anybody`() throws {
        var assembly = try Assembly()
        #expect(assembly.belonging == [0])
        #expect(assembly.member(0)?.role == .office)
        #expect(assembly.member(0)?.depth == 0)
        assembly = try Assembly(isFounded: false)
        assembly.work(0)
        assembly.admit(0, 1)
        #expect(!assembly.membership.isFounded)
        #expect(!assembly.membership.accepts(Assembly.laptops[0].branch(), sequence: 1))
    }

    @Test func `a founding under another name, by another key or in another place is none`() throws
    {
        let founder = Assembly.laptops[0]
        let nonce = try #require(Nonce(bytes: [UInt8](repeating: 1, count: 16)))
        func membership(_ number: Int, place: UInt64, hash: Hash) -> Membership {
            let act = Statement.Act.found(
                .init(nonce: nonce, keys: founder.keys, label: founder.label))
            let entry = Membership.Entry(
                branch: Assembly.laptops[number].branch(), head: Head(sequence: place, hash: hash),
                statement: Statement(stamp: Stamp(bits: 1), act: act))
            return Membership(Assembly.community, [entry])
        }
        let hash = Assembly.community.founding
        #expect(membership(0, place: 1, hash: hash).isFounded)
        #expect(!membership(0, place: 1, hash: .zero).isFounded)
        #expect(!membership(1, place: 1, hash: hash).isFounded)
        #expect(!membership(0, place: 2, hash: hash).isFounded)
    }

    @Test func `only offices admit, and one admitted as an office is one`() throws {
        var assembly = try Assembly()
        assembly.admit(1, 2)
        assembly.admit(0, 1, .clerk)
        #expect(assembly.belonging == [0, 1])
        assembly.admit(0, 1, .office)
        #expect(assembly.belonging == [0, 1, 2])
        #expect(assembly.member(2)?.depth == 2)
        #expect(assembly.member(1)?.wasOffice == true)
        #expect(assembly.member(2)?.wasOffice == false)
    }

    @Test func `the last admission of a term tells role and label`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .office, label: "first")
        assembly.admit(0, 1, .reader, label: "second")
        #expect(assembly.member(1)?.role == .reader)
        #expect(assembly.member(1)?.label.text == "second")
        let turned = Membership(Assembly.community, assembly.entries.reversed())
        #expect(turned == assembly.membership)
    }

    @Test func `of a removed laptop counts what its removal accepts`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1)
        for _ in 0..<4 { assembly.work(1) }
        assembly.work(1, epoch: 9)
        assembly.remove(0, 1, accepting: [1: 3])
        #expect(assembly.belonging == [0])
        let (branch, other) = (
            Assembly.laptops[1].branch(), Assembly.laptops[1].branch(epoch: 9)
        )
        #expect(assembly.membership.accepts(branch, sequence: 3))
        #expect(!assembly.membership.accepts(branch, sequence: 4))
        #expect(!assembly.membership.accepts(other, sequence: 1))
        #expect(!assembly.membership.accepts(Assembly.laptops[2].branch(), sequence: 1))
        #expect(assembly.membership.logs(of: [branch, other]).count == 2)
    }

    @Test func `of several removals the strictest holds`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .office)
        assembly.admit(0, 2)
        assembly.remove(0, 2, accepting: [1: 5, 2: 8, 3: 1])
        assembly.remove(1, 2, accepting: [1: 7, 2: 6])
        #expect(assembly.member(2)?.cut == [1: 5, 2: 6])
    }

    @Test func `a removal holds until a later term, in whatever order they arrive`() throws {
        var assembly = try Assembly()
        assembly.remove(0, 1)
        assembly.admit(0, 1)
        #expect(assembly.belonging == [0])
        assembly.admit(0, 1, .office, term: 1)
        #expect(assembly.belonging == [0])
        #expect(assembly.membership.term(toAdmit: Assembly.laptops[1].device) == 2)
        assembly.admit(0, 1, term: 2)
        #expect(assembly.belonging == [0, 1])
        #expect(assembly.membership.accepts(Assembly.laptops[1].branch(), sequence: 99))
        #expect(assembly.membership.term(toAdmit: Assembly.laptops[1].device) == 2)
        assembly.remove(0, 1, term: 5)
        #expect(assembly.membership.term(toAdmit: Assembly.laptops[1].device) == 6)
        assembly.remove(0, 1, term: .max)
        #expect(assembly.membership.term(toAdmit: Assembly.laptops[1].device) == nil)
        #expect(assembly.membership.term(toAdmit: Assembly.laptops[3].device) == 1)
    }

    @Test func `what a removed office admitted before its cut stands, after it falls`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .office)
        assembly.admit(1, 2, .office)
        let cut = assembly.last(1)
        assembly.admit(1, 3, .office)
        assembly.admit(3, 4)
        assembly.admit(2, 5)
        #expect(assembly.belonging == [0, 1, 2, 3, 4, 5])
        assembly.remove(0, 1, accepting: [1: cut])
        #expect(assembly.belonging == [0, 2, 5])
        #expect(assembly.member(3) == nil)
    }

    @Test func `nobody comes back by its own word, nor by that of others who are out`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .office)
        assembly.admit(0, 2, .office)
        assembly.remove(0, 1)
        assembly.remove(0, 2)
        assembly.admit(1, 1, .office, term: 2)
        assembly.admit(1, 2, .office, term: 2)
        assembly.admit(2, 1, .office, term: 2)
        assembly.admit(2, 2, .office, term: 3)
        #expect(assembly.belonging == [0])
        assembly.admit(0, 2, .clerk, term: 2)
        #expect(assembly.belonging == [0, 1, 2])
    }

    @Test func `two offices that remove each other are both out`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .office)
        assembly.admit(0, 2, .office)
        assembly.remove(1, 2, accepting: [:])
        assembly.remove(2, 1, accepting: [:])
        #expect(assembly.belonging == [0])
    }

    @Test func `a TLS key is a member's, a removed laptop's or nobody's`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1)
        assembly.admit(0, 2)
        assembly.remove(0, 2)
        let keys = Assembly.laptops.map(\.keys)
        let membership = assembly.membership
        #expect(membership.isMember(tlsHash: keys[1].tlsHash))
        #expect(!membership.isMember(tlsHash: keys[2].tlsHash))
        let removed = try #require(assembly.member(2))
        #expect(membership.standing(tlsHash: keys[2].tlsHash) == .removed(removed))
        #expect(membership.standing(tlsHash: keys[3].tlsHash) == .stranger)
        let renewed = DeviceKeys(
            log: keys[1].log, tlsHash: Hash(of: [77]), bundle: keys[1].bundle)
        assembly.say(
            0, .admit(.init(term: 1, role: .clerk, keys: renewed, label: removed.label)))
        #expect(assembly.membership.isMember(tlsHash: Hash(of: [77])))
        #expect(!assembly.membership.isMember(tlsHash: keys[1].tlsHash))
    }

    @Test func `logs go out so that each is admitted before it comes`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .clerk)
        assembly.admit(0, 2, .office)
        assembly.admit(2, 3, .office)
        assembly.admit(3, 4, .reader)
        let branches = Assembly.laptops.map { $0.branch() }
        let logs = assembly.membership.logs(of: branches)
        #expect(logs.map(\.branch) == [0, 2, 1, 3, 4].map { branches[$0] })
        #expect(logs.map(\.key) == [0, 2, 1, 3, 4].map { Assembly.laptops[$0].keys.log })
        var known = try Assembly(isFounded: false).entries
        for log in logs {
            known += assembly.entries.filter { $0.branch == log.branch }
            #expect(Membership(Assembly.community, known).accepts(log.branch, sequence: 1))
        }
    }
}

extension MembershipTests {
    @Test func `the founding log goes out first, whatever its founder wrote before`() throws {
        var assembly = try Assembly()
        assembly.admit(0, 1, .office)
        let founding = Assembly.laptops[0].branch(epoch: 1)
        let earlier = [0, 9].map { Assembly.laptops[0].branch(epoch: $0) }
        let branches = earlier + [Assembly.laptops[1].branch(), founding]
        let logs = assembly.membership.logs(of: branches).map(\.branch)
        #expect(logs == [founding] + earlier + [Assembly.laptops[1].branch()])
    }
}

/// What holds for any set of statements.
struct MembershipLawTests {
    private static func assembly(_ generator: inout Seeded) throws -> Assembly {
        var assembly = try Assembly()
        let numbers = Assembly.laptops.indices
        for _ in 0..<Int.random(in: 1...24, using: &generator) {
            let author = Int.random(in: 0..<(generator.chance(50) ? 2 : 7), using: &generator)
            let other = numbers.randomElement(using: &generator) ?? 0
            let epoch = UInt64.random(in: 1...2, using: &generator)
            let term = UInt64.random(in: 1...3, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<6:
                let role = DeviceRole.allCases.randomElement(using: &generator) ?? .office
                let isOffice = generator.chance(60)
                assembly.admit(author, other, isOffice ? .office : role, term: term, epoch: epoch)
            case 6..<9:
                let accepted: [UInt64: UInt64] = [
                    1: .random(in: 0...4, using: &generator),
                    2: .random(in: 0...4, using: &generator),
                ]
                assembly.remove(author, other, term: term, accepting: accepted)
            default: assembly.work(author, epoch: epoch)
            }
        }
        return assembly
    }

    @Test func `order and repetition of statements do not matter`() throws {
        for seed in UInt64(1)...600 {
            var generator = Seeded(seed)
            let assembly = try Self.assembly(&generator)
            let again = assembly.entries.filter { _ in generator.chance(30) }
            let turned = (assembly.entries + again).shuffled(using: &generator)
            let found = Membership(Assembly.community, turned)
            #expect(found == assembly.membership, "seed \(seed)")
        }
    }

    @Test func `every member rests on an admission that counts, and each that counts is heeded`()
        throws
    {
        var checked = 0
        for seed in UInt64(1)...600 {
            var generator = Seeded(seed)
            let assembly = try Self.assembly(&generator)
            let membership = assembly.membership
            let counting = assembly.entries.filter { entry in
                membership.members[entry.branch.device]?.wasOffice == true
                    && membership.accepts(entry.branch, sequence: entry.head.sequence)
            }
            let admissions = counting.compactMap { entry -> Statement.Admission? in
                guard case .admit(let admission) = entry.statement.act else { return nil }
                return admission
            }
            for member in membership.members.values where member.depth > 0 {
                checked += 1
                #expect(
                    admissions.contains { $0.keys == member.keys && $0.term == member.term },
                    "seed \(seed)")
            }
            for admission in admissions {
                let member = membership.members[admission.keys.device]
                #expect(member.map { $0.term >= admission.term } == true, "seed \(seed)")
            }
        }
        #expect(checked > 300)
    }

    @Test func `a removal brings nobody in`() throws {
        var removed = 0
        for seed in UInt64(1)...600 {
            var generator = Seeded(seed)
            var assembly = try Self.assembly(&generator)
            let before = Set(assembly.belonging)
            let author = Int.random(in: 0..<3, using: &generator)
            assembly.remove(author, Int.random(in: 0..<5, using: &generator), term: 2)
            let after = Set(assembly.belonging)
            #expect(after.isSubset(of: before), "seed \(seed)")
            if after != before { removed += 1 }
        }
        #expect(removed > 20)
    }
}
