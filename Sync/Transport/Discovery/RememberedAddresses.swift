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

    private static let limit = 64
    private static let fileBytes = 65_536
    private static let hourMilliseconds: UInt64 = 3_600_000

    /// This way of finding.
    public let source = DiscoverySource.remembered
    private let file: URL
    private let places: Mutex<[Place]>
    private let isDamaged: Bool

    /// Reads the file; one that is missing or damaged begins empty.
    public init(file: URL) {
        self.file = file
        let read = Self.read(file)
        isDamaged = read == nil
        places = Mutex(Array((read ?? []).prefix(Self.limit)))
    }

    /// The places in a file, none where there is no file; nil where it is damaged.
    private static func read(_ file: URL) -> [Place]? {
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        guard let data = try? Data(contentsOf: file), data.count <= fileBytes else { return nil }
        return try? JSONDecoder().decode([Place].self, from: data)
    }

    /// Notes that a laptop was reached; the same place is written once an hour at most.
    /// - Throws: what the disk says; nothing is lost by it but the note.
    public func note(
        _ device: DeviceID, at address: PeerAddress, milliseconds: UInt64
    ) throws {
        let name = device.description
        let kept = places.withLock { places -> [Place]? in
            let last = places.first { $0.device == name }
            if let last, last.address == address,
                milliseconds >= last.lastContactMilliseconds,
                milliseconds - last.lastContactMilliseconds < Self.hourMilliseconds
            {
                return nil
            }
            places.removeAll { $0.device == name && $0.address == address }
            places.insert(
                Place(
                    device: name, address: address,
                    lastContactMilliseconds: milliseconds), at: 0)
            places = Array(places.prefix(Self.limit))
            return places
        }
        guard let kept else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try AtomicFile.write(encoder.encode(kept), to: file, isReplacing: true)
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
