import CDNSService

/// Finds out what a service says and where it is: first its record, then the IPv4 address of its
/// host. Touched only by the thread of ``DNSService``.
final class DNSLookup {
    let candidate: DNSServiceWorker.Candidate
    let begun = ContinuousClock.now
    private(set) var service: DNSServiceRef?
    private(set) var text: ServiceText?
    private(set) var port = 0
    /// The address, in dotted digits.
    private(set) var host: String?
    private(set) var isOver = false
    private(set) var isEnded = false
    private var target: [CChar]?
    private var isAsking = false

    init(_ candidate: DNSServiceWorker.Candidate) { self.candidate = candidate }

    func begin() {
        let error = DNSServiceResolve(
            &service, 0, candidate.interface, candidate.name, DNSService.type, candidate.domain,
            { _, _, _, error, _, target, port, length, text, context in
                DNSLookup.at(context)?.resolved(error, target, port, length, text)
            }, Unmanaged.passUnretained(self).toOpaque())
        if error != 0 { isOver = true }
    }

    func process() {
        guard let service else { return }
        if DNSServiceProcessResult(service) != 0 { isOver = true }
    }

    /// Goes on to the address once the record is there. Not done within a callback: the library
    /// still uses the reference there.
    func proceed() {
        guard !isOver, !isAsking, let target else { return }
        isAsking = true
        release()
        let error = DNSServiceQueryRecord(
            &service, 0, candidate.interface, target, UInt16(kDNSServiceType_A),
            UInt16(kDNSServiceClass_IN),
            { _, _, _, error, _, _, _, length, data, _, context in
                DNSLookup.at(context)?.answered(error, length, data)
            }, Unmanaged.passUnretained(self).toOpaque())
        if error != 0 { isOver = true }
    }

    func end() {
        release()
        isEnded = true
    }

    private func release() {
        if let service { DNSServiceRefDeallocate(service) }
        service = nil
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> DNSLookup? {
        context.map { Unmanaged<DNSLookup>.fromOpaque($0).takeUnretainedValue() }
    }

    private func resolved(
        _ error: DNSServiceErrorType, _ target: UnsafePointer<CChar>?, _ port: UInt16,
        _ length: UInt16, _ bytes: UnsafePointer<UInt8>?
    ) {
        guard error == 0, let target, let bytes,
            let text = ServiceText(
                bytes: Array(UnsafeBufferPointer(start: bytes, count: Int(length))))
        else {
            isOver = true
            return
        }
        self.text = text
        self.port = Int(UInt16(bigEndian: port))
        self.target = Array(String(cString: target).utf8CString)
    }

    private func answered(
        _ error: DNSServiceErrorType, _ length: UInt16, _ data: UnsafeRawPointer?
    ) {
        isOver = true
        guard error == 0, length == 4, let data else { return }
        host = UnsafeRawBufferPointer(start: data, count: 4)
            .map { String($0) }.joined(separator: ".")
    }
}
