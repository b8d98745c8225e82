import NIOCore
import NIOHTTP1
import NIOSSL

/// Dials the own listener as two who may not come in: one without a certificate, one with a
/// certificate of a key that was made for it. A configuration that lets them in serves nobody.
struct SelfTest {
    let tls: PeerTLS
    let limits: PeerLimits

    /// - Throws: ``PeerServer/Fault``
    func prove(host: String, port: Int) async throws {
        guard let address = PeerAddress(host: host, port: port) else {
            throw PeerServer.Fault.notProven
        }
        for hasCertificate in [false, true] {
            if try await isLetIn(address, hasCertificate: hasCertificate) {
                throw PeerServer.Fault.letsStrangersIn
            }
        }
    }

    /// Whether any answer of HTTP comes. It has to break off; silence proves nothing.
    private func isLetIn(_ address: PeerAddress, hasCertificate: Bool) async throws -> Bool {
        let connection: PeerDialer.Connection
        do {
            connection = try await PeerDialer.connect(address, limits: limits) {
                try tls.strangerHandler(hasCertificate: hasCertificate)
            }
        } catch {
            throw PeerServer.Fault.notProven
        }
        let deadline = Deadline(connection.channel, limits.handshake)
        defer { deadline.cancel() }
        var isAnswered = false
        do {
            isAnswered = try await connection.executeThenClose { inbound, outbound in
                var head = HTTPRequestHead(
                    version: .http1_1, method: .GET, uri: PeerPath.changes.rawValue)
                head.headers.add(name: "host", value: address.description)
                try await outbound.write(contentsOf: [.head(head), .end(nil)])
                for try await part in inbound {
                    guard case .head(let answer) = part else { return true }
                    // While the door is open for a pairing, a stranger is told to go away.
                    return !(hasCertificate && answer.status == .forbidden)
                }
                return false
            }
        } catch {
            isAnswered = false
        }
        try Task.checkCancellation()
        guard isAnswered || !deadline.isOver else { throw PeerServer.Fault.notProven }
        return isAnswered
    }
}
