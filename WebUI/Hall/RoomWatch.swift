public import Logging
public import ServiceLifecycle
import Synchronization

/// Looks several times a second whether `public.db` says something new, keeps it in memory for
/// the pages, and tells the screens. A look is one row; nothing is shared with whoever writes.
public final class RoomWatch: Service {
    private static let pace = Duration.milliseconds(200)

    private let reader: PublicReader
    private let logger: Logger
    private let state: Mutex<PublicReader.Content>
    private let bells = Mutex((next: 0, all: [Int: AsyncStream<Int>.Continuation]()))

    /// Begins with what is there.
    public init(_ reader: PublicReader, logger: Logger) throws {
        self.reader = reader
        self.logger = logger
        state = Mutex(try reader.contentAtOnce())
    }

    /// What the hall knows now.
    public var content: PublicReader.Content { state.withLock(\.self) }

    /// Looks until the program ends.
    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var isBlind = false
            while !Task.isCancelled {
                do {
                    if try await reader.version() != content.version {
                        let fresh = try await reader.content()
                        state.withLock { $0 = fresh }
                        let bells = bells.withLock { Array($0.all.values) }
                        for bell in bells { bell.yield(fresh.version) }
                    }
                    isBlind = false
                } catch {
                    // Once, not five times a second.
                    if !isBlind {
                        logger.error(
                            "the hall cannot read", metadata: ["error": "\(type(of: error))"])
                    }
                    isBlind = true
                }
                try? await Task.sleep(for: Self.pace)
            }
        }
    }

    /// The version now, then each new one; a slow screen hears of the newest alone.
    func versions() -> AsyncStream<Int> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            continuation.yield(content.version)
            let id = bells.withLock { bells in
                bells.next += 1
                bells.all[bells.next] = continuation
                return bells.next
            }
            continuation.onTermination = { [weak self] _ in
                _ = self?.bells.withLock { $0.all.removeValue(forKey: id) }
            }
        }
    }
}
