public import SyncCore

/// What a file on a stick is, for people to look at before they take it.
public struct BundleSummary: Sendable, Equatable {
    /// Whose community.
    public let community: CommunityID
    /// Which bundle.
    public let bundle: Nonce
    /// The laptop that wrote it. Proven only where there is no fault.
    public let author: DeviceID
    /// The laptops it is for.
    public let receivers: [DeviceID]
    /// How many files it has, as far as they are there.
    public let parts: Int
    /// Bytes of those files.
    public let bytes: Int
    /// What is in it; nil where there is a fault.
    public let contents: BundleContents?
    /// Why it cannot be taken.
    public let fault: BundleFault?

    init(_ parts: BundleParts, _ result: Result<BundleContents, BundleFault>) {
        community = parts.header.community
        bundle = parts.header.bundle
        author = parts.header.device
        receivers = parts.header.wraps.map(\.device)
        self.parts = parts.count
        bytes = parts.totalBytes
        switch result {
        case .success(let found): (contents, fault) = (found, nil)
        case .failure(let found): (contents, fault) = (nil, found)
        }
    }
}
