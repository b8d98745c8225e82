import Foundation
import Store
import Synchronization
import WebUI

/// Other laptops that are only told about: what the pages ask is noted, what they show is set.
final class TestLaptops: LaptopService, LaptopBundles {
    struct World: Sendable {
        var state = TestLaptops.village
        var pairing: Pairing?
        var sticks: [Stick] = []
        var transfers: [Transfer] = []
        var summary: BundleSummary?
        var file: URL?
        /// What the next asking is refused with.
        var fault: LaptopFault?
        /// What was asked, in its order.
        var asked: [String] = []
        /// The bytes of the last upload.
        var upload: Data?
        var streams: [AsyncStream<LaptopChange>.Continuation] = []
    }

    private let world: Mutex<World>

    init(_ change: (inout World) -> Void = { _ in }) {
        var world = World()
        change(&world)
        self.world = Mutex(world)
    }

    var asked: [String] { world.withLock(\.asked) }
    var upload: Data? { world.withLock(\.upload) }

    func set(_ change: (inout sending World) -> Void) { world.withLock { change(&$0) } }

    /// Tells open pages.
    func tell(_ change: LaptopChange) {
        for stream in world.withLock(\.streams) { stream.yield(change) }
    }

    private func note(_ words: String) throws(LaptopFault) {
        let fault = world.withLock { world in
            world.asked.append(words)
            return world.fault
        }
        if let fault { throw fault }
    }

    func state() async -> LaptopsState { world.withLock(\.state) }

    func changes() -> AsyncStream<LaptopChange> {
        AsyncStream { stream in world.withLock { $0.streams.append(stream) } }
    }

    func exchange(with laptop: LaptopID?) async throws(LaptopFault) -> [LaptopID] {
        try note("exchange \(laptop?.short ?? "all")")
        return [Self.school]
    }

    func connect(to address: LaptopAddress) async throws(LaptopFault) -> LaptopID {
        try note("connect \(address)")
        return Self.school
    }

    func found(as label: LaptopLabel, by actor: Actor) async throws(LaptopFault) {
        try note("found \(label)")
    }

    func remove(_ laptop: LaptopID, by actor: Actor) async throws(LaptopFault) {
        try note("remove \(laptop.short) by \(actor.account)")
    }

    func readmit(_ laptop: LaptopID, by actor: Actor) async throws(LaptopFault) {
        try note("readmit \(laptop.short)")
    }

    func rename(
        _ laptop: LaptopID, to label: LaptopLabel, by actor: Actor
    ) async throws(LaptopFault) { try note("rename \(laptop.short) \(label)") }

    func invite(as role: LaptopRole, by actor: Actor) async throws(LaptopFault) -> InvitationFile {
        try note("invite \(role)")
        return InvitationFile(bytes: Array("invited".utf8), expires: 1)
    }

    func admit(request: [UInt8], by actor: Actor) async throws(LaptopFault) {
        try note("admit request \(String(decoding: request, as: UTF8.self))")
    }

    func request(
        with invitation: [UInt8], as label: LaptopLabel
    ) async throws(LaptopFault) -> [UInt8] {
        try note("request \(String(decoding: invitation, as: UTF8.self)) \(label)")
        return Array("requested".utf8)
    }

    func pairing() async -> Pairing? { world.withLock(\.pairing) }

    func openDoor() async throws(LaptopFault) { try note("open") }

    func join(at address: LaptopAddress, as label: LaptopLabel) async throws(LaptopFault) {
        try note("join \(address) \(label)")
    }

    func join(
        with invitation: [UInt8], at address: LaptopAddress?, as label: LaptopLabel
    ) async throws(LaptopFault) {
        try note("join \(String(decoding: invitation, as: UTF8.self)) \(label)")
    }

    func type(number: String) async throws(LaptopFault) { try note("type \(number)") }

    func admit(
        as label: LaptopLabel, role: LaptopRole, by actor: Actor
    ) async throws(LaptopFault) { try note("admit \(label) \(role)") }

    func endPairing() async { world.withLock { $0.asked.append("end") } }

    func sticks() async -> [Stick] { world.withLock(\.sticks) }

    func export(
        _ scope: BundleScope, to goal: BundleGoal, by actor: Actor
    ) async throws(LaptopFault) -> TransferID {
        let place =
            switch goal {
            case .stick(let name), .path(let name): name
            case .download: "download"
            }
        try note("export \(scope == .everything ? "all" : "lacking") \(place)")
        return Self.transfer
    }

    func receive(_ upload: URL) async throws(LaptopFault) -> BundleID {
        let bytes = try? Data(contentsOf: upload)
        world.withLock { $0.upload = bytes }
        try note("receive")
        return Self.bundle
    }

    func bundle(at path: String) async throws(LaptopFault) -> BundleID {
        try note("bundle at \(path)")
        return Self.bundle
    }

    func inspect(_ bundle: BundleID) async throws(LaptopFault) -> BundleSummary {
        try note("inspect \(bundle)")
        guard let summary = world.withLock(\.summary) else { throw .goneBundle }
        return summary
    }

    func takeIn(_ bundle: BundleID, by actor: Actor) async throws(LaptopFault) -> TransferID {
        try note("take in \(bundle)")
        return Self.transfer
    }

    func transfers() async -> [Transfer] { world.withLock(\.transfers) }

    func file(of export: TransferID, part: Int) async throws(LaptopFault) -> URL {
        guard let file = world.withLock(\.file) else { throw .goneBundle }
        return file
    }
}
