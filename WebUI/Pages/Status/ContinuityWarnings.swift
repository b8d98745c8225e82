import Store

/// What people are told when a laptop could not go on with its log.
enum ContinuityWarnings {
    /// How long it is said that records were put back: by then the others have brought the rest.
    private static let saidFor: UInt64 = 30 * 24 * 60 * 60 * 1000

    static func sentences(_ status: StoreStatus, _ texts: Texts) -> [String] {
        status.breaks.sorted { $0.key.rawValue < $1.key.rawValue }
            .filter { reason, time in
                reason == .moved || time &+ saidFor > status.milliseconds
            }
            .map { reason, _ in texts["laptops.warning.\(reason)"] }
    }
}
