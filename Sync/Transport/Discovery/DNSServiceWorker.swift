import CDNSService
import Glibc
import SyncCore

/// What happens on the thread of ``DNSService``; touched by no other.
final class DNSServiceWorker {
    /// A service somewhere, by its name on one interface.
    struct Candidate: Hashable {
        let name: String
        let domain: String
        let interface: UInt32
    }

    static let candidateLimit = 64
    private static let lookupLimit = 4
    private static let lookupTime: Duration = .seconds(10)
    private static let retryMilliseconds: Int32 = 15_000
    private static let afresh: Duration = .seconds(300)

    private let own: Announcement
    private let instance: String
    private let interfaces: NetworkInterfaces
    private let stop: StopSignal
    private let report: @Sendable (DiscoveryEvent) -> Void

    private var registration: DNSServiceRef?
    private var browser: DNSServiceRef?
    private var lookups: [DNSLookup] = []
    private(set) var candidates: Set<Candidate> = []
    private var waiting: [Candidate] = []
    private var isFailed = false
    private var isOverflown = false

    init(
        own: Announcement, instance: String, interfaces: NetworkInterfaces, stop: StopSignal,
        report: @escaping @Sendable (DiscoveryEvent) -> Void
    ) {
        self.own = own
        self.instance = instance
        self.interfaces = interfaces
        self.stop = stop
        self.report = report
    }

    /// Works until it is stopped.
    func run() {
        // The library would tell every user on the terminal that it stands in for another.
        setenv("AVAHI_COMPAT_NOWARN", "1", 1)
        var pause: Int32 = 0
        while !stop.wait(milliseconds: pause) {
            if begin() {
                report(.status(.dnsService, .working))
                serve()
            }
            pause = isFailed ? Self.retryMilliseconds : 0
            if isFailed { report(.status(.dnsService, .daemonAbsent)) }
            end()
        }
    }

    private func begin() -> Bool {
        isFailed = false
        isOverflown = false
        let me = Unmanaged.passUnretained(self).toOpaque()
        let text = ServiceText(own).bytes
        let registered = DNSServiceRegister(
            &registration, 0, 0, instance, DNSService.type, nil, nil,
            UInt16(clamping: own.port).bigEndian, UInt16(text.count), text,
            { _, _, error, _, _, _, context in
                if error != 0 { DNSServiceWorker.at(context)?.isFailed = true }
            }, me)
        let browsing = DNSServiceBrowse(
            &browser, 0, 0, DNSService.type, nil,
            { _, flags, interface, error, name, _, domain, context in
                DNSServiceWorker.at(context)?.browsed(flags, interface, error, name, domain)
            }, me)
        isFailed = registered != 0 || browsing != 0
        return !isFailed
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> DNSServiceWorker? {
        context.map { Unmanaged<DNSServiceWorker>.fromOpaque($0).takeUnretainedValue() }
    }

    private func end() {
        for lookup in lookups { lookup.end() }
        if let browser { DNSServiceRefDeallocate(browser) }
        if let registration { DNSServiceRefDeallocate(registration) }
        lookups = []
        browser = nil
        registration = nil
        candidates = []
        waiting = []
    }

    /// Sleeps and answers until the daemon goes away, or it is stopped, or it is time to look
    /// afresh because there was more than could be remembered.
    private func serve() {
        let start = ContinuousClock.now
        while !isFailed {
            beginLookups()
            let services = [browser, registration].compactMap { $0 }
            let all = services + lookups.compactMap(\.service)
            var entries = all.map {
                pollfd(fd: DNSServiceRefSockFD($0), events: Int16(POLLIN), revents: 0)
            }
            entries.append(pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0))
            guard poll(&entries, nfds_t(entries.count), 1000) >= 0 || errno == EINTR else {
                isFailed = true
                return
            }
            if entries.last?.revents != 0 { return }
            for (service, entry) in zip(services, entries) where entry.revents != 0 {
                if DNSServiceProcessResult(service) != 0 { isFailed = true }
            }
            let rest = entries.dropFirst(services.count)
            for (lookup, entry) in zip(lookups, rest) where entry.revents != 0 {
                lookup.process()
            }
            endLookups()
            if isOverflown && ContinuousClock.now - start > Self.afresh { return }
        }
    }

    private func browsed(
        _ flags: DNSServiceFlags, _ interface: UInt32, _ error: DNSServiceErrorType,
        _ name: UnsafePointer<CChar>?, _ domain: UnsafePointer<CChar>?
    ) {
        guard error == 0, let name, let domain else {
            isFailed = true
            return
        }
        let candidate = Candidate(
            name: String(cString: name), domain: String(cString: domain), interface: interface)
        let isThere = flags & DNSServiceFlags(kDNSServiceFlagsAdd) != 0
        isThere ? appeared(candidate) : vanished(candidate)
    }

    /// A service was announced; it is looked up if there is room.
    func appeared(_ candidate: Candidate) {
        guard interfaces.isUsed(index: candidate.interface), candidate.name != instance,
            !candidates.contains(candidate)
        else { return }
        guard candidates.count < Self.candidateLimit else {
            isOverflown = true
            return
        }
        candidates.insert(candidate)
        waiting.append(candidate)
    }

    /// A service is gone; its laptop may still be there, which a visit will tell.
    func vanished(_ candidate: Candidate) {
        candidates.remove(candidate)
        waiting.removeAll { $0 == candidate }
    }

    private func beginLookups() {
        while lookups.count < Self.lookupLimit, !waiting.isEmpty {
            let lookup = DNSLookup(waiting.removeFirst())
            lookup.begin()
            lookups.append(lookup)
        }
    }

    private func endLookups() {
        let now = ContinuousClock.now
        for lookup in lookups {
            lookup.proceed()
            guard lookup.isOver || now - lookup.begun > Self.lookupTime else { continue }
            lookup.end()
            take(lookup)
        }
        lookups.removeAll { $0.isEnded }
    }

    private func take(_ lookup: DNSLookup) {
        guard let text = lookup.text, text.tag == own.tag, text.device != own.device,
            let host = lookup.host, let address = PeerAddress(host: host, port: lookup.port)
        else {
            // Of another community, or nobody: its place is free again.
            candidates.remove(lookup.candidate)
            return
        }
        report(
            .found(PeerHint(address: address, device: text.device, source: .dnsService)))
    }
}
