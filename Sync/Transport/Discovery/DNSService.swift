import Foundation
import Glibc

/// Announces this laptop as `_ashar._tcp` and looks for others (RFC 6763), through the DNS-SD
/// library of Avahi. The library wants a thread of its own, which sleeps in poll(2).
public struct DNSService: Discovery {
    /// The type of the service.
    static let type = "_ashar._tcp"

    /// This way of finding.
    public let source = DiscoverySource.dnsService
    private let own: Announcement
    private let instance: String
    private let interfaces: NetworkInterfaces

    /// Prepares it. `nonce` is a few random bytes: the name of the service, which says nothing.
    public init(
        _ own: Announcement, nonce: [UInt8], interfaces: NetworkInterfaces = .init()
    ) {
        self.own = own
        instance = "ashar-" + nonce.prefix(8).map { String($0, radix: 16) }.joined()
        self.interfaces = interfaces
    }

    /// Announces and looks until the task is cancelled; where the daemon is not there, or goes
    /// away, it says so and tries again.
    public func run(_ report: @escaping @Sendable (DiscoveryEvent) -> Void) async {
        guard let stop = StopSignal() else {
            report(.status(source, .noNetwork))
            return
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let thread = Thread { [own, instance, interfaces] in
                    let worker = DNSServiceWorker(
                        own: own, instance: instance, interfaces: interfaces, stop: stop,
                        report: report)
                    worker.run()
                    continuation.resume()
                }
                thread.name = "ashar-dns-sd"
                thread.start()
            }
        } onCancel: {
            stop.fire()
        }
    }
}

/// Wakes a thread that sleeps in poll(2), for good.
final class StopSignal: Sendable {
    let descriptor: Int32
    private let sender: Int32

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        descriptor = ends[0]
        sender = ends[1]
    }

    deinit {
        close(descriptor)
        close(sender)
    }

    func fire() {
        var byte: UInt8 = 1
        _ = write(sender, &byte, 1)
    }

    /// Sleeps; true where it was fired. What is written stays, so it stays fired.
    func wait(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }
}
