public import Crypto

/// A laptop: the first 16 bytes of the SHA-256 of its Ed25519 public key.
public struct DeviceID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The 16 bytes.
    public let bytes: [UInt8]

    /// The device that holds a key.
    public init(_ key: Curve25519.Signing.PublicKey) {
        bytes = Array(SHA256.hash(data: key.rawRepresentation).prefix(16))
    }

    /// Reads 16 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.bytes = Array(bytes)
    }

    /// 32 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Byte order, the same on every laptop.
    public static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
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
        (left.device, left.epoch) < (right.device, right.epoch)
    }
}

/// A SHA-256.
public struct Hash: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// What stands before the first entry of a log.
    public static let zero = Hash(unchecked: [UInt8](repeating: 0, count: 32))

    /// Hashes bytes.
    public init(of data: [UInt8]) { bytes = Array(SHA256.hash(data: data)) }

    /// Reads 32 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }
}

/// Bytes in hexadecimal digits.
public enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two lower-case digits a byte.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
