import SyncCore

/// Laptops, the paths between them and what befalls them; everything that happens is drawn from
/// one generator.
struct Village {
    let plan: Plan
    let rules: Rules
    let isTold: Bool
    var generator: SeededGenerator
    var replicas: [Replica] = []
    /// Backups of each laptop.
    var backups: [[Disk]] = []
    /// On which side of a partition each laptop is.
    var islands: [Int] = []
    var talks: [Int: Talk] = [:]
    var messages: [Message] = []
    var sticks: [Stick] = []
    /// Every edit that was acknowledged, with its author.
    var edits: [(author: Int, edit: Edit)] = []
    var counts = Counts()
    var violations: [Violation] = []
    var story: [String] = []
    /// Forked logs to which a laptop wrote while it talked, so that the talk may not have seen it.
    var hiddenForks: Set<Branch> = []
    /// Whether nothing goes wrong any more.
    var isCalm = false
    /// How the last talk that ended did.
    var lastEnding: SyncSession.Ending?
    private var talkCount = 0
    private var editCount: Int64 = 0

    init(seed: UInt64, rules: Rules, isTold: Bool) throws {
        var generator = SeededGenerator(seed: seed)
        plan = Plan(&generator)
        self.generator = generator
        self.rules = rules
        self.isTold = isTold
        try found()
        for _ in 1..<plan.laptops { try admit(by: 0) }
    }

    mutating func tell(_ line: @autoclosure () -> String) {
        guard isTold else { return }
        story.append("\(story.count + 1). \(line())")
    }

    mutating func play() throws {
        for _ in 0..<plan.steps {
            let pause = UInt64(generator.number(0...5000))
            for index in replicas.indices { replicas[index].clock.pass(pause) }
            try take(plan.step(&generator))
            try expire()
        }
    }

    private mutating func take(_ step: Plan.Step) throws {
        switch step {
        case .edit: try edit()
        case .meet: try meet()
        case .deliver: try deliverSomething()
        case .pass: pass()
        case .setClock: setClock()
        case .partition: partition()
        case .crash: crash(anyone())
        case .backUp: backUp()
        case .restore: restore()
        case .clone: clone()
        case .admit: try admitSomebody()
        case .remove: try remove()
        case .readmit: try readmit()
        case .export: export()
        case .load: try load()
        case .upgrade: upgrade()
        }
    }

    mutating func anyone() -> Int { generator.number(0...replicas.count - 1) }

    mutating func nextTalk() -> Int {
        talkCount += 1
        return talkCount
    }

    mutating func wall() -> UInt64 {
        guard !generator.chance(50) else { return SimulatedClock.today }
        return generator.pick(SimulatedClock.walls) ?? SimulatedClock.today
    }

    // A record's values are numbers that never come twice, save now and then the same on purpose.
    private mutating func content() -> Content {
        editCount += 1
        return generator.chance(10) ? .text("same") : .integer(editCount)
    }

    private mutating func edit() throws {
        let laptop = anyone()
        // A laptop that does not belong shows no forms; some write nevertheless.
        let belongs = replicas[laptop].member.map { !$0.isRemoved } ?? false
        guard belongs || replicas[laptop].member != nil && generator.chance(10) else { return }
        let isLater = replicas[laptop].isLater
        if generator.chance(3) { return try writeUnknown(laptop) }
        let entity = isLater && generator.chance(10) ? "laterEntity" : "village"
        let record = "r\(generator.number(1...plan.records))"
        let key = RecordKey(entity: entity, record: record)
        var names = plan.fields.filter { _ in generator.chance(50) }
        if isLater, generator.chance(15) { names.append("laterField") }
        if generator.chance(5) { names.append("deleted") }
        if names.isEmpty { names = [plan.fields[0]] }
        var wishes: [Wish] = []
        for name in names {
            let value = name == "deleted" ? Content.flag(generator.chance(50)) : content()
            wishes.append(Wish(field: name, content: value, isResolving: generator.chance(30)))
        }
        let made = try replicas[laptop].edit(
            key, wishes, inLaterFormat: isLater && generator.chance(20),
            actor: generator.chance(20) ? "" : "asel")
        edits += made.map { (laptop, $0) }
        counts.edits += made.count
        for edit in made { tell("\(Telling.name(laptop)) writes \(edit.told)") }
    }

    /// The later program says something that the earlier one does not know.
    private mutating func writeUnknown(_ laptop: Int) throws {
        guard replicas[laptop].isLater else { return }
        let payload: [UInt8] =
            generator.chance(50)
            ? [77] + generator.bytes(5) : [2] + generator.bytes(8) + [200, 1, 2, 3]
        try replicas[laptop].commit([payload])
        replicas[laptop].refresh()
        tell("\(Telling.name(laptop)) writes what nobody here knows")
    }
}

extension Edit {
    /// In short, for people.
    var told: String {
        "\(key) \(field) = \(content) at stamp \(stamp.bits >> 16)+\(stamp.bits & 0xFFFF), "
            + "entry \(String(entry.description.prefix(8)))"
            + (putAside.isEmpty
                ? "" : " over \(putAside.map { String($0.description.prefix(8)) })")
    }
}
