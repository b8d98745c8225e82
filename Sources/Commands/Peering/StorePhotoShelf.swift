import Store
import SyncCore
import SyncTransport

/// The store's photos as other laptops see them.
struct StorePhotoShelf: PhotoShelf {
    let store: Store

    func revision() async -> Int { store.blobChanges }

    func isUsed() async throws -> Bool { try await store.read { try $0.namesBlobs() } }

    func lacking() async throws -> [LackingPhoto] {
        let missing = try await store.missingBlobs()
        return try await store.withBlobs { blobs in
            missing.compactMap { one in
                guard !Self.isFinished(one, blobs) else { return nil }
                return Hash(bytes: one.hash.bytes).map {
                    LackingPhoto(photo: $0, held: blobs.partialSize(of: one.hash))
                }
            }
        }
    }

    /// All of it may have come before the power went: then only its hash is still to be checked,
    /// and nobody has a further piece to give.
    private static func isFinished(_ blob: NamedBlob, _ blobs: Blobs) -> Bool {
        guard blobs.partialSize(of: blob.hash) >= blob.size else { return false }
        do {
            try blobs.finish(blob.hash)
            return true
        } catch {
            blobs.discardPartial(blob.hash)
            return false
        }
    }

    func piece(_ request: PhotoRequest) async throws -> PhotoPiece {
        guard let hash = BlobHash(bytes: request.photo.bytes) else { throw SessionFault.malformed }
        let found = try await store.withBlobs { blobs -> (total: Int, bytes: [UInt8])? in
            guard let total = blobs.size(of: hash), request.place < total else { return nil }
            let range = request.place..<min(total, request.place + PhotoLimits.pieceBytes)
            do {
                return (total, try blobs.read(hash, range: range))
            } catch StoreError.notFound {
                // It was damaged, and is set aside now.
                return nil
            }
        }
        let piece = found.flatMap {
            PhotoPiece(
                photo: request.photo, total: $0.total, place: request.place, piece: $0.bytes)
        }
        return piece ?? .none(of: request.photo)
    }

    /// Nobody fills the disk with what no record names.
    func take(_ piece: PhotoPiece) async throws -> PhotoReceipt {
        guard let hash = BlobHash(bytes: piece.photo.bytes), piece.total > 0,
            try await store.read({ try $0.names(hash) })
        else { return PhotoReceipt(.notWanted, place: 0) }
        return try await store.withBlobs { blobs in
            do {
                return try Self.take(piece, as: hash, blobs)
            } catch StoreError.diskFull {
                throw SessionFault.noRoom
            } catch StoreError.blob(.place(let held)) {
                return PhotoReceipt(.goOn, place: held)
            } catch StoreError.blob {
                return PhotoReceipt(.notWanted, place: 0)
            }
        }
    }

    private static func take(
        _ piece: PhotoPiece, as hash: BlobHash, _ blobs: Blobs
    ) throws -> PhotoReceipt {
        if let size = blobs.size(of: hash) { return PhotoReceipt(.whole, place: size) }
        let held = try blobs.append(
            piece.piece, of: hash, at: piece.place, total: piece.total)
        guard held == piece.total else { return PhotoReceipt(.goOn, place: held) }
        try blobs.finish(hash)
        return PhotoReceipt(.whole, place: held)
    }

    func photosCame() async { store.announceBlobs() }
}
