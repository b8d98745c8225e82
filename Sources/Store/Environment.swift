public import Crypto

/// What the store needs of the world; live ones are made in the composition root alone.
public struct StoreEnvironment: Sendable {
    /// Milliseconds since 1970 by the laptop's clock.
    public var wallMilliseconds: @Sendable () -> UInt64
    /// Milliseconds since the laptop was started, sleep included.
    public var uptimeMilliseconds: @Sendable () -> UInt64
    /// That many unpredictable bytes.
    public var randomBytes: @Sendable (_ count: Int) -> [UInt8]
    /// The key that signs this laptop's log.
    public var signingKey: Curve25519.Signing.PrivateKey
    /// How far this laptop had come when it last committed; nil where that is not known. Kept
    /// outside the data folder.
    public var readTip: @Sendable () -> Tip?
    /// Remembers how far this laptop has come, after each commit. It may fail and may be late,
    /// but what it leaves is whole.
    public var writeTip: @Sendable (Tip) -> Void
    /// Marks of this laptop's hardware by their names, without spaces; those that can be read.
    public var hardware: @Sendable () -> [String: String]

    /// Gathers the world.
    public init(
        wallMilliseconds: @escaping @Sendable () -> UInt64,
        uptimeMilliseconds: @escaping @Sendable () -> UInt64,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8],
        signingKey: Curve25519.Signing.PrivateKey,
        readTip: @escaping @Sendable () -> Tip? = { nil },
        writeTip: @escaping @Sendable (Tip) -> Void = { _ in },
        hardware: @escaping @Sendable () -> [String: String] = { [:] }
    ) {
        self.wallMilliseconds = wallMilliseconds
        self.uptimeMilliseconds = uptimeMilliseconds
        self.randomBytes = randomBytes
        self.signingKey = signingKey
        self.readTip = readTip
        self.writeTip = writeTip
        self.hardware = hardware
    }
}
