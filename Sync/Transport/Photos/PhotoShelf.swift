public import SyncCore

/// The photos of this laptop, as the talk with others sees them. A thrown ``SessionFault`` is told
/// to the other as it is.
public protocol PhotoShelf: Sendable {
    /// A number that changes whenever a photo comes or goes.
    func revision() async -> Int

    /// Whether any record names a photo.
    func isUsed() async throws -> Bool

    /// The photos that records name and that are not whole here, those wanted first before.
    func lacking() async throws -> [LackingPhoto]

    /// A piece of a photo; ``PhotoPiece/none(of:)`` where it is not here.
    func piece(_ request: PhotoRequest) async throws -> PhotoPiece

    /// Takes a piece. The last one makes the photo whole, if its bytes are right.
    func take(_ piece: PhotoPiece) async throws -> PhotoReceipt

    /// Told when photos have come: who shows them, and who lacks them too, may want to know.
    func photosCame() async
}
