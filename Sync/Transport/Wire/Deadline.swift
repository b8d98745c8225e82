import NIOCore
import Synchronization

/// Closes a channel when a time is over. Whoever waits on the channel then sees it end, and asks
/// ``isOver`` why.
final class Deadline: Sendable {
    private let over = Mutex(false)
    private let scheduled = Mutex<Scheduled<Void>?>(nil)
    private let channel: any Channel

    init(_ channel: any Channel, _ time: Duration) {
        self.channel = channel
        renew(time)
    }

    /// Whether it struck.
    var isOver: Bool { over.withLock { $0 } }

    /// Starts anew.
    func renew(_ time: Duration) {
        let next = channel.eventLoop.scheduleTask(in: TimeAmount(time)) { [self] in
            over.withLock { $0 = true }
            channel.close(promise: nil)
        }
        scheduled.withLock { old in
            old?.cancel()
            old = next
        }
    }

    /// Ends it.
    func cancel() { scheduled.withLock { $0?.cancel() } }
}
