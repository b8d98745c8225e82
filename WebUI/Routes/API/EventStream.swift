import Hall
import Hummingbird
import NIOCore
import Participation
import ServiceLifecycle
import Store

/// Tells an open page what changed (server-sent events, WHATWG HTML §9.2). The messages hold
/// kinds and ids alone; the page asks for what it may see. The stream ends with what opened it: a
/// session that is over, an account that is disabled, a role that is another one now. A page that
/// may go on listening connects again by itself.
enum EventStream {
    /// Its address.
    static let path = "/api/v1/events"
    /// How often an idle connection hears that it is alive, and is asked whether it still may be.
    static let interval = Duration.seconds(15)

    /// How soon after one word of the room's phones the next may come.
    private static let roomPace = Duration.milliseconds(500)

    private enum Message: Sendable {
        case change(ChangeNotice)
        case laptops(LaptopChange)
        case room
        case stillHere
    }

    static func open(_ visit: Visit) async throws -> Response {
        let (store, access) = (visit.store, visit.access)
        let changes = store.changes()
        let laptops = visit.office.laptops?.changes()
        let room = visit.office.room?.box.changes()
        let ended = visit.visitor.token.map { visit.office.sessions.end(of: $0) }
        let head = try await visit.read { try $0.head() }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8"],
            body: ResponseBody { writer in
                let hello = JSON.object([.init("head", .string(head))])
                try await writer.write(message("hello", hello))
                for await next in merged(changes, laptops, room, until: ended)
                    .cancelOnGracefulShutdown()
                {
                    guard await mayGoOn(visit, after: next) else { break }
                    switch next {
                    case .stillHere: try await writer.write(ByteBuffer(string: ": \n\n"))
                    case .laptops(let change):
                        let what = JSON.object([.init("what", .string(change.rawValue))])
                        try await writer.write(message("laptops", what))
                    case .room: try await writer.write(message("room", .object([])))
                    case .change(let notice):
                        for buffer in messages(notice, access) { try await writer.write(buffer) }
                    }
                }
                try await writer.finish(nil)
            })
    }

    /// Whether the one who opened the stream is still the same, with the same role. It is looked
    /// up every now and then, and at once when an account was changed.
    private static func mayGoOn(_ visit: Visit, after message: Message) async -> Bool {
        switch message {
        case .laptops, .room: return true
        case .change, .stillHere: break
        }
        if case .change(let notice) = message, !notice.changes.isEmpty,
            !notice.changes.contains(where: { $0.entity == .account })
        {
            return true
        }
        let doorkeeper = Doorkeeper(office: visit.office, listener: visit.listener)
        // A token that opens nothing any more throws; whoever cannot be looked up may ask again.
        let now = try? await doorkeeper.visitor(visit.request, isUse: false)
        return now?.account?.id == visit.visitor.account?.id && now?.access == visit.access
    }

    /// The kinds of records that the role may not see stay unmentioned.
    private static func messages(_ notice: ChangeNotice, _ access: Access) -> [ByteBuffer] {
        if notice.changes.isEmpty { return [message("reset", .object([]))] }
        return notice.changes.filter { access.mayRead($0.entity) }.map { change in
            message(
                "change",
                .object([
                    .init("entity", .string(change.entity.rawValue)),
                    .init("id", .string(change.id.text)),
                    .init("commit", .string(notice.commit.description)),
                ]))
        }
    }

    private static func message(_ name: String, _ data: JSON) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.encoded)\n\n")
    }

    /// Changes and a sign of life every now and then, as one sequence that ends with `ended`. The
    /// tasks end with the sequence, when the page goes away.
    private static func merged(
        _ changes: AsyncStream<ChangeNotice>, _ laptops: AsyncStream<LaptopChange>?,
        _ room: AsyncStream<Void>?, until ended: AsyncStream<Never>?
    ) -> AsyncStream<Message> {
        AsyncStream(bufferingPolicy: .bufferingNewest(200)) { continuation in
            let work = Task.detached {
                await withTaskGroup { group in
                    group.addTask {
                        for await change in changes { continuation.yield(.change(change)) }
                    }
                    if let laptops {
                        group.addTask {
                            for await change in laptops { continuation.yield(.laptops(change)) }
                        }
                    }
                    if let room {
                        group.addTask {
                            // Phones send at the same moment: one word for all of them.
                            for await _ in room {
                                continuation.yield(.room)
                                try? await Task.sleep(for: roomPace)
                            }
                        }
                    }
                    group.addTask {
                        while (try? await Task.sleep(for: interval)) != nil {
                            continuation.yield(.stillHere)
                        }
                    }
                    if let ended {
                        group.addTask {
                            for await _ in ended {}
                            continuation.finish()
                        }
                    }
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }
}
