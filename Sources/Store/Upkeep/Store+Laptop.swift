import SyncCore

extension Store {
    /// This laptop, in hexadecimal digits.
    public var device: String { deviceID.description }

    /// What the laptop's clock says in milliseconds since 1970, whether believed or not.
    public var wallMilliseconds: UInt64 { environment.wallMilliseconds() }
}
