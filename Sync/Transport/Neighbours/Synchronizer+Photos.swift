import SyncCore

/// When a laptop lacked no photo that the other had: as long as neither the values nor the photos
/// change, there is nothing to ask.
struct PhotoMark: Sendable, Equatable {
    let digest: Hash
    let revision: Int
}

extension Synchronizer {
    /// Brings the photos together over the link of a session that came to its end.
    nonisolated func exchangePhotos(
        _ id: Neighbour.ID, _ outcome: SessionOutcome, over link: PeerLink
    ) async {
        guard let shelf, let device = outcome.member?.device, outcome.isWhole,
            (try? await shelf.isUsed()) == true
        else { return }
        let revision = await shelf.revision()
        let lacking = (try? await shelf.lacking().count) ?? 0
        let isSame = outcome.ending == .same
        let mark = outcome.digest.map { PhotoMark(digest: $0, revision: revision) }
        if isSame, lacking == 0, await isSettled(device, mark) { return }
        await told(id, of: outcome)
        let exchange = PhotoExchange(
            shelf: shelf, logger: logger,
            mayGoOn: { [weak self] in await self?.isDueAgain(id) == false },
            report: { [weak self] progress in await self?.note(progress, of: id) })
        let isWhole = await exchange.run(over: link)
        if isWhole, isSame, let digest = outcome.digest {
            await settle(device, PhotoMark(digest: digest, revision: await shelf.revision()))
        }
    }

    private func isSettled(_ device: DeviceID, _ mark: PhotoMark?) -> Bool {
        mark != nil && photosSettled[device] == mark
    }

    private func settle(_ device: DeviceID, _ mark: PhotoMark) { photosSettled[device] = mark }

    /// Whether records want to go over the link, or the service ends.
    private func isDueAgain(_ id: Neighbour.ID) -> Bool {
        Task.isCancelled || list[id]?.isDueAgain != false
    }

    /// The records are there already; the screens need not wait for the photos to say so.
    private func told(_ id: Neighbour.ID, of outcome: SessionOutcome) {
        let time = milliseconds()
        list.update(id) { neighbour in
            neighbour.lastContactMilliseconds = time
            guard outcome.ending == .same else { return }
            neighbour.agreement = .same
            neighbour.digest = outcome.digest
        }
        publish()
    }

    private func note(_ progress: PhotoProgress, of id: Neighbour.ID) {
        list.update(id) { $0.photos = progress }
        publish()
    }
}
