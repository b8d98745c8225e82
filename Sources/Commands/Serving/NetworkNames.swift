import Foundation
import NIOCore
import SyncTransport
import Synchronization
import WebUI

/// The names and addresses under which phones and other laptops may call this one; looked up
/// anew every few seconds, because a laptop changes networks.
enum NetworkNames {
    private static let lifetime = Duration.seconds(5)
    private static let known = Mutex<(names: Set<String>, at: ContinuousClock.Instant)?>(nil)

    @Sendable static func current() -> Set<String> {
        let now = ContinuousClock.now
        return known.withLock { known in
            if let known, known.at.duration(to: now) < lifetime { return known.names }
            let names = find()
            known = (names, now)
            return names
        }
    }

    /// The kernel's own word: Foundation's asks the network, and waits where there is none.
    private static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        gethostname(&buffer, buffer.count - 1)
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }

    /// The laptop's networks with its addresses there; not those of containers and of itself.
    static func networks() -> [WebUI.Discovery.Network] {
        let used = NetworkInterfaces()
        var found: [String: [String]] = [:]
        for device in (try? System.enumerateDevices()) ?? [] where used.isUsed(device.name) {
            if case .v4? = device.address, let address = device.address?.ipAddress {
                found[device.name, default: []].append(address)
            }
        }
        return found.sorted { $0.key < $1.key }.map { .init(name: $0.key, addresses: $0.value) }
    }

    /// The addresses under which phones find the hall.
    @Sendable static func hallAddresses() -> [String] { networks().flatMap(\.addresses) }

    private static func find() -> Set<String> {
        let host = hostName()
        let short = host.split(separator: ".").first.map(String.init) ?? "localhost"
        var names: Set = ["localhost", host, "\(short).local"]
        for device in (try? System.enumerateDevices()) ?? [] {
            if case .v4? = device.address, let address = device.address?.ipAddress {
                names.insert(address)
            }
        }
        return names
    }
}
