import Glibc

/// Which network interfaces are looked at.
public struct NetworkInterfaces: Sendable, Hashable {
    /// Whether those of containers and the loopback count too: in tests, and where told.
    public let includesVirtual: Bool

    /// Chooses.
    public init(includesVirtual: Bool = false) { self.includesVirtual = includesVirtual }

    /// Whether an interface of that name is looked at.
    public func isUsed(_ name: String) -> Bool {
        guard !includesVirtual else { return true }
        return name != "lo"
            && !["docker", "veth", "br-", "virbr"].contains { name.hasPrefix($0) }
    }

    /// The same for an interface's number; one that is not known any more is not used.
    func isUsed(index: UInt32) -> Bool {
        var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE) + 1)
        guard if_indextoname(index, &name) != nil else { return false }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return isUsed(String(decoding: bytes, as: UTF8.self))
    }
}
