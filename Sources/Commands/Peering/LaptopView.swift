import SyncCore
import SyncTransport
import WebUI

/// A member of the community as the pages show it.
struct LaptopView {
    let member: Membership.Member
    let own: DeviceID
    let neighbour: Neighbour?
    /// Eight characters of this laptop's digest.
    let digest: String?
    /// What one of the two has and the other has not; nil where nothing was ever heard of it.
    let missing: Laptop.Missing?

    var laptop: Laptop? {
        guard let id = LaptopID(member.device.description) else { return nil }
        let isSelf = member.device == own
        var laptop = Laptop(
            id: id, label: member.label.text, role: LaptopRole(member.role), isSelf: isSelf)
        laptop.isRemoved = member.isRemoved
        if isSelf { laptop.digest = digest } else { laptop.missing = missing }
        guard let neighbour, !isSelf else { return laptop }
        laptop.presence = presence(neighbour)
        laptop.address = neighbour.addresses.first?.description
        laptop.lastSeen = neighbour.lastContactMilliseconds
        if let at = neighbour.lastContactMilliseconds {
            laptop.lastExchange = .init(
                at: at, received: Int(clamping: neighbour.received),
                sent: Int(clamping: neighbour.sent))
        }
        if let progress = neighbour.progress {
            let done = progress.received &+ progress.sent
            let total = done &+ progress.toReceive &+ progress.toSend
            laptop.running = WorkProgress(
                done: Int(clamping: done), total: total == 0 ? nil : Int(clamping: total))
        }
        switch neighbour.agreement {
        case .unknown: laptop.comparison = .unknown
        case .same:
            laptop.comparison = .same
            laptop.digest = digest
        case .different: laptop.comparison = .different
        }
        return laptop
    }

    private func presence(_ neighbour: Neighbour) -> Laptop.Presence {
        switch neighbour.contact {
        case .talking, .reachable: .here
        case .untried: .away(.notSeen)
        case .unreachable(let reason): .away(AwayReason(reason))
        case .broken(let fault): .away(AwayReason(fault))
        }
    }
}

extension LaptopRole {
    init(_ role: DeviceRole) {
        self =
            switch role {
            case .office: .office
            case .clerk: .clerk
            case .reader: .reader
            }
    }
}

extension DeviceRole {
    init(_ role: LaptopRole) {
        self =
            switch role {
            case .office: .office
            case .clerk: .clerk
            case .reader: .reader
            }
    }
}

extension AwayReason {
    init(_ reason: Unreachable) {
        self =
            switch reason {
            case .noRoute, .nothingListens, .timedOut, .unknownName, .notAshar, .ownAddress:
                .noAnswer
            case .strangerThere, .anotherLaptop: .otherKey
            case .notKnownThere: .unknownHere
            case .lost: .refused
            }
    }

    init(_ fault: SessionFault) {
        self =
            switch fault {
            case .wrongCommunity: .otherCommunity
            case .stranger: .unknownHere
            case .removed: .selfRemoved
            case .wrongDevice: .otherKey
            case .newerProtocol: .newerProgram
            case .olderProtocol: .olderProgram
            case .busy, .stalled: .busy
            case .noRoom: .diskFull
            case .unreachable: .noAnswer
            case .malformed, .tooLarge, .badRun, .outOfTurn: .badData
            }
    }
}
