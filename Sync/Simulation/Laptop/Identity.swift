import Crypto
import SyncCore

/// The keys of a simulated laptop, drawn from the seed. Seals are real Ed25519; nothing is ever
/// encrypted, so the other two keys are only random bytes.
struct Identity: Sendable {
    let signing: Curve25519.Signing.PrivateKey
    let keys: DeviceKeys
    let label: DeviceLabel

    var device: DeviceID { keys.device }

    init(number: Int, _ generator: inout SeededGenerator) throws {
        signing = try Curve25519.Signing.PrivateKey(rawRepresentation: generator.bytes(32))
        guard let log = RawKey(bytes: signing.publicKey.rawRepresentation),
            let bundle = RawKey(bytes: generator.bytes(32)),
            let label = DeviceLabel("laptop \(number)")
        else { throw EncodingError.truncated }
        keys = DeviceKeys(log: log, tlsHash: Hash(of: generator.bytes(32)), bundle: bundle)
        self.label = label
    }
}
