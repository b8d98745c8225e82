import Crypto

/// What is wrong with a run.
public enum RunFault: Error, Sendable, Hashable {
    /// The key is not that of the log's device.
    case wrongKey
    /// The seal of an entry does not fit; also what altered bytes of any entry before it lead to.
    case badSignature(sequence: UInt64)
    /// The last entry has no seal.
    case unsealedEnd
    /// Entries are missing before it: the receiver holds the log up to that place only.
    case gap(after: UInt64)
    /// It goes on from another entry than the one held at that place: two copies of one laptop
    /// wrote under the same epoch.
    case fork(sequence: UInt64)

    /// Whether only a liar or a broken program sends this. A gap can come of two sessions at
    /// once, a fork of a cloned laptop.
    public var isLie: Bool {
        switch self {
        case .wrongKey, .badSignature, .unsealedEnd: true
        case .gap, .fork: false
        }
    }
}

/// A run whose key, hashes and seals are right.
public struct VerifiedRun: Sendable, Equatable {
    /// Whose log.
    public let branch: Branch
    /// The key that seals it.
    public let key: RawKey
    /// The place before the first entry; taken from the sender until ``news(after:)``.
    public let previous: Head
    /// All entries.
    public let entries: [CheckedEntry]

    /// The place of the last entry.
    public var end: Head { entries.last?.head ?? previous }

    /// The entries that a laptop lacks which holds this log up to `head`; none where the run ends
    /// before. Those it has are compared by the hash at `head`.
    /// - Throws: ``RunFault/gap(after:)``, ``RunFault/fork(sequence:)``.
    public func news(after head: Head) throws(RunFault) -> ArraySlice<CheckedEntry> {
        guard previous.sequence <= head.sequence else { throw .gap(after: head.sequence) }
        let known = head.sequence - previous.sequence
        guard known <= UInt64(entries.count) else { return [] }
        let place = Int(known)
        let found = place == 0 ? previous.hash : entries[place - 1].hash
        guard found == head.hash else { throw .fork(sequence: head.sequence) }
        return entries[place...]
    }
}

extension Run {
    /// Works out the headers and checks the seals.
    /// - Throws: ``RunFault``, which names the first entry that is wrong.
    public func verified() throws(RunFault) -> VerifiedRun {
        guard DeviceID(key) == branch.device,
            let signer = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
        else { throw .wrongKey }
        var chain = ChainCheck(branch: branch, key: signer, after: previous)
        var checked: [CheckedEntry] = []
        checked.reserveCapacity(entries.count)
        for entry in entries {
            let header = header(of: entry, sequence: chain.sequence &+ 1, previous: chain.head)
            let bytes = header.bytes
            let hash = Hash(of: bytes)
            // Places and hashes are made here: only a seal can be wrong.
            guard (try? chain.take(header, hash: hash, signature: entry.signature)) != nil else {
                throw .badSignature(sequence: header.sequence)
            }
            checked.append(
                CheckedEntry(
                    entry: LogEntry(
                        header: header, payload: entry.payload, signature: entry.signature),
                    headerBytes: bytes, hash: hash))
        }
        guard (try? chain.finish()) != nil, !entries.isEmpty else { throw .unsealedEnd }
        return VerifiedRun(branch: branch, key: key, previous: previous, entries: checked)
    }

    /// The place of the last entry, by what the sender says; its seals are not looked at.
    var end: Head {
        entries.reduce(previous) { place, entry in
            let sequence = place.sequence &+ 1
            return Head(
                sequence: sequence,
                hash: header(of: entry, sequence: sequence, previous: place.hash).hash)
        }
    }

    private func header(of entry: Entry, sequence: UInt64, previous: Hash) -> EntryHeader {
        let payload =
            switch entry.body {
            case .whole(let bytes): Hash(of: bytes)
            case .erased(let hash): hash
            }
        return EntryHeader(
            branch: branch, sequence: sequence, previous: previous, payload: payload,
            commit: entry.commit, milliseconds: entry.milliseconds,
            isTimeTrusted: entry.isTimeTrusted, actor: entry.actor)
    }
}

extension Run.Entry {
    /// The payload; nil where it was erased.
    public var payload: ArraySlice<UInt8>? {
        guard case .whole(let bytes) = body else { return nil }
        return bytes
    }
}
