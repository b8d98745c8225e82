public import Foundation
public import SyncCore
import Synchronization

/// Where other laptops were reached before, in a file of the data folder. No names in it.
public final class RememberedAddresses: Discovery {
    private struct Place: Codable, Equatable {
        let device: String
        let address: PeerAddress
        /// Milliseconds since 1970 of the community's time.
        var lastContactMilliseconds: UInt64
    }

    private static let limit = 1024
    private static let fileBytes = 1_048_576

    /// This way of finding.
    public let source = DiscoverySource.remembered
    private let file: URL
    private let places: Mutex<[Place]>
    private let isDamaged: Bool

    /// Reads the file; one that is missing or damaged begins empty.
    public init(file: URL) {
        self.file = file
        let data = FileManager.default.fileExists(atPath: file.path) ? try? Data(contentsOf: file) : Data()
        var read: [Place]? = []
        if let data, !data.isEmpty {
            read = data.count <= Self.fileBytes
                ? try? JSONDecoder().decode([Place].self, from: data) : nil
        } else if data == nil {
            read = nil
        }
        isDamaged = read == nil
        places = Mutex(Array((read ?? []).prefix(Self.limit)))
    }

    /// Notes that a laptop was reached.
    /// - Throws: what the disk says; nothing is lost by it but the note.
    public func note(
        _ device: DeviceID, at address: PeerAddress, milliseconds: UInt64
    ) throws {
        let kept = places.withLock { places in
            places.removeAll { $0.device == device.description && $0.address == address }
            places.insert(
                Place(
                    device: device.description, address: address,
                    lastContactMilliseconds: milliseconds), at: 0)
            places = Array(places.prefix(Self.limit))
            return places
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try AtomicFile.write(encoder.encode(kept), to: file)
    }

    /// Reports all addresses once.
    public func run(_ report: @escaping @Sendable (DiscoveryEvent) -> Void) async {
        report(.status(source, isDamaged ? .fileDamaged : .working))
        for place in places.withLock({ $0 }) {
            guard let bytes = Hexadecimal.bytes(place.device),
                let device = DeviceID(bytes: bytes)
            else { continue }
            report(
                .found(PeerHint(address: place.address, device: device, source: source)))
        }
    }
}
