/// Bounds on connections with other laptops, beside those of ``SyncLimits`` on what they say.
public struct PeerLimits: Sendable {
    /// Connections that others may hold here.
    public var connections = 64
    /// Connections that one key may hold here.
    public var connectionsPerKey = 8
    /// Bytes of the fields of one request or answer.
    public var headBytes = 16_384
    /// Fields of one request or answer.
    public var headFields = 64
    /// For making a connection.
    public var connecting: Duration = .seconds(4)
    /// For the handshake.
    public var handshake: Duration = .seconds(10)
    /// For the next request on a connection, whole to its last field.
    public var nextRequest: Duration = .seconds(60)
    /// After which a body must have come at ``leastBytesPerSecond`` on average.
    public var patience: Duration = .seconds(20)
    /// What the slowest link is good for: a frame over a bad radio link takes minutes.
    public var leastBytesPerSecond = 1024
    /// For the first byte of an answer.
    public var answer: Duration = .seconds(60)
    /// Between two pieces of an answer.
    public var piece: Duration = .seconds(30)
    /// Between two signs of life on the stream of changes.
    public var heartbeat: Duration = .seconds(15)
    /// How long what was sent may go without an acknowledgement before the link counts as dead
    /// (RFC 5482).
    public var unacknowledged: Duration = .seconds(30)

    /// The usual bounds.
    public init() {}

    /// How long a message of so many bytes may take at the least rate.
    func time(forBytes count: Int) -> Duration {
        patience + .seconds(count / max(1, leastBytesPerSecond))
    }
}
