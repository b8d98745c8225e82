import Foundation
import Hall
import Logging
import Store
import SyncTransport
import WebUI

/// The open store with everything the listeners need.
struct Core {
    let folder: URL
    let keys: KeyFiles
    let store: Store
    let office: Office
    let network: PeerNetwork
    let bundles: Bundles
    let box: BallotBox
    let logger: Logger

    /// Opens the store of a folder. `sticks` are folders to be used like sticks.
    /// - Throws: ``StoreError/inUse(pid:)`` where another process has it; other errors as
    ///   ``CommandFailure`` that say what to do.
    static func open(
        _ folder: URL, demo: Office.DemoLogin? = nil, peering: PeeringOptions = .usual,
        sticks: [URL] = []
    ) async throws -> Core {
        umask(0o077)
        var logger = Logger(label: "ashar") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        do {
            let keys = try KeyFiles(folder: folder.appendingPathComponent("keys"))
            let store = try Store(
                folder: folder, environment: LiveWorld.storeEnvironment(keys, folder: folder))
            let network = try PeerNetwork(
                store, keys: keys, folder: folder, port: peering.port,
                isDiscovering: peering.isDiscovering, logger: logger)
            let bundles = try Bundles(
                network, keys: keys, finder: .live(sticks),
                folder: folder.appendingPathComponent("transfers"),
                randomBytes: LiveWorld.randomBytes, logger: logger)
            let box = try ballotBox(folder)
            let office = try await Office(
                store: store, assets: LiveWorld.resources(of: "WebUI"),
                vendor: LiveWorld.vendor, demo: demo, laptops: Laptops(network),
                bundles: bundles, agreement: Agreements.make(store),
                photographs: PhotoProcess(),
                room: Room(box: box, addresses: NetworkNames.hallAddresses), logger: logger,
                version: Version.text, networkNames: NetworkNames.current,
                randomBytes: LiveWorld.randomBytes)
            return Core(
                folder: folder, keys: keys, store: store, office: office, network: network,
                bundles: bundles, box: box, logger: logger)
        } catch let error as StoreError {
            if case .inUse = error { throw error }
            throw CommandFailure(message: explain(error, folder))
        } catch let KeyFiles.Fault.unreadable(file) {
            throw CommandFailure(
                message: """
                    The key file \(file) in \(folder.path)/keys is damaged. It is this laptop's \
                    identity: put it back from where it was copied, or move the whole data folder \
                    away and start anew.
                    """)
        }
    }

    /// - Throws: ``CommandFailure``; what phones have sent stays where it is.
    private static func ballotBox(_ folder: URL) throws -> BallotBox {
        do {
            return try BallotBox(folder: folder, randomBytes: LiveWorld.randomBytes)
        } catch {
            throw CommandFailure(
                message: """
                    The file ballots.db in \(folder.path) cannot be opened: the disk may be full, \
                    or the file may belong to another user. Free some room and try again.
                    """)
        }
    }

    private static func explain(_ error: StoreError, _ folder: URL) -> String {
        switch error {
        case .diskFull: "The disk is full. Free some room and try again."
        case .newerVersion:
            "The data in \(folder.path) was written by a newer version of the program. Install it."
        case .notDurable: "The database in \(folder.path) cannot be made to flush every commit."
        case .damaged(let what):
            "The database in \(folder.path) is damaged (\(what)). Run: ashar verify"
        default: "The data in \(folder.path) cannot be opened."
        }
    }
}

/// How this laptop speaks with others.
struct PeeringOptions {
    let port: Int
    let isDiscovering: Bool

    static let usual = PeeringOptions(port: PortOptions.usualBase + 44, isDiscovering: false)
}

/// The program's version.
enum Version {
    static let text = "0.1.0"
}
