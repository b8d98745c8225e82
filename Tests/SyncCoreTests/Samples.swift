import Crypto
import Foundation
import SyncCore

/// A small seeded generator (SplitMix64): one seed, one run of a test.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// A laptop whose keys follow from a number, so that its bytes are the same in every run.
struct SampleLaptop {
    let signing: Curve25519.Signing.PrivateKey
    let keys: DeviceKeys
    let label: DeviceLabel

    init(_ number: UInt8) throws {
        signing = try Curve25519.Signing.PrivateKey(
            rawRepresentation: [UInt8](repeating: number, count: 32))
        let agreement = try Curve25519.KeyAgreement.PrivateKey(
            rawRepresentation: [UInt8](repeating: number &+ 100, count: 32))
        guard let log = RawKey(bytes: signing.publicKey.rawRepresentation),
            let bundle = RawKey(bytes: agreement.publicKey.rawRepresentation),
            let label = DeviceLabel("laptop \(number)")
        else { throw EncodingError.truncated }
        self.label = label
        keys = DeviceKeys(
            log: log, tlsHash: Hash(of: [UInt8](repeating: number, count: 3)), bundle: bundle)
    }

    var device: DeviceID { keys.device }

    func branch(epoch: UInt64 = 1) -> Branch { Branch(device: device, epoch: epoch) }

    /// A log of these payloads; `seals` tells after which places a signature stands. The last
    /// entry is always sealed.
    func log(
        epoch: UInt64 = 1, after start: Head = .none, _ payloads: [[UInt8]],
        seals: Set<Int> = []
    ) throws -> [LogEntry] {
        var head = start
        return try payloads.enumerated().map { index, payload in
            let header = EntryHeader(
                branch: branch(epoch: epoch), sequence: head.sequence + 1, previous: head.hash,
                payload: Hash(of: payload), commit: start.sequence + 1,
                milliseconds: 1_795_000_000_000 + UInt64(index / 3), isTimeTrusted: index % 5 != 4,
                actor: index % 4 == 3 ? "" : "asel")
            head = Head(sequence: header.sequence, hash: header.hash)
            let isSealed = seals.contains(index + 1) || index == payloads.count - 1
            return LogEntry(
                header: header, payload: payload[...],
                signature: isSealed ? try Seal.sign(head.hash, with: signing) : nil)
        }
    }

    /// The run of such a log.
    func run(_ entries: [LogEntry]) throws -> Run {
        guard let first = entries.first else { throw EncodingError.truncated }
        return Run(
            branch: first.header.branch, key: keys.log,
            previous: Head(sequence: first.header.sequence - 1, hash: first.header.previous),
            entries: entries.map(Run.Entry.init))
    }
}

extension [LogEntry] {
    /// The place of the last entry.
    var head: Head {
        last.map { Head(sequence: $0.header.sequence, hash: $0.header.hash) } ?? .none
    }
}
