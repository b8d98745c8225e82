import SyncCore
import Testing

/// Two six-digit numbers, each typed on the other screen.
struct PairingTests {
    /// An office and a joiner with the cable between them.
    struct Table {
        let officeLaptop: SampleLaptop
        let joinerLaptop: SampleLaptop
        var office: PairingOffice
        var joiner: PairingJoiner
        var limits = PairingLimits()
        var now: UInt64 = 1_000_000

        init(joiner number: UInt8 = 2, nonce: UInt8 = 9) throws {
            officeLaptop = try SampleLaptop(1)
            joinerLaptop = try SampleLaptop(number)
            office = PairingOffice(community: Assembly.community, keys: officeLaptop.keys)
            joiner = PairingJoiner(
                keys: joinerLaptop.keys, label: joinerLaptop.label,
                nonce: try PairingTests.nonce(nonce))
        }

        mutating func exchange() throws {
            let commit = try joiner.begin(at: now, limits: &limits)
            let offer = try office.take(
                try PairingCommit(bytes: commit.bytes), from: joinerLaptop.keys.tlsHash,
                nonce: try PairingTests.nonce(4), at: now)
            let reveal = try joiner.take(
                try PairingOffer(bytes: offer.bytes), from: officeLaptop.keys.tlsHash, at: now)
            _ = try office.take(
                try PairingReveal(bytes: reveal.bytes), from: joinerLaptop.keys.tlsHash, at: now)
        }

        mutating func poll() throws {
            let poll = try #require(joiner.poll)
            let status = try office.take(
                try PairingPoll(bytes: poll.bytes), from: joinerLaptop.keys.tlsHash, at: now)
            try joiner.take(try PairingStatus(bytes: status.bytes), at: now)
        }

        func officeNumber() throws -> String {
            guard case .numbers(let shown, _, _) = office.phase else {
                throw PairingFault.outOfTurn
            }
            return shown
        }

        func joinerNumber() throws -> String {
            guard case .numbers(let shown, _, _) = joiner.phase else {
                throw PairingFault.outOfTurn
            }
            return shown
        }

        mutating func type() throws {
            let (mine, theirs) = (try officeNumber(), try joinerNumber())
            try office.type(theirs, at: now)
            try joiner.type(mine, at: now)
        }
    }

    static func nonce(_ byte: UInt8) throws -> PairingNonce {
        try #require(PairingNonce(bytes: [UInt8](repeating: byte, count: 32)))
    }

    @Test func `both numbers typed, the office asks, and the joiner belongs`() throws {
        var table = try Table()
        #expect(table.office.phase == .open)
        try table.exchange()
        #expect(try table.officeNumber() != table.joinerNumber())
        #expect(try table.officeNumber().utf8.count == 6)
        try table.poll()
        try table.type()
        try table.poll()
        let laptop = table.joinerLaptop
        #expect(table.office.phase == .asking(laptop.keys, laptop.label))
        // The office may think about it for longer than the ceremony lasts.
        table.now += 60 * 60 * 1000
        try table.poll()
        table.office.tick(at: table.now)
        table.joiner.tick(at: table.now)
        try table.office.admit()
        try table.poll()
        #expect(table.office.phase == .admitted)
        #expect(
            table.joiner.phase == .admitted(Assembly.community, by: table.officeLaptop.keys))
    }

    @Test func `spaces in a typed number do not matter, a wrong one may be typed again twice`()
        throws
    {
        var table = try Table()
        try table.exchange()
        let number = try table.joinerNumber()
        let wrong = number == "000000" ? "000001" : "000000"
        for (text, left) in [(wrong, 2), (number + "1", 1)] {
            #expect(throws: PairingFault.wrongNumber(left: left)) {
                try table.office.type(text, at: table.now)
            }
        }
        let spaced = number.prefix(3) + " " + number.suffix(3)
        try table.office.type(String(spaced), at: table.now)
        let other = try table.officeNumber() == "000000" ? "000001" : "000000"
        for left in [2, 1] {
            #expect(throws: PairingFault.wrongNumber(left: left)) {
                try table.joiner.type(other, at: table.now)
            }
        }
        #expect(throws: PairingFault.noMatch) { try table.joiner.type(other, at: table.now) }
        #expect(table.joiner.phase == .ended(.noMatch))
        #expect(table.joiner.poll == nil)
    }

    @Test func `somebody in between shows other numbers`() throws {
        var same = 0
        for seed in UInt8(1)...60 {
            // The one in between is a joiner to the office and an office to the joiner.
            let middle = try SampleLaptop(200)
            var toOffice = try Table(joiner: 200, nonce: seed)
            try toOffice.exchange()
            let victim = try SampleLaptop(2)
            var joiner = PairingJoiner(
                keys: victim.keys, label: victim.label, nonce: try Self.nonce(seed))
            var office = PairingOffice(community: Assembly.community, keys: middle.keys)
            var limits = PairingLimits()
            let commit = try joiner.begin(at: 0, limits: &limits)
            let offer = try office.take(
                commit, from: victim.keys.tlsHash, nonce: try Self.nonce(4), at: 0)
            _ = try joiner.take(offer, from: middle.keys.tlsHash, at: 0)
            guard case .numbers(let shown, _, _) = joiner.phase else {
                Issue.record("no numbers")
                return
            }
            if try shown == toOffice.joinerNumber() { same += 1 }
        }
        #expect(same == 0)
    }

    @Test func `keys that are not those of the connection end it`() throws {
        var table = try Table()
        let commit = try table.joiner.begin(at: 0, limits: &table.limits)
        let other = try SampleLaptop(7).keys.tlsHash
        let offer = try table.office.take(
            commit, from: table.joinerLaptop.keys.tlsHash, nonce: try Self.nonce(4), at: 0)
        var joiner = table.joiner
        #expect(throws: PairingFault.otherKey) { try joiner.take(offer, from: other, at: 0) }
        let reveal = try table.joiner.take(
            offer, from: table.officeLaptop.keys.tlsHash, at: 0)
        #expect(throws: PairingFault.busy) { try table.office.take(reveal, from: other, at: 0) }
        var relayed = PairingOffice(community: Assembly.community, keys: table.officeLaptop.keys)
        _ = try relayed.take(commit, from: other, nonce: try Self.nonce(4), at: 0)
        #expect(throws: PairingFault.otherKey) { try relayed.take(reveal, from: other, at: 0) }
        _ = try table.office.take(reveal, from: table.joinerLaptop.keys.tlsHash, at: 0)
    }

    @Test func `whoever reveals something else than it was bound to is found out`() throws {
        var (table, other) = (try Table(nonce: 9), try Table(nonce: 10))
        let commit = try table.joiner.begin(at: 0, limits: &table.limits)
        _ = try other.joiner.begin(at: 0, limits: &other.limits)
        let tls = table.joinerLaptop.keys.tlsHash
        let offer = try table.office.take(commit, from: tls, nonce: try Self.nonce(4), at: 0)
        let reveal = try other.joiner.take(offer, from: table.officeLaptop.keys.tlsHash, at: 0)
        #expect(throws: PairingFault.wrongCommitment) {
            try table.office.take(reveal, from: tls, at: 0)
        }
        #expect(table.office.phase == .ended(.wrongCommitment))
    }

    @Test func `two minutes, and not one ceremony more than allowed`() throws {
        var table = try Table()
        try table.exchange()
        table.now += PairingLimits.ceremonyMilliseconds + 1
        table.office.tick(at: table.now)
        #expect(table.office.phase == .ended(.expired))
        #expect(throws: PairingFault.expired) {
            try table.joiner.type("000000", at: table.now)
        }
        var limits = PairingLimits()
        let minute: UInt64 = 60_000
        #expect([0, 1, 2, 3].map { limits.begin(at: $0 * minute) } == [true, true, true, false])
        #expect(limits.begin(at: 10 * minute) == true)
        var begun = 4
        for tries in 2..<142 where limits.begin(at: UInt64(tries) * 10 * minute) { begun += 1 }
        #expect(begun == PairingLimits.inADay)
        #expect(limits.begin(at: 24 * 60 * minute) == true)
        #expect(limits.begin(at: 0) == false)
    }

    @Test func `what comes out of turn ends the ceremony, what comes from others does not`() throws
    {
        var table = try Table()
        try table.exchange()
        let other = try SampleLaptop(7).keys.tlsHash
        let commit = try PairingCommit(bytes: Self.commitBytes)
        #expect(throws: PairingFault.busy) {
            try table.office.take(commit, from: other, nonce: try Self.nonce(5), at: table.now)
        }
        let poll = try #require(table.joiner.poll)
        #expect(try table.office.take(poll, from: other, at: table.now).state == .ended)
        try table.type()
        #expect(throws: PairingFault.outOfTurn) { try table.office.admit() }
        var joiner = table.joiner
        #expect(throws: PairingFault.outOfTurn) { try table.joiner.type("1", at: table.now) }
        #expect(joiner.cancel()?.state == .ended)
        var fresh = try Table()
        #expect(throws: PairingFault.outOfTurn) {
            try fresh.joiner.take(PairingStatus(state: .admitted), at: 0)
        }
        #expect(fresh.joiner.phase == .ended(.outOfTurn))
    }

    private static let commitBytes = [UInt8(ascii: "C"), 1] + [UInt8](repeating: 7, count: 32)

    @Test func `an office that admits before its number was typed is not believed`() throws {
        var table = try Table()
        try table.exchange()
        #expect(throws: PairingFault.outOfTurn) {
            try table.joiner.take(PairingStatus(state: .admitted), at: table.now)
        }
    }

    @Test func `who gives up tells the other`() throws {
        var table = try Table()
        try table.exchange()
        let end = table.joiner.cancel()
        let last = try #require(end)
        #expect(throws: PairingFault.cancelled) {
            try table.office.take(last, from: table.joinerLaptop.keys.tlsHash, at: table.now)
        }
        table = try Table()
        try table.exchange()
        table.office.cancel()
        #expect(throws: PairingFault.cancelled) { try table.poll() }
        #expect(table.joiner.phase == .ended(.cancelled))
    }
}
