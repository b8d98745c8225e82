/// What a laptop is for. Only office laptops admit and remove others.
public enum DeviceRole: UInt8, Sendable, Hashable, CaseIterable {
    /// Admits and removes laptops.
    case office = 1
    /// Works with everything, persons included.
    case clerk = 2
    /// Reads.
    case reader = 3
}
