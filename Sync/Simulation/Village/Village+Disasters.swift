import SyncCore

/// What befalls laptops.
extension Village {
    /// Days go by.
    mutating func pass() {
        let pause = UInt64(generator.number(1...40)) * 24 * 60 * 60 * 1000
        for index in replicas.indices { replicas[index].clock.pass(pause) }
    }

    mutating func setClock() {
        let laptop = anyone()
        let drift = Int64(generator.number(-400...400)) * 24 * 60 * 60 * 1000
        let near = Int64(SimulatedClock.today) + drift
        let wall = generator.chance(50) ? wall() : UInt64(clamping: near)
        replicas[laptop].clock.set(wall)
        tell("the clock of \(Telling.name(laptop)) says \(wall)")
    }

    /// The network falls apart, or comes together again.
    mutating func partition() {
        let isWhole = generator.chance(40)
        for index in islands.indices { islands[index] = isWhole ? 0 : generator.number(0...1) }
        let sides = islands
        tell("islands \(sides)")
    }

    /// A laptop goes out at once: its sessions are over, and what was on its way to it is lost.
    mutating func crash(_ laptop: Int) {
        cutOff(laptop)
        replicas[laptop].restart()
        counts.crashes += 1
        tell("\(Telling.name(laptop)) crashes")
    }

    private mutating func cutOff(_ laptop: Int) {
        for id in talks.keys.sorted() {
            guard let talk = talks[id], talk.from == laptop || talk.to == laptop else { continue }
            lastEnding = .fault(.unreachable)
            talks[id] = nil
        }
        messages.removeAll { $0.from == laptop || $0.to == laptop }
    }

    mutating func backUp() {
        let laptop = anyone()
        if backups[laptop].count == 3 { backups[laptop].removeFirst() }
        backups[laptop].append(replicas[laptop].disk)
        tell("\(Telling.name(laptop)) makes a backup")
    }

    /// A backup is put in the place of the disk, by the program or by copying a folder.
    mutating func restore() {
        let laptop = anyone()
        guard let backup = generator.pick(backups[laptop]) else { return }
        let isCopied = rules.forks == .unnoticed || generator.chance(50)
        cutOff(laptop)
        replicas[laptop].restore(backup, isCopied: isCopied)
        counts.restores += 1
        tell(
            "\(Telling.name(laptop)) is restored"
                + (isCopied ? " by copying, under the same epoch" : ""))
    }

    /// Somebody copies a whole disk into another laptop, and both are used.
    mutating func clone() {
        guard replicas.count < plan.most else { return }
        let laptop = anyone()
        let generator = SeededGenerator(seed: self.generator.next())
        let number = replicas.count
        let wall = wall()
        join(replicas[laptop].clone(wall: wall, generator: generator))
        counts.clones += 1
        tell("\(Telling.name(number)) is a clone of \(Telling.name(laptop))")
    }

    mutating func upgrade() {
        let laptop = anyone()
        guard !replicas[laptop].isLater else { return }
        replicas[laptop].upgrade()
        counts.upgrades += 1
        tell("\(Telling.name(laptop)) gets the later program")
    }

    /// A laptop writes what another lacks, or all it holds, onto a stick.
    mutating func export() {
        let laptop = anyone()
        let devices = replicas[laptop].heard.keys.sorted()
        let reader = generator.chance(50) ? generator.pick(devices) : nil
        var theirs = reader.flatMap { replicas[laptop].heard[$0] } ?? Heads()
        var skipped: Set<Branch> = []
        var frames: [[UInt8]] = []
        for _ in 0..<8 {
            let step = replicas[laptop].compose(for: theirs, skipping: skipped)
            guard !step.frame.runs.isEmpty else { break }
            frames.append(step.frame.bytes)
            skipped.formUnion(step.forks.keys)
            for run in step.frame.runs {
                let end = run.previous.sequence + UInt64(run.entries.count)
                let entries = replicas[laptop].disk.logs[run.branch]?.entries ?? []
                theirs[run.branch] = entries[Int(end) - 1].head
            }
            guard step.frame.hasMore else { break }
        }
        guard !frames.isEmpty else { return }
        if sticks.count == 4 { sticks.removeFirst() }
        sticks.append(Stick(from: laptop, frames: frames))
        tell("\(Telling.name(laptop)) writes \(frames.count) frames onto a stick")
    }

    /// A stick is read, perhaps for the second time, perhaps damaged. A frame with anything
    /// wrong in it is not taken at all.
    mutating func load() throws {
        guard let stick = generator.pick(sticks) else { return }
        let laptop = anyone()
        for var bytes in stick.frames {
            let isDamaged = generator.chance(10)
            if isDamaged { damage(&bytes) }
            guard let frame = try? Frame(bytes: bytes) else { continue }
            var copy = replicas[laptop]
            let refused = try copy.take(frame)
            guard refused.allSatisfy({ $0.lie == nil }) else { continue }
            if isDamaged, refused.isEmpty {
                report(.damageTaken, "\(Telling.name(laptop)) took a damaged frame")
            }
            replicas[laptop] = copy
        }
        counts.sticks += 1
        tell("\(Telling.name(laptop)) reads the stick of \(Telling.name(stick.from))")
    }

    /// Leaves the first three bytes alone: among them is the flag that more follows, the only one
    /// of a frame that no seal covers.
    private mutating func damage(_ bytes: inout [UInt8]) {
        guard bytes.count > 3 else { return }
        if generator.chance(50) {
            bytes.removeLast(generator.number(1...bytes.count - 1))
        } else {
            bytes[generator.number(3...bytes.count - 1)] ^= UInt8(generator.number(1...255))
        }
    }
}
