import Crypto
import Foundation
import SyncCore
import SyncTransport

/// A laptop whose keys follow from a number.
struct BundleLaptop {
    struct NoValue: Error {}

    static let canary = "Канарейка Айнура"

    let signing: Curve25519.Signing.PrivateKey
    let agreement: Curve25519.KeyAgreement.PrivateKey
    let keys: DeviceKeys
    var community = CommunityID(founding: Hash(of: [7]))

    init(_ number: UInt8) throws {
        signing = try .init(rawRepresentation: [UInt8](repeating: number, count: 32))
        agreement = try .init(rawRepresentation: [UInt8](repeating: number &+ 100, count: 32))
        keys = DeviceKeys(
            log: try Self.made(RawKey(bytes: signing.publicKey.rawRepresentation)),
            tlsHash: Hash(of: [number]),
            bundle: try Self.made(RawKey(bytes: agreement.publicKey.rawRepresentation)))
    }

    var branch: Branch { Branch(device: keys.device, epoch: 1) }

    func writer(partBytes: Int = BundleLimits.partBytes) -> BundleWriter {
        BundleWriter(
            community: community, signing: signing, agreement: agreement, partBytes: partBytes)
    }

    /// A reader that knows these laptops.
    func reader(knowing others: [BundleLaptop]) -> BundleReader {
        let known = Dictionary(others.map { ($0.keys.device, $0.keys) }) { first, _ in first }
        return BundleReader(
            community: community, device: keys.device, agreement: agreement,
            author: { known[$0] })
    }

    /// A log as frames of one entry each, every payload with the canary and much beside it.
    func frames(_ count: Int, payloadBytes: Int = 40_000) throws -> [Frame] {
        var head = Head.none
        return try (0..<count).map { index in
            // Not to be packed or guessed: a hash's worth for each block.
            let noise = (0..<payloadBytes / 32).flatMap { block in
                Hash(of: Array("\(index) \(block)".utf8)).bytes
            }
            let payload = Array(Self.canary.utf8) + noise
            let header = EntryHeader(
                branch: branch, sequence: head.sequence + 1, previous: head.hash,
                payload: Hash(of: payload), commit: head.sequence + 1,
                milliseconds: 1_795_000_000_000, isTimeTrusted: true, actor: Self.canary)
            let previous = head
            head = Head(sequence: header.sequence, hash: header.hash)
            let entry = LogEntry(
                header: header, payload: payload[...],
                signature: try Seal.sign(head.hash, with: signing))
            let run = Run(
                branch: branch, key: keys.log, previous: previous, entries: [Run.Entry(entry)])
            return Frame(runs: [run], hasMore: false)
        }
    }

    /// What such a log comes to.
    func heads(_ frames: [Frame]) throws -> Heads {
        var taker = Heads()
        for run in frames.flatMap(\.runs) {
            let head = try run.verified().news(after: taker[run.branch]).last?.head
            taker[run.branch] = try Self.made(head)
        }
        return taker
    }

    static func made<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw NoValue() }
        return value
    }

    static func nonce(_ number: UInt8 = 5) throws -> Nonce {
        try made(Nonce(bytes: [UInt8](repeating: number, count: 16)))
    }
}

/// Gives frames one after another, and photos.
actor BundleSource {
    private var frames: [Frame]
    private var photos: [BundlePhoto]

    init(_ frames: [Frame], photos: [BundlePhoto] = []) {
        (self.frames, self.photos) = (frames, photos)
    }

    func next() -> Frame? {
        frames.isEmpty ? nil : frames.removeFirst()
    }

    func nextPhoto() -> BundlePhoto? { photos.popLast() }
}

/// Takes frames by their own rule: what is there already changes nothing.
actor BundleTaker {
    private(set) var heads = Heads()
    private(set) var entries: [LogEntry] = []
    private(set) var frames: [Frame] = []
    private(set) var photos: [BundlePhoto] = []

    func take(_ frame: Frame) throws {
        frames.append(frame)
        for run in frame.runs {
            let news = try run.verified().news(after: heads[run.branch])
            entries += news.map(\.entry)
            if let last = news.last { heads[run.branch] = last.head }
        }
    }

    func take(_ frames: BundleFrames) throws {
        while let frame = try frames.next() { try take(frame) }
    }

    func take(_ photo: BundlePhoto) { photos.append(photo) }
}
