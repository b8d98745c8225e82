import Glibc
import NIOCore
import NIOPosix
import NIOSSL
public import SyncCore

/// Why a laptop could not be talked with.
public enum PeerTrouble: Error, Sendable, Hashable {
    /// No connection came about, or it broke.
    case unreachable(Unreachable)
    /// It answered, and would not; or what it answered was wrong.
    case fault(SessionFault)
}

/// Why no connection came about, for the page "why can't I see the other laptop?".
public enum Unreachable: String, Error, Sendable, Hashable, CaseIterable {
    /// Nothing leads there: the cable is out, or the address is of another network.
    case noRoute
    /// A computer is there, but the program does not run on it, or a firewall turns it away.
    case nothingListens
    /// Nobody answers: switched off, asleep, or kept apart by the access point.
    case timedOut
    /// The name means nothing here.
    case unknownName
    /// Something else answers there.
    case notAshar
    /// A laptop answers there, but its key is nobody's here.
    case strangerThere
    /// The laptop there does not take our key: it never knew us.
    case notKnownThere
    /// Another laptop than the wanted one answers there.
    case anotherLaptop
    /// It is this laptop itself.
    case ownAddress
    /// The connection broke in the middle.
    case lost

    init(_ error: any Error) {
        switch error {
        case let reason as Unreachable: self = reason
        case let error as IOError: self = Unreachable(errno: error.errnoCode)
        case let error as NIOConnectionError: self = Unreachable(error)
        case let error as ChannelError:
            if case .connectTimeout = error { self = .timedOut } else { self = .lost }
        case is SocketAddressError: self = .unknownName
        case let error as NIOSSLError: self = Unreachable(text: String(describing: error))
        case let error as BoringSSLError: self = Unreachable(text: String(describing: error))
        case is NIOSSLExtraError: self = .strangerThere
        default: self = .lost
        }
    }

    private init(_ error: NIOConnectionError) {
        if let attempt = error.connectionErrors.first {
            self = Unreachable(attempt.error)
        } else {
            self = error.dnsAError != nil || error.dnsAAAAError != nil ? .unknownName : .timedOut
        }
    }

    private init(errno code: CInt) {
        switch code {
        case ECONNREFUSED: self = .nothingListens
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: self = .noRoute
        case ETIMEDOUT: self = .timedOut
        default: self = .lost
        }
    }

    /// BoringSSL tells an alert of the other side in its text only.
    private init(text: String) {
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            self = .strangerThere
        } else if text.contains("ALERT") {
            self = .notKnownThere
        } else if text.contains("WRONG_VERSION") || text.contains("HTTP_REQUEST") {
            self = .notAshar
        } else {
            self = .lost
        }
    }
}
