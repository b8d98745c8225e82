import Foundation
import Store
import SyncCore
import SyncTransport
import WebUI

/// Looking into bundles and taking them.
extension Bundles {
    private static let keptUploads = 4

    func sticks() async -> [Stick] {
        finder.places().map { place in
            let found = (try? BundleFolder.bundles(in: place.folder)) ?? []
            let files = found.map { (file: $0, at: Self.changed($0)) }.sorted { $0.at > $1.at }
            return Stick(
                id: place.id, label: place.label, freeBytes: Self.freeBytes(place.folder),
                bundles: files.compactMap { file, _ in
                    name(file).map {
                        .init(id: $0, name: file.lastPathComponent, bytes: Self.bytes(file))
                    }
                })
        }
    }

    func bundle(at path: String) async throws(LaptopFault) -> BundleID {
        let file = URL(fileURLWithPath: path)
        guard BundleName(file) != nil, let id = name(file) else { throw .notBundle }
        guard FileManager.default.isReadableFile(atPath: path) else { throw .goneBundle }
        return id
    }

    func receive(_ upload: URL) async throws(LaptopFault) -> BundleID {
        let header: BundleHeader
        do { header = try BundleHeader(of: upload) } catch { throw naming(error) }
        let code = Hexadecimal.text(header.bundle.bytes)
        guard let id = BundleID("upload-\(code)") else { throw .failed }
        let place = folder.appendingPathComponent("incoming-\(code)", isDirectory: true)
        let first = place.appendingPathComponent("ashar-\(code.prefix(8)).ashar")
        guard let name = BundleName(first) else { throw .failed }
        let files = FileManager.default
        do {
            try files.createDirectory(
                at: place, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let file = name.file(part: header.part)
            try? files.removeItem(at: file)
            try files.moveItem(at: upload, to: file)
        } catch {
            throw .diskFull
        }
        named[id] = first
        uploads = uploads.filter { $0 != id } + [id]
        while uploads.count > Self.keptUploads { forget(uploads[0]) }
        return id
    }

    func inspect(_ bundle: BundleID) async throws(LaptopFault) -> WebUI.BundleSummary {
        let file = try await file(of: bundle)
        do { return try await tools.inspect(file) } catch { throw naming(error) }
    }

    func takeIn(_ bundle: BundleID, by actor: Actor) async throws(LaptopFault) -> TransferID {
        let file = try await file(of: bundle)
        let id = try makeID()
        let place = StickFinder.Place(folder: file.deletingLastPathComponent())
        let stick = finder.places().first { $0.id == place.id }
        let tools = tools
        try begin(.intake, stick: stick?.label, named: id) { report in
            let receipt = try await tools.take(file, report)
            await self.forget(bundle)
            return receipt
        }
        return id
    }

    /// Removes an upload that nobody needs any more.
    private func forget(_ id: BundleID) {
        guard let place = uploads.firstIndex(of: id), let file = named[id] else { return }
        uploads.remove(at: place)
        named[id] = nil
        try? FileManager.default.removeItem(at: file.deletingLastPathComponent())
    }

    /// What the pages call a file.
    private func name(_ file: URL) -> BundleID? {
        guard let id = BundleID("file-\(StickFinder.Place.name(file))") else { return nil }
        named[id] = file
        return id
    }

    private func file(of bundle: BundleID) async throws(LaptopFault) -> URL {
        // A page that was opened before the program started names what nobody listed yet.
        if named[bundle] == nil { _ = await sticks() }
        guard let file = named[bundle] else { throw .goneBundle }
        return file
    }

    private static func changed(_ file: URL) -> Date {
        let found = try? FileManager.default.attributesOfItem(atPath: file.path)
        return found?[.modificationDate] as? Date ?? .distantPast
    }

    private static func bytes(_ first: URL) -> Int {
        BundleCheck.parts(of: first).reduce(0) { sum, file in
            let found = try? FileManager.default.attributesOfItem(atPath: file.path)
            return sum + ((found?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }

    private static func freeBytes(_ folder: URL) -> Int? {
        let found = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return (found?[.systemFreeSize] as? NSNumber)?.intValue
    }
}

extension Bundles.Tools {
    /// Reads and checks all of a bundle, and takes nothing.
    func inspect(_ file: URL) async throws -> WebUI.BundleSummary {
        let found = try await reader().inspect(file)
        if let fault = found.fault { throw fault }
        guard let contents = found.contents, let maker = LaptopID(found.author) else {
            throw LaptopFault.failed
        }
        let (manifest, mine) = (contents.manifest, try await store.heads())
        let gaps = manifest.gaps(after: mine)
        guard gaps.isEmpty else { throw BundleFault.gaps(gaps) }
        return WebUI.BundleSummary(
            name: file.lastPathComponent, bytes: found.bytes, parts: found.parts, maker: maker,
            madeAt: manifest.written.milliseconds, isEverything: manifest.basis.count == 0,
            entries: contents.entries,
            newEntries: Int(clamping: mine.entriesMissing(of: manifest.heads)),
            photos: contents.photos)
    }

    /// Takes a bundle: all of it or nothing.
    func take(_ file: URL, _ report: @escaping Bundles.Report) async throws -> BundleReceipt {
        let files = try await BundleCheck.files(BundleCheck.parts(of: file))
        let store = store
        let taken = try await reader().read(
            file, holding: try await store.heads(), progress: { report(WorkProgress($0)) },
            takePhoto: { try await Self.take($0, store) },
            take: { frames in try await store.takeBundle { try frames.next() } })
        guard let contents = taken.summary.contents, let maker = LaptopID(taken.summary.author)
        else { throw LaptopFault.failed }
        if contents.photos > 0 { store.announceBlobs() }
        store.hear(contents.manifest.written)
        await others.add(contents.manifest.heads, of: taken.summary.author)
        await others.write()
        let intake = taken.outcome
        return BundleReceipt(
            at: store.now, maker: maker, madeAt: contents.manifest.written.milliseconds,
            files: files,
            logs: BundleReceipt.logs(
                intake.entries, new: intake.newEntries,
                leftOut: Set(intake.refused.map(\.branch.device))),
            photos: contents.photos, digestBefore: intake.digestBefore.short,
            digest: intake.digest.short)
    }

    /// Nobody fills the disk with what no record names.
    private static func take(_ photo: BundlePhoto, _ store: Store) async throws {
        guard let hash = BlobHash(bytes: photo.hash.bytes),
            try await store.read({ try $0.names(hash) })
        else { return }
        _ = try await store.withBlobs { try $0.add(photo.bytes) }
    }

    private func reader() async throws -> BundleReader {
        guard let community = try await store.community() else { throw LaptopFault.noCommunity }
        let authors = try await store.bundleAuthors()
        return BundleReader(
            community: community, device: device, agreement: agreement,
            author: { authors[$0] })
    }
}
