import Hummingbird
import NIOCore
import Participation
import ServiceLifecycle
import Store

/// Tells an open page what changed (server-sent events, WHATWG HTML §9.2). The messages hold
/// kinds and ids alone; the page asks for what it may see.
enum EventStream {
    private enum Message: Sendable {
        case change(ChangeNotice)
        case stillHere
    }

    /// How often an idle connection hears that it is alive.
    static let interval = Duration.seconds(15)

    static func open(_ visit: Visit) async throws -> Response {
        let (store, access) = (visit.store, visit.access)
        let changes = store.changes()
        let head = try await visit.read { try $0.head() }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8"],
            body: ResponseBody { writer in
                let hello = JSON.object([.init("head", .string(head))])
                try await writer.write(message("hello", hello))
                for await next in merged(changes).cancelOnGracefulShutdown() {
                    switch next {
                    case .stillHere: try await writer.write(ByteBuffer(string: ": \n\n"))
                    case .change(let notice):
                        for buffer in messages(notice, access) { try await writer.write(buffer) }
                    }
                }
                try await writer.finish(nil)
            })
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

    /// Changes and a sign of life every now and then, as one sequence. The two tasks end with
    /// the sequence, when the page goes away.
    private static func merged(_ changes: AsyncStream<ChangeNotice>) -> AsyncStream<Message> {
        AsyncStream(bufferingPolicy: .bufferingNewest(200)) { continuation in
            let work = Task.detached {
                await withTaskGroup { group in
                    group.addTask {
                        for await change in changes { continuation.yield(.change(change)) }
                    }
                    group.addTask {
                        while (try? await Task.sleep(for: interval)) != nil {
                            continuation.yield(.stillHere)
                        }
                    }
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }
}
