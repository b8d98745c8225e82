public import SyncCore
import Synchronization

/// The frames of a bundle that was checked whole, one after another, as a transaction asks for
/// them: they are read from the stick at that moment, so that none has to be held. A stick that
/// is pulled out meanwhile ends the transaction.
public final class BundleFrames: Sendable {
    private struct Place {
        var stream: BundleStream
        /// The first photo, once it was come to.
        var ahead: BundlePhoto?
        var isBehindFrames = false
    }

    private let place: Mutex<Place>
    private let totalBytes: Int
    private let progress: BundleProgress.Report

    init(
        _ stream: sending BundleStream, totalBytes: Int,
        progress: @escaping BundleProgress.Report
    ) {
        place = Mutex(Place(stream: stream))
        self.totalBytes = totalBytes
        self.progress = progress
    }

    /// The next frame; nil after the last.
    /// - Throws: ``BundleFault``: then all that was taken of the bundle is to be rolled back.
    public func next() throws(BundleFault) -> Frame? {
        try place.withLock { place throws(BundleFault) in
            guard !place.isBehindFrames else { return nil }
            while let piece = try step(&place) {
                switch piece {
                case .frame(let frame): return frame
                case .photo(let photo):
                    place.ahead = photo
                    place.isBehindFrames = true
                    return nil
                case .manifest, .end: continue
                }
            }
            place.isBehindFrames = true
            return nil
        }
    }

    /// The next photo, whole or not; nil after the last. Frames that nobody asked for are passed
    /// over.
    func nextPhoto() throws(BundleFault) -> BundlePhoto? {
        try place.withLock { place throws(BundleFault) in
            place.isBehindFrames = true
            if let photo = place.ahead {
                place.ahead = nil
                return photo
            }
            while let piece = try step(&place) {
                if case .photo(let photo) = piece { return photo }
            }
            return nil
        }
    }

    private func step(_ place: inout Place) throws(BundleFault) -> BundlePiece? {
        let piece = try place.stream.next()
        progress(.init(phase: .taking, bytes: place.stream.bytes, totalBytes: totalBytes))
        return piece
    }
}
