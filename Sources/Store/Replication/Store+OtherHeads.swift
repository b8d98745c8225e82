import GRDB
public import SyncCore

/// What other laptops were last heard to hold: what one of them lacks can be put on a stick for
/// it while it is not here.
extension Store {
    /// What a laptop was last heard to hold; nil where nothing was heard.
    public func heads(of device: DeviceID) async throws -> Heads? {
        try await read { try Facts($0.db).heads(of: device) }
    }

    /// Up to where this laptop holds each log.
    public func heads() async throws -> Heads { try await read { try $0.logHeads() } }

    /// Notes what laptops were heard to hold, in one transaction.
    public func note(_ heard: [DeviceID: Heads]) async throws {
        try await StoreError.naming {
            try await self.pool.write { db in
                for (device, heads) in heard { try Facts(db).setHeads(heads, of: device) }
            }
        }
    }
}

extension Facts {
    fileprivate func heads(of device: DeviceID) throws -> Heads? {
        guard let text = try text(Self.name(device)) else { return nil }
        guard let bytes = Hexadecimal.bytes(text), let heads = try? Heads(bytes: bytes) else {
            throw StoreError.damaged("heads")
        }
        return heads
    }

    fileprivate func setHeads(_ heads: Heads, of device: DeviceID) throws {
        try set(Self.name(device), Hexadecimal.text(heads.bytes))
    }

    private static func name(_ device: DeviceID) -> String { "heads \(device)" }
}
