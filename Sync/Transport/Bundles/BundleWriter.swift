public import Crypto
public import Foundation
public import SyncCore

/// Writes bundles.
public actor BundleWriter {
    /// What was written.
    public struct Receipt: Sendable, Equatable {
        /// The files, the first one first.
        public let files: [URL]
        /// Their bytes.
        public let bytes: Int
        /// What is in them.
        public let contents: BundleContents
        /// Laptops whose key cannot be encrypted to: the bundle is not for them.
        public let leftOut: [DeviceID]
    }

    private let community: CommunityID
    private let signing: Curve25519.Signing.PrivateKey
    private let agreement: Curve25519.KeyAgreement.PrivateKey
    private let partBytes: Int
    private let executor = BundleExecutor()

    /// Writes as the laptop with these log and bundle keys. Files have at most `partBytes`.
    public init(
        community: CommunityID, signing: Curve25519.Signing.PrivateKey,
        agreement: Curve25519.KeyAgreement.PrivateKey, partBytes: Int = BundleLimits.partBytes
    ) {
        self.community = community
        self.signing = signing
        self.agreement = agreement
        self.partBytes = partBytes
    }

    /// The thread apart on which the stick is written.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Writes what `next` and then `nextPhoto` give, until they give nil, and reads it back from
    /// the stick before it returns. `bundle` is drawn anew for each bundle. The receivers are the
    /// laptops that belong to the community now; the writer itself need not be among them.
    /// - Throws: ``BundleWriteFault``, `CancellationError`, or what the sources throw. Then
    ///   nothing is left of the bundle, as far as the stick is still there.
    public func write(
        _ bundle: Nonce, _ manifest: BundleManifest, for receivers: [DeviceKeys], to file: URL,
        progress: @escaping BundleProgress.Report = { _ in },
        nextPhoto: @escaping @Sendable () async throws -> BundlePhoto? = { nil },
        next: @escaping @Sendable () async throws -> Frame?
    ) async throws -> Receipt {
        guard let name = BundleName(file) else { throw BundleWriteFault.badName }
        let cipher = BundleCipher()
        let (header, leftOut) = try header(bundle, receivers, cipher)
        let output = try BundleOutput(name)
        do {
            var encoder = BundleEncoder(
                header, cipher, signing: signing, to: output, partBytes: partBytes)
            var contents = BundleContents(manifest)
            try encoder.append(.manifest(manifest))
            var frame = try await Self.whole(next)
            while let current = frame {
                try Task.checkCancellation()
                frame = try await Self.whole(next)
                let piece = BundlePiece.frame(Frame(runs: current.runs, hasMore: frame != nil))
                try encoder.append(piece)
                contents.count(piece)
                progress(.init(phase: .writing, bytes: output.bytes, totalBytes: nil))
            }
            while let photo = try await nextPhoto() {
                try Task.checkCancellation()
                try encoder.append(.photo(photo))
                contents.count(.photo(photo))
                progress(.init(phase: .writing, bytes: output.bytes, totalBytes: nil))
            }
            try encoder.finish()
            progress(.init(phase: .writing, bytes: output.bytes, totalBytes: output.bytes))
            try output.publish()
            try readBack(name, cipher, contents, progress)
            return Receipt(
                files: output.files, bytes: output.bytes, contents: contents, leftOut: leftOut)
        } catch {
            output.discard()
            throw error
        }
    }

    /// The next frame that has something in it.
    private static func whole(
        _ next: @Sendable () async throws -> Frame?
    ) async throws -> Frame? {
        while let frame = try await next() {
            if !frame.runs.isEmpty { return frame }
            try Task.checkCancellation()
        }
        return nil
    }

    private func header(
        _ bundle: Nonce, _ receivers: [DeviceKeys], _ cipher: BundleCipher
    ) throws -> (BundleHeader, leftOut: [DeviceID]) {
        guard let log = RawKey(bytes: signing.publicKey.rawRepresentation),
            let mine = RawKey(bytes: agreement.publicKey.rawRepresentation)
        else { throw BundleWriteFault.tooLarge }
        var keys = Dictionary(receivers.map { ($0.device, $0.bundle) }) { first, _ in first }
        keys[DeviceID(log)] = mine
        let wraps = keys.compactMap { device, key in
            cipher.wrap(for: device, key, community: community, bundle: bundle, by: agreement)
        }
        let header = BundleHeader(
            community: community, bundle: bundle, creator: log, part: 1, wraps: wraps)
        guard let header else { throw BundleWriteFault.tooLarge }
        let leftOut = Set(keys.keys).subtracting(wraps.map(\.device))
        return (header, leftOut.sorted())
    }

    /// The seals cover every byte, so what is read back with right seals is what was written.
    private func readBack(
        _ name: BundleName, _ cipher: BundleCipher, _ written: BundleContents,
        _ progress: BundleProgress.Report
    ) throws {
        do {
            let parts = try BundleParts(name)
            let total = parts.totalBytes
            parts.dropCache()
            var stream = try BundleStream(parts, cipher, author: signing.publicKey)
            var found = BundleContents(written.manifest)
            while let piece = try stream.next() {
                try Task.checkCancellation()
                found.count(piece)
                progress(.init(phase: .checking, bytes: stream.bytes, totalBytes: total))
            }
            guard found == written else { throw BundleWriteFault.readBackDiffers }
        } catch is BundleFault {
            throw BundleWriteFault.readBackDiffers
        }
    }
}
