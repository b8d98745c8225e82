public import Hall
import Participation

/// What the desk needs of the room: the box of the phones' ballots, and where phones find us.
public struct Room: Sendable {
    let box: BallotBox
    /// The laptop's addresses in its networks, the likeliest first.
    let addresses: @Sendable () -> [String]

    /// A room with a box.
    public init(box: BallotBox, addresses: @escaping @Sendable () -> [String]) {
        self.box = box
        self.addresses = addresses
    }

    /// Where phones come in, without `http://`, as people type it.
    func doors(port: Int) -> [String] { addresses().map { "\($0):\(port)" } }

    /// The QR code of a round at the first address.
    static func picture(_ doors: [String], code: String) -> QRPicture? {
        doors.first.flatMap { QRPicture("http://\($0)/j/\(code)") }
    }
}

extension Texts: Sentences {}

extension Listener {
    /// The hall's port: 80 above the desk's (design.md §6).
    var hallPort: Int? {
        switch self {
        case .desk(let port): port + 80
        case .network(let port): port - 43 + 80
        case .socket: nil
        }
    }
}
