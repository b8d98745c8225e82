import Logging
import SyncCore

/// How far the photos are, beside the records.
public struct PhotoProgress: Sendable, Equatable {
    /// Whole photos that came from it and that went there since the exchange began.
    public internal(set) var received = 0
    /// Photos that went there.
    public internal(set) var sent = 0
    /// Photos still lacking here that were not looked for yet.
    public internal(set) var toReceive = 0
    /// Photos still lacking there that were not offered yet.
    public internal(set) var toSend = 0
    /// Whether a disk has no room for them: this one's or the other's.
    public internal(set) var isRoomLacking = false
}

/// Brings the photos of two laptops together after their records, over the same link. It stops
/// after any piece as soon as records want to go over it; the next exchange goes on from there.
struct PhotoExchange: Sendable {
    let shelf: any PhotoShelf
    let logger: Logger
    /// Whether nothing more urgent waits for the link.
    let mayGoOn: @Sendable () async -> Bool
    /// Told after each photo.
    let report: @Sendable (PhotoProgress) async -> Void

    /// Why it stopped before the end.
    private enum Pause: Error { case urgent, noRoom }

    /// Answers whether each holds all that the other could give.
    func run(over link: PeerLink) async -> Bool {
        var progress = PhotoProgress()
        do {
            try await fetch(link, &progress)
            try await give(link, &progress)
        } catch Pause.noRoom {
            progress.isRoomLacking = true
        } catch PeerTrouble.fault(.noRoom), SessionFault.noRoom {
            progress.isRoomLacking = true
        } catch Pause.urgent {
            // Goes on after the records.
        } catch {
            // An earlier program knows no photos; a pulled cable shows at the next question.
            logger.debug("photos stopped", metadata: ["error": "\(type(of: error))"])
        }
        if progress.received > 0 { await shelf.photosCame() }
        await report(progress)
        return progress.toReceive == 0 && progress.toSend == 0 && !progress.isRoomLacking
    }

    private func fetch(_ link: PeerLink, _ progress: inout PhotoProgress) async throws {
        let lacking = try await shelf.lacking()
        progress.toReceive = lacking.count
        for photo in lacking {
            await report(progress)
            if try await fetch(photo, link) { progress.received += 1 }
            progress.toReceive -= 1
        }
    }

    /// Answers whether it is whole now; the other may not have it either.
    private func fetch(_ lacking: LackingPhoto, _ link: PeerLink) async throws -> Bool {
        var place = lacking.held
        while true {
            guard await mayGoOn() else { throw Pause.urgent }
            let piece = try await link.photo(PhotoRequest(photo: lacking.photo, place: place))
            guard piece.total > 0, piece.photo == lacking.photo else { return false }
            let receipt = try await shelf.take(piece)
            switch receipt.state {
            case .whole: return true
            case .notWanted: return false
            case .goOn:
                // Another laptop may be sending the same one; what does not grow is left to it.
                guard receipt.place > place else { return false }
                place = receipt.place
            }
        }
    }

    private func give(_ link: PeerLink, _ progress: inout PhotoProgress) async throws {
        let lacking = try await link.photosLacking().photos
        progress.toSend = lacking.count
        for photo in lacking {
            await report(progress)
            if try await give(photo, link) { progress.sent += 1 }
            progress.toSend -= 1
        }
    }

    private func give(_ lacking: LackingPhoto, _ link: PeerLink) async throws -> Bool {
        var place = lacking.held
        while true {
            guard await mayGoOn() else { throw Pause.urgent }
            let piece = try await shelf.piece(PhotoRequest(photo: lacking.photo, place: place))
            guard piece.total > 0 else { return false }
            let receipt = try await link.give(piece)
            switch receipt.state {
            case .whole: return true
            case .notWanted: return false
            case .goOn:
                guard receipt.place > place, receipt.place < piece.total else { return false }
                place = receipt.place
            }
        }
    }
}
