public import Crypto

/// A laptop: the first 16 bytes of the SHA-256 of its Ed25519 public key.
public struct DeviceID: Sendable, Hashable, Comparable, CustomStringConvertible {
    // Held in place, not in an array: the merge compares and copies millions of them.
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The device that holds a key.
    public init(_ key: Curve25519.Signing.PublicKey) { self.init(hashing: key.rawRepresentation) }

    /// The device that holds a key of 32 bytes.
    public init(_ key: RawKey) { self.init(hashing: key.bytes) }

    private init(hashing key: some Collection<UInt8>) {
        let hash = Hash(of: Array(key)).words
        self.init(high: hash.first, low: hash.second)
    }

    /// Reads 16 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self = Array(bytes).withUnsafeBytes {
            DeviceID(high: $0.bigEndianWord(at: 0), low: $0.bigEndianWord(at: 8))
        }
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 16)
        writer.device(self)
        return writer.bytes
    }

    /// 32 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Byte order, the same on every laptop.
    public static func < (left: Self, right: Self) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

/// One unbroken log of one device. A restored or cloned device starts another epoch: a random
/// number, so that two restores of one backup cannot meet in it.
public struct Branch: Sendable, Hashable, Comparable {
    /// The device.
    public let device: DeviceID
    /// Its epoch.
    public let epoch: UInt64

    /// Names a log.
    public init(device: DeviceID, epoch: UInt64) {
        self.device = device
        self.epoch = epoch
    }

    /// Device, then epoch.
    public static func < (left: Self, right: Self) -> Bool {
        left.device == right.device ? left.epoch < right.epoch : left.device < right.device
    }
}
