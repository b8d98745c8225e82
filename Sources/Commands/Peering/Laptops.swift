import Foundation
import Store
import SyncCore
import SyncTransport
import Synchronization
import WebUI

/// The other laptops as the pages and the command line ask for them.
actor Laptops: LaptopService {
    nonisolated let network: PeerNetwork
    var joining: Joining?
    var tried = PairingLimits()
    /// What the laptop is called that was admitted last.
    var admitted: LaptopLabel?

    init(_ network: PeerNetwork) {
        self.network = network
    }

    nonisolated var store: Store { network.store }

    func state() async -> LaptopsState {
        let neighbourhood = await network.parts?.synchronizer.state
        let standing = await standing()
        let missing = await missing(standing.members)
        return LaptopsState(
            community: standing.community,
            laptops: standing.members.compactMap { member in
                Laptop(
                    member, isSelf: member.device == network.keys.device,
                    neighbour: neighbourhood?[member.device], digest: standing.digest,
                    missing: missing[member.device],
                    isForked: standing.forked.contains(member.device.description))
            },
            discovery: await discovery(neighbourhood))
    }

    /// What the store says of the community; a store that cannot be read says nothing.
    private struct Standing {
        var community: LaptopsState.Community?
        var members: [Membership.Member] = []
        var digest: Digest?
        /// The laptops of which two wrote under one name.
        var forked: Set<String> = []
    }

    private func standing() async -> Standing {
        guard let community = try? await store.community() else { return Standing() }
        let membership = try? await store.membership()
        let members = membership.map { Array($0.members.values) } ?? []
        return Standing(
            community: .init(
                tag: CommunityTag(community).description,
                isFoundedHere: membership?.members[network.keys.device]?.depth == 0),
            members: members.sorted { ($0.label.text, $0.device) < ($1.label.text, $1.device) },
            digest: try? await store.digest(),
            forked: (try? await store.read { try $0.forkedDevices() }) ?? [])
    }

    nonisolated func changes() -> AsyncStream<LaptopChange> {
        AsyncStream(bufferingPolicy: .bufferingNewest(4)) { continuation in
            let task = Task { [network, store] in
                await withDiscardingTaskGroup { group in
                    group.addTask {
                        for await _ in await network.signs() {
                            continuation.yield(.neighbours)
                            try? await Task.sleep(for: .milliseconds(250))
                        }
                    }
                    group.addTask {
                        for await _ in store.changes() {
                            continuation.yield(.waiting)
                            try? await Task.sleep(for: .milliseconds(250))
                        }
                    }
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    func exchange(with laptop: LaptopID?) async throws(LaptopFault) -> [LaptopID] {
        guard let synchronizer = await network.parts?.synchronizer else { throw .noCommunity }
        let known = await synchronizer.state.neighbours
        guard let laptop else {
            await synchronizer.meetAll()
            return known.compactMap { $0.device.flatMap { LaptopID($0.description) } }
        }
        guard let neighbour = known.first(where: { $0.device?.description == laptop.text }) else {
            throw .unknownLaptop
        }
        Task { await synchronizer.meet(neighbour.id) }
        return [laptop]
    }

    func connect(to address: LaptopAddress) async throws(LaptopFault) -> LaptopID {
        guard let synchronizer = await network.parts?.synchronizer else { throw .noCommunity }
        guard let place = PeerAddress(host: address.host, port: address.port ?? network.port),
            let neighbour = await synchronizer.meet(place)
        else { throw .unreachable }
        switch neighbour.contact {
        case .unreachable(.ownAddress): throw .ownAddress
        case .unreachable, .untried: throw .unreachable
        case .broken, .reachable, .talking: break
        }
        guard let device = neighbour.device, let id = LaptopID(device.description) else {
            throw .unreachable
        }
        return id
    }

    /// What each lacks of ours and we of theirs, by what it said last that it holds.
    private func missing(_ members: [Membership.Member]) async -> [DeviceID: Laptop.Missing] {
        guard let mine = try? await store.heads() else { return [:] }
        let photos = (try? await store.missingBlobs().count) ?? 0
        var missing: [DeviceID: Laptop.Missing] = [:]
        for member in members {
            guard let theirs = await network.others.heads(of: member.device) else { continue }
            missing[member.device] = .init(
                entriesHere: Int(clamping: mine.entriesMissing(of: theirs)),
                entriesThere: Int(clamping: theirs.entriesMissing(of: mine)), photosHere: photos)
        }
        return missing
    }

    private func discovery(_ neighbourhood: Neighbourhood?) async -> WebUI.Discovery {
        let sources = neighbourhood?.sources ?? [:]
        return WebUI.Discovery(
            avahi: avahi(sources[.dnsService]), hasBeacon: sources[.beacon] == .working,
            port: network.port,
            isPortTaken: await network.isPortTaken, networks: NetworkNames.networks())
    }

    private func avahi(_ status: DiscoveryStatus?) -> WebUI.Discovery.Avahi {
        guard network.isDiscovering else { return .off }
        return switch status {
        case .working?: .running
        case .daemonAbsent?: .stopped
        default: .absent
        }
    }
}
