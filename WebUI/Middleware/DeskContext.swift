public import Hummingbird
import Participation

/// What is known of a request beside its own words.
public struct DeskContext: RequestContext {
    /// What the library needs.
    public var coreContext: CoreRequestContextStorage
    /// The language to answer in.
    var language = Language.ky
    /// Who asks; nil for somebody who is not logged in.
    var visitor: Visitor?

    /// Starts with nobody.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}

/// A person who is logged in, or the command line of this laptop.
struct Visitor: Sendable {
    let account: Record?
    let access: Access
    let token: String?

    var actorID: RecordID? { account?.id }
}

/// The listeners and what differs among them.
public enum Listener: Sendable, Equatable {
    /// `127.0.0.1`: the laptop's own browser.
    case desk(port: Int)
    /// HTTPS for phones and other laptops.
    case network(port: Int)
    /// The Unix socket in the data folder: the command line of the same user.
    case socket

    /// The exact authorities it answers to; `names` are the laptop's own at the moment.
    func answers(to authority: String, names: () -> Set<String>) -> Bool {
        switch self {
        case .desk(let port): ["127.0.0.1:\(port)", "localhost:\(port)"].contains(authority)
        case .network(let port): names().contains { "\($0):\(port)" == authority }
        case .socket: true
        }
    }

    var scheme: String {
        if case .network = self { "https" } else { "http" }
    }

    var cookieName: String {
        if case .network = self { "__Host-ashar" } else { "ashar-desk" }
    }
}
