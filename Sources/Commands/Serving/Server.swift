import Foundation
import Hall
import Logging
import NIOCore
import ServiceLifecycle
import Store
import UnixSignals
import WebUI

/// The program as it runs on a laptop: all listeners until somebody stops it.
struct Server {
    let core: Core
    let ports: PortOptions
    let opensBrowser: Bool

    func run() async throws {
        let listeners = Listeners(core: core)
        let address = "http://127.0.0.1:\(ports.desk)/"
        let opensBrowser = opensBrowser
        OpenFiles.allow()
        let store = core.store
        let (writer, watch) = try publicRoom()
        let hall = try Hall(
            watch: watch, slot: core.box, folder: LiveWorld.resources(of: "WebUI"),
            logger: core.logger, now: { store.now })
        let keeper = RoomKeeper(core.office, writer: writer, port: ports.hall)
        let services: [any Service] =
            [
                listeners.desk(port: ports.desk) {
                    Terminal.write(Array("Ашар: \(address)\n".utf8))
                    if opensBrowser { Browser.open(address) }
                },
                try listeners.network(port: ports.network),
                listeners.socket {}, core.network, watch, listeners.hall(hall, port: ports.hall),
            ] + [keeper].compactMap(\.self)
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: core.logger))
        let warming = Task(priority: .low) { await core.office.warm() }
        defer { warming.cancel() }
        do {
            try await group.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw CommandFailure(
                message: """
                    Port \(ports.desk), \(ports.network) or \(ports.hall) is taken by another program. Stop it, or \
                    choose other ports: ashar serve --port-base 8800
                    """)
        }
        await core.bundles.end()
        try writer.close()
        try core.box.close()
        try core.store.close()
    }

    /// What the hall may see, made anew.
    /// - Throws: ``CommandFailure`` where the disk has no room for it.
    private func publicRoom() throws -> (PublicWriter, RoomWatch) {
        do {
            let now = Int(clamping: core.store.now)
            return (
                try PublicWriter(folder: core.folder, version: now),
                try RoomWatch(PublicReader(folder: core.folder), logger: core.logger)
            )
        } catch {
            throw CommandFailure(
                message: """
                    The file public.db in \(core.folder.path) cannot be made: the disk may be \
                    full, or the folder may belong to another user. Free some room and try again.
                    """)
        }
    }
}

/// The system's limit of open files: a full hall has more connections than it usually allows.
enum OpenFiles {
    static func allow() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 8192)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Opens the desk page in the laptop's browser, where there is one.
enum Browser {
    @Sendable static func open(_ address: String) {
        let environment = ProcessInfo.processInfo.environment
        guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xdg-open", address]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        // Without a browser to open, the printed address does.
        try? process.run()
    }
}
