extension Run {
    /// Bytes of a run besides its entries and their count.
    static let fixedBytes = 96

    struct Flags: OptionSet {
        let rawValue: UInt8
        static let erased = Flags(rawValue: 1)
        static let otherCommit = Flags(rawValue: 2)
        static let startsCommit = Flags(rawValue: 4)
        static let otherTime = Flags(rawValue: 8)
        static let trusted = Flags(rawValue: 16)
        static let otherActor = Flags(rawValue: 32)
        static let sealed = Flags(rawValue: 64)
        static let all = Flags(rawValue: 127)
    }

    /// What an entry is compared with: the entry before it.
    struct Before {
        var commit: UInt64 = 0
        var milliseconds: UInt64 = 0
        var actor = ""

        init() {}

        init(_ entry: Entry) {
            commit = entry.commit
            milliseconds = entry.milliseconds
            actor = entry.actor
        }
    }

    func write(to writer: inout ByteWriter) {
        writer.branch(branch)
        writer.raw(key.words)
        writer.fixed(previous.sequence)
        writer.raw(previous.hash.words)
        writer.varint(entries.count)
        var before = Before()
        for (index, entry) in entries.enumerated() {
            let sequence = previous.sequence &+ UInt64(index) &+ 1
            entry.write(to: &writer, at: sequence, after: before)
            before = Before(entry)
        }
    }

    /// Reads a run; payloads stay parts of `bytes`, which the reader reads.
    init(
        from reader: inout ByteReader, of bytes: [UInt8], limit: Int
    ) throws(EncodingError) {
        branch = try reader.branch()
        key = try reader.key()
        previous = Head(sequence: try reader.fixed(), hash: try reader.hash())
        guard previous.sequence > 0 || previous.hash == .zero else { throw .notCanonical }
        let count = try reader.count(limit: limit)
        guard count > 0 else { throw .notCanonical }
        guard previous.sequence <= Head.latest - UInt64(count) else { throw .tooLong }
        var entries: [Entry] = []
        entries.reserveCapacity(min(count, 1024))
        var before = Before()
        for index in 0..<count {
            let sequence = previous.sequence + UInt64(index) + 1
            let entry = try Entry(from: &reader, of: bytes, at: sequence, after: before)
            before = Before(entry)
            entries.append(entry)
        }
        self.entries = entries
    }
}

extension Run.Entry {
    private func flags(at sequence: UInt64, after before: Run.Before) -> Run.Flags {
        var flags: Run.Flags = []
        if case .erased = body { flags.insert(.erased) }
        if commit != before.commit {
            flags.insert(.otherCommit)
            if commit == sequence { flags.insert(.startsCommit) }
        }
        if milliseconds != before.milliseconds { flags.insert(.otherTime) }
        if isTimeTrusted { flags.insert(.trusted) }
        if !actor.utf8.elementsEqual(before.actor.utf8) { flags.insert(.otherActor) }
        if signature != nil { flags.insert(.sealed) }
        return flags
    }

    /// How many bytes ``write(to:at:after:)`` writes.
    func byteCount(at sequence: UInt64, after before: Run.Before) -> Int {
        let flags = flags(at: sequence, after: before)
        var count = 1
        if flags.contains(.otherCommit), !flags.contains(.startsCommit) { count += 8 }
        if flags.contains(.otherTime) { count += 8 }
        if flags.contains(.otherActor) {
            count += ByteWriter.varintCount(actor.utf8.count) + actor.utf8.count
        }
        switch body {
        case .whole(let bytes): count += ByteWriter.varintCount(bytes.count) + bytes.count
        case .erased: count += Bytes32.count
        }
        return count + (signature?.count ?? 0)
    }

    fileprivate func write(
        to writer: inout ByteWriter, at sequence: UInt64, after before: Run.Before
    ) {
        let flags = flags(at: sequence, after: before)
        writer.byte(flags.rawValue)
        if flags.contains(.otherCommit), !flags.contains(.startsCommit) { writer.fixed(commit) }
        if flags.contains(.otherTime) { writer.fixed(milliseconds) }
        if flags.contains(.otherActor) { writer.text(actor) }
        switch body {
        case .whole(let bytes): writer.sized(bytes)
        case .erased(let hash): writer.raw(hash.words)
        }
        if let signature { writer.raw(signature) }
    }

    fileprivate init(
        from reader: inout ByteReader, of bytes: [UInt8], at sequence: UInt64,
        after before: Run.Before
    ) throws(EncodingError) {
        let flags = Run.Flags(rawValue: try reader.byte())
        guard Run.Flags.all.isSuperset(of: flags) else { throw .notCanonical }
        commit = try Self.commit(&reader, flags, at: sequence, after: before)
        var milliseconds = before.milliseconds
        if flags.contains(.otherTime) {
            milliseconds = try reader.fixed()
            guard milliseconds != before.milliseconds else { throw .notCanonical }
        }
        self.milliseconds = milliseconds
        isTimeTrusted = flags.contains(.trusted)
        var actor = before.actor
        if flags.contains(.otherActor) {
            actor = try reader.text(limit: SyncLimits.nameBytes)
            guard !actor.utf8.elementsEqual(before.actor.utf8) else { throw .notCanonical }
        }
        self.actor = actor
        if flags.contains(.erased) {
            body = .erased(try reader.hash())
        } else {
            let count = try reader.sized(limit: SyncLimits.payloadBytes).count
            body = .whole(bytes[reader.offset - count..<reader.offset])
        }
        signature = flags.contains(.sealed) ? try reader.array(Seal.byteCount) : nil
    }

    private static func commit(
        _ reader: inout ByteReader, _ flags: Run.Flags, at sequence: UInt64,
        after before: Run.Before
    ) throws(EncodingError) -> UInt64 {
        guard flags.contains(.otherCommit) else {
            guard !flags.contains(.startsCommit) else { throw .notCanonical }
            return before.commit
        }
        let starts = flags.contains(.startsCommit)
        let commit = starts ? sequence : try reader.fixed()
        guard commit != before.commit, starts || commit < sequence else { throw .notCanonical }
        return commit
    }
}
