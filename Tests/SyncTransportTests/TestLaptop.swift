import Crypto
import Foundation
import Logging
import SyncCore
import Synchronization

@testable import SyncTransport

/// A laptop with keys of its own.
struct TestLaptop: Sendable {
    let signing: Curve25519.Signing.PrivateKey
    let tlsKey: P256.Signing.PrivateKey
    let keys: DeviceKeys
    let label: DeviceLabel
    let tls: PeerTLS

    init(_ number: UInt8) throws {
        signing = try Curve25519.Signing.PrivateKey(
            rawRepresentation: [UInt8](repeating: number, count: 32))
        tlsKey = try P256.Signing.PrivateKey(
            rawRepresentation: [UInt8](repeating: number, count: 32))
        let agreement = try Curve25519.KeyAgreement.PrivateKey(
            rawRepresentation: [UInt8](repeating: number, count: 32))
        guard let log = RawKey(bytes: signing.publicKey.rawRepresentation),
            let bundle = RawKey(bytes: agreement.publicKey.rawRepresentation),
            let label = DeviceLabel("laptop \(number)")
        else { throw TestFault.badKey }
        self.label = label
        keys = DeviceKeys(
            log: log, tlsHash: PeerCertificate.tlsHash(of: tlsKey.publicKey), bundle: bundle)
        tls = try PeerTLS(key: tlsKey, device: keys.device, serial: [number])
    }

    var device: DeviceID { keys.device }
    var branch: Branch { Branch(device: device, epoch: 1) }

    func client(_ limits: PeerLimits = .quick) -> PeerClient {
        PeerClient(tls: tls, limits: limits)
    }
}

enum TestFault: Error {
    case badKey
    case noServer
    case cut
    case never
}

extension PeerLimits {
    /// Limits that strike within a test's patience.
    static var quick: PeerLimits {
        var limits = PeerLimits()
        limits.connecting = .seconds(2)
        limits.handshake = .seconds(2)
        limits.nextRequest = .seconds(3)
        limits.patience = .seconds(1)
        limits.answer = .seconds(8)
        limits.piece = .seconds(5)
        limits.heartbeat = .seconds(1)
        return limits
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Who belongs to a community; what it learns, all replicas know at once.
final class TestCommunity: Sendable {
    static let id = CommunityID(founding: Hash(of: [0]))

    private let entries = Mutex<[Membership.Entry]>([])
    private let office: TestLaptop

    init(office: TestLaptop, _ others: TestLaptop...) throws {
        self.office = office
        guard let nonce = Nonce(bytes: [UInt8](repeating: 1, count: 16)) else {
            throw TestFault.badKey
        }
        say(.found(.init(nonce: nonce, keys: office.keys, label: office.label)))
        for other in others { admit(other.keys, other.label) }
    }

    var membership: Membership { Membership(Self.id, entries.withLock { $0 }) }

    func admit(_ keys: DeviceKeys, _ label: DeviceLabel, role: DeviceRole = .clerk) {
        say(.admit(.init(term: 1, role: role, keys: keys, label: label)))
    }

    func remove(_ laptop: TestLaptop) {
        say(.remove(.init(device: laptop.device, term: 1, accepted: [:])))
    }

    private func say(_ act: Statement.Act) {
        entries.withLock { entries in
            let place = UInt64(entries.count + 1)
            let hash = entries.isEmpty ? Self.id.founding : Hash(of: [UInt8(place), 1])
            entries.append(
                Membership.Entry(
                    branch: office.branch, head: Head(sequence: place, hash: hash),
                    statement: Statement(stamp: Stamp(bits: place), act: act)))
        }
    }
}
