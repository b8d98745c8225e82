import Store
import SyncCore

/// The photos of a bundle, one after the other.
actor PhotoQueue {
    private var waiting: ArraySlice<NamedBlob>
    private let store: Store

    init(_ photos: [NamedBlob], in store: Store) {
        waiting = photos[...]
        self.store = store
    }

    /// The next photo that is whole; nil after the last.
    func next() async throws -> BundlePhoto? {
        while let blob = waiting.popFirst() {
            let bytes = try await store.withBlobs { blobs in
                do { return try blobs.read(blob.hash) as [UInt8]? } catch StoreError.notFound {
                    // Damaged, and set aside now: it comes again from another laptop.
                    return nil
                }
            }
            if let bytes {
                return BundlePhoto(bytes: bytes)
            }
        }
        return nil
    }
}
