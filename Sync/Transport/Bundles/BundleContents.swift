public import SyncCore

/// What was found in a bundle, or written into one.
public struct BundleContents: Sendable, Equatable {
    /// What it says about itself.
    public let manifest: BundleManifest
    /// Frames.
    public internal(set) var frames = 0
    /// Log entries in them.
    public internal(set) var entries = 0
    /// Photos that are what their hashes say; others are passed over.
    public internal(set) var photos = 0

    init(_ manifest: BundleManifest) { self.manifest = manifest }

    mutating func count(_ piece: BundlePiece) {
        switch piece {
        case .frame(let frame):
            frames += 1
            entries += frame.runs.reduce(0) { $0 + $1.entries.count }
        case .photo(let photo) where photo.isIntact: photos += 1
        case .photo, .manifest, .end: break
        }
    }
}
