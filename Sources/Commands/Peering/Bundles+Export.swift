import Foundation
import Store
import SyncCore
import SyncTransport
import WebUI

/// Writing bundles.
extension Bundles {
    func export(
        _ scope: BundleScope, to goal: BundleGoal, by actor: Actor
    ) async throws(LaptopFault) -> TransferID {
        let id = try makeID()
        let (place, stick) = try place(goal, id)
        let tools = tools
        try begin(.export(scope), stick: stick, named: id) { report in
            try await tools.write(scope, to: place, report)
        }
        return id
    }

    func file(of export: TransferID, part: Int) async throws(LaptopFault) -> URL {
        guard let transfer = await transfers().first(where: { $0.id == export }),
            case .done(let receipt) = transfer.phase, receipt.files.indices.contains(part - 1)
        else { throw .goneBundle }
        return outgoing(export).appendingPathComponent(receipt.files[part - 1].name)
    }

    /// The folder or the file to write to, and the stick's label.
    private func place(
        _ goal: BundleGoal, _ id: TransferID
    ) throws(LaptopFault) -> (URL, stick: String?) {
        switch goal {
        case .stick(let name):
            guard let place = finder.places().first(where: { $0.id == name }) else {
                throw .badStick
            }
            return (place.folder, place.label)
        case .download:
            let place = outgoing(id)
            do {
                try FileManager.default.createDirectory(
                    at: place, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            } catch {
                throw .diskFull
            }
            return (place, nil)
        case .path(let path):
            let file = URL(fileURLWithPath: path)
            guard file.isFolder || BundleName(file) != nil else { throw .notBundle }
            return (file, file.lastPathComponent)
        }
    }
}

extension Bundles.Tools {
    /// Writes a bundle to a file, or under a name of its own into a folder.
    func write(
        _ scope: BundleScope, to place: URL, _ report: @escaping Bundles.Report
    ) async throws -> BundleReceipt {
        let material = try await material(scope)
        guard let nonce = Nonce(bytes: randomBytes(16)),
            let digest = Hash(bytes: material.digest.bytes), let maker = LaptopID(device)
        else { throw LaptopFault.failed }
        let name = BundleName.suggested(written: material.written, bundle: nonce)
        let file = place.isFolder ? place.appendingPathComponent(name) : place
        let writer = BundleWriter(
            community: material.community, signing: signing, agreement: agreement)
        let photos = PhotoQueue(try await store.blobs(lackedBy: material.basis), in: store)
        let written = try await writer.write(
            nonce,
            BundleManifest(
                basis: material.basis, heads: material.heads, digest: digest,
                written: material.written), for: material.receivers, to: file,
            progress: { report(WorkProgress($0)) }, nextPhoto: { try await photos.next() },
            next: { try await material.next() })
        return BundleReceipt(
            at: store.now, maker: maker, madeAt: material.written.milliseconds,
            files: try await BundleCheck.files(written.files),
            logs: BundleReceipt.logs(material.entries, new: [:]),
            photos: written.contents.photos, digest: material.digest.short)
    }

    private func material(_ scope: BundleScope) async throws -> BundleMaterial {
        var basis = Heads()
        if case .lacking(let laptop) = scope {
            guard let other = DeviceID(laptop) else { throw LaptopFault.unknownLaptop }
            basis = await others.heads(of: other) ?? Heads()
        }
        let material = try await store.bundleMaterial(lackedBy: basis)
        let receivers = Set(material.receivers.map(\.device))
        guard receivers.contains(device) else { throw LaptopFault.selfRemoved }
        if case .lacking(let laptop) = scope {
            guard receivers.contains(where: { $0.description == laptop.text }) else {
                throw LaptopFault.unknownLaptop
            }
        }
        return material
    }
}

extension URL {
    /// Whether there is a folder.
    fileprivate var isFolder: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
