public import Hall
import Logging
import Participation
public import ServiceLifecycle
import Store

/// The core's side of the hall: keeps `public.db` as the records, the rounds and the networks
/// stand.
public struct RoomKeeper: Service {
    /// How soon after one writing the next may come: a room of phones is one change, not 150.
    private static let pace = Duration.milliseconds(250)
    /// How many times as long as the last writing it rests at least: a map of ten thousand things
    /// takes a second to draw, and the desk needs the machine too.
    private static let rest = 4
    /// And at most.
    private static let longestRest = Duration.seconds(2)
    /// How often the laptop's addresses are looked at.
    private static let interval = Duration.seconds(5)

    private let office: Office
    private let room: Room
    private let writer: PublicWriter
    private let port: Int

    /// `port` is the one on which the hall listens.
    public init?(_ office: Office, writer: PublicWriter, port: Int) {
        guard let room = office.room else { return nil }
        (self.office, self.room, self.writer, self.port) = (office, room, writer, port)
    }

    /// Writes what is new until the program ends.
    public func run() async throws {
        let (bells, bell) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup { group in
            group.addTask { for await _ in office.store.changes() { bell.yield() } }
            group.addTask { for await _ in room.box.changes() { bell.yield() } }
            group.addTask {
                while (try? await Task.sleep(for: Self.interval)) != nil { bell.yield() }
            }
            bell.yield()
            var last: (PublicRoom, [String: String])?
            var told: String?
            for await _ in bells.cancelOnGracefulShutdown() {
                let begun = ContinuousClock.now
                do {
                    let (view, pictures) = try await read()
                    if last?.0 != view || last?.1 != pictures {
                        try await writer.write(view, pictures: pictures)
                        last = (view, pictures)
                    }
                    told = nil
                } catch {
                    // The hall goes on showing what it has; the next change tries again. One line
                    // in the log is enough for a box that cannot be read for hours.
                    let kind = "\(type(of: error))"
                    if told != kind {
                        office.logger.error("the hall was not told", metadata: ["error": "\(kind)"])
                    }
                    told = kind
                }
                let rest = min(begun.duration(to: .now) * Self.rest, Self.longestRest)
                try? await Task.sleep(for: max(Self.pace, rest))
            }
            group.cancelAll()
        }
    }

    /// What the hall may know now.
    func read() async throws -> (room: PublicRoom, pictures: [String: String]) {
        let standing = try await room.box.standing()
        let chosen = try await room.box.setting(.meeting).flatMap { RecordID($0) }
        let network = try await room.box.setting(.network)
        let open = standing.flatMap { $0.round.state == .open ? $0 : nil }
        let view = RoomView(texts: office.texts)
        let meeting = open?.round.event ?? chosen
        let (municipality, shown) = try await office.store.read { reader in
            (
                try view.municipality(reader),
                try meeting.flatMap { try view.meeting($0, reader) }
            )
        }
        var found = PublicRoom()
        found.municipality = municipality
        found.meeting = shown?.meeting
        if let open {
            let doors = room.doors(port: port)
            var round = PublicRoom.Round(open)
            round.addresses = Array(doors.prefix(3))
            round.network = network.flatMap { try? OpenText(announced: $0) }
            round.picture = Room.picture(doors, code: round.code)
            found.round = round
        }
        return (found, shown?.pictures ?? [:])
    }
}
