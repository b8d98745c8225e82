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
        try stream(context) { String($0.version) }
    }

    /// For phones: another round, or other people in the room. The count of those who have sent
    /// goes on with each of them, and is none of a phone's business.
    @Sendable func openPhoneStream(
        _ request: Request, _ context: HallContext
    ) async throws -> Response {
        try stream(context, \.phoneState)
    }

    private func stream(
        _ context: HallContext, _ word: @escaping @Sendable (PublicReader.Content) -> String
    ) throws -> Response {
        let place = StreamPlace(context.address, allowance)
        guard let place else { throw HallError.tooOften }
        let watch = watch
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8"],
            body: ResponseBody { writer in
                defer { withExtendedLifetime(place) {} }
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

/// A stream's place among those of its address, given back when nothing holds it any more: a body
/// that was never asked for ends as well.
private final class StreamPlace: Sendable {
    private let address: String
    private let allowance: HallAllowance

    /// Nil where the address has all its streams.
    init?(_ address: String, _ allowance: HallAllowance) {
        guard allowance.opensStream(address) else { return nil }
        (self.address, self.allowance) = (address, allowance)
    }

    deinit { allowance.closeStream(address) }
}

extension PublicReader.Content {
    /// What a phone's page depends on.
    var phoneState: String {
        room.round.map { "\($0.id)-\($0.expected)" } ?? "none"
    }
}
