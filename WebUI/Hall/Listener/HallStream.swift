import Hummingbird
import NIOCore
import ServiceLifecycle

/// Tells screens and phones that there is something new to see (server-sent events, WHATWG HTML
/// §9.2). A message holds a number alone; the page asks for what it shows.
extension Hall {
    private static let interval = Duration.seconds(10)

    /// For screens: every new version.
    @Sendable func openScreenStream(
        _ request: Request, _ context: HallContext
    ) async throws -> Response {
        stream { String($0.version) }
    }

    /// For phones: another round, or other people in the room. The count of those who have sent
    /// goes on with each of them, and is none of a phone's business.
    @Sendable func openPhoneStream(
        _ request: Request, _ context: HallContext
    ) async throws -> Response {
        stream(\.phoneState)
    }

    private func stream(
        _ word: @escaping @Sendable (PublicReader.Content) -> String
    ) -> Response {
        let watch = watch
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                var said: String?
                for await version in Self.beats(watch.versions()).cancelOnGracefulShutdown() {
                    let now = word(watch.content)
                    if version != nil, now == said { continue }
                    let text = version == nil ? ": \n\n" : "event: state\ndata: \(now)\n\n"
                    if version != nil { said = now }
                    try await writer.write(ByteBuffer(string: text))
                }
                try await writer.finish(nil)
            })
    }

    /// Versions, and nil as a sign of life between them.
    private static func beats(_ versions: AsyncStream<Int>) -> AsyncStream<Int?> {
        AsyncStream(bufferingPolicy: .bufferingNewest(4)) { continuation in
            let work = Task.detached {
                await withTaskGroup { group in
                    group.addTask { for await version in versions { continuation.yield(version) } }
                    group.addTask {
                        while (try? await Task.sleep(for: interval)) != nil {
                            continuation.yield(nil)
                        }
                    }
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }
}

extension PublicReader.Content {
    /// What a phone's page depends on.
    var phoneState: String {
        room.round.map { "\($0.id)-\($0.expected)" } ?? "none"
    }
}
