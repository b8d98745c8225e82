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

    /// Gathers the world.
    public init(
        wallMilliseconds: @escaping @Sendable () -> UInt64,
        uptimeMilliseconds: @escaping @Sendable () -> UInt64,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8],
        signingKey: Curve25519.Signing.PrivateKey
    ) {
        self.wallMilliseconds = wallMilliseconds
        self.uptimeMilliseconds = uptimeMilliseconds
        self.randomBytes = randomBytes
        self.signingKey = signingKey
    }
}
