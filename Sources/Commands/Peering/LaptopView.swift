import Store
import SyncCore
import SyncTransport
import WebUI

extension Laptop {
    /// A member of the community as the pages show it; nil without a name for its device.
    /// `digest` is that of this laptop now, `missing` what one of the two has and the other has
    /// not; nil where nothing was ever heard of it. `isForked` says that two laptops wrote under
    /// its name.
    init?(
        _ member: Membership.Member, isSelf: Bool, neighbour: Neighbour?, digest: Digest?,
        missing: Missing?, isForked: Bool
    ) {
        guard let id = LaptopID(member.device.description) else { return nil }
        self.init(id: id, label: member.label.text, role: LaptopRole(member.role), isSelf: isSelf)
        isRemoved = member.isRemoved
        needsNewPairing = isForked && !member.isRemoved
        if isSelf {
            self.digest = digest?.short
        } else {
            self.missing = missing
            if let neighbour { describe(neighbour, digest: digest) }
        }
    }

    private mutating func describe(_ neighbour: Neighbour, digest: Digest?) {
        presence = Presence(neighbour)
        address = neighbour.addresses.first?.description
        lastSeen = neighbour.lastContactMilliseconds
        lastExchange = neighbour.lastContactMilliseconds.map {
            .init(
                at: $0, received: Int(clamping: neighbour.received),
                sent: Int(clamping: neighbour.sent))
        }
        running = neighbour.progress.map { progress in
            let done = progress.received &+ progress.sent
            let total = done &+ progress.toReceive &+ progress.toSend
            return WorkProgress(
                done: Int(clamping: done), total: total == 0 ? nil : Int(clamping: total))
        }
        switch neighbour.agreement {
        case .unknown: comparison = .unknown
        case .different: comparison = .different
        case .same:
            // What was written here since, it may not have.
            guard let digest, neighbour.digest == Hash(bytes: digest.bytes) else { break }
            comparison = .same
            self.digest = digest.short
        }
    }
}

extension Laptop.Presence {
    init(_ neighbour: Neighbour) {
        self =
            switch neighbour.contact {
            case .talking, .reachable: .here
            // What it answered counts, also where it hears our changes: that we were removed.
            case .broken(let fault): .away(AwayReason(fault))
            // It may be that only it can reach us.
            case _ where neighbour.attendances > 0: .here
            case .untried: .away(neighbour.lastContactMilliseconds == nil ? .notSeen : .left)
            case .unreachable(let reason): .away(AwayReason(reason))
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
