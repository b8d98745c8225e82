public import Crypto
public import Foundation
public import SyncCore

/// Reads bundles. Each is gone through twice: once to check all of it, once to hand it over. So
/// it needs no room for more than a chunk and a frame or photo, and nothing is ever half taken.
public actor BundleReader {
    private let community: CommunityID
    private let device: DeviceID
    private let agreement: Curve25519.KeyAgreement.PrivateKey
    private let author: @Sendable (DeviceID) -> DeviceKeys?
    private let executor = BundleExecutor()

    /// Reads as a laptop with this bundle key. `author` gives the keys of laptops that were ever
    /// admitted (``Membership/members``), removed ones too: what of theirs counts is decided
    /// entry by entry.
    public init(
        community: CommunityID, device: DeviceID,
        agreement: Curve25519.KeyAgreement.PrivateKey,
        author: @escaping @Sendable (DeviceID) -> DeviceKeys?
    ) {
        self.community = community
        self.device = device
        self.agreement = agreement
        self.author = author
    }

    /// The thread apart on which the stick is read.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Says what a file is, and checks all of it, without taking anything. What is wrong with a
    /// bundle stands in the summary.
    /// - Throws: ``BundleFault`` for what is no bundle this program can read, or
    ///   `CancellationError`.
    public func inspect(
        _ file: URL, progress: BundleProgress.Report = { _ in }
    ) async throws -> BundleSummary {
        let parts = try Self.parts(file)
        do {
            var stream = try open(parts)
            return BundleSummary(parts, .success(try check(&stream, parts, progress)))
        } catch let fault as BundleFault {
            return BundleSummary(parts, .failure(fault))
        }
    }

    /// Checks a whole bundle, then hands its frames over to `take`, and after that its photos to
    /// `takePhoto`, where there is one. `holding` is what this laptop holds. To take a bundle
    /// twice changes nothing.
    ///
    /// `take` is to ask for the frames in one transaction, and to roll it back where they throw:
    /// a stick can be pulled between checking and taking.
    /// - Throws: ``BundleFault``, `CancellationError`, or what the takers throw.
    public func read<Outcome: Sendable>(
        _ file: URL, holding: Heads, progress: @escaping BundleProgress.Report = { _ in },
        takePhoto: (@Sendable (BundlePhoto) async throws -> Void)? = nil,
        take: @Sendable (BundleFrames) async throws -> Outcome
    ) async throws -> (summary: BundleSummary, outcome: Outcome) {
        let (summary, frames) = try checked(file, holding, progress)
        let outcome = try await take(frames)
        while let takePhoto, let photo = try frames.nextPhoto() {
            try Task.checkCancellation()
            if photo.isIntact { try await takePhoto(photo) }
        }
        return (summary, outcome)
    }

    private nonisolated func checked(
        _ file: URL, _ holding: Heads, _ progress: @escaping BundleProgress.Report
    ) throws -> (BundleSummary, BundleFrames) {
        let parts = try Self.parts(file)
        var stream = try open(parts)
        let contents = try check(&stream, parts, progress)
        let gaps = contents.manifest.gaps(after: holding)
        guard gaps.isEmpty else { throw BundleFault.gaps(gaps) }
        let (summary, total) = (BundleSummary(parts, .success(contents)), parts.totalBytes)
        // From the same open files, so that what was checked is what is taken.
        let again = try open(parts)
        return (summary, BundleFrames(again, totalBytes: total, progress: progress))
    }

    private static func parts(_ file: URL) throws(BundleFault) -> BundleParts {
        guard let name = BundleName(file) else { throw .notABundle }
        return try BundleParts(name)
    }

    /// Whose it is and whether it is for this laptop, before anything of it is decrypted.
    private nonisolated func open(_ parts: BundleParts) throws -> BundleStream {
        let header = parts.header
        guard header.community == community else {
            throw BundleFault.otherCommunity(header.community)
        }
        guard let wrap = header.wrap(for: device) else { throw BundleFault.notForThisLaptop }
        guard let keys = author(header.device), keys.log == header.creator,
            let signer = try? Curve25519.Signing.PublicKey(
                rawRepresentation: header.creator.bytes)
        else { throw BundleFault.unknownAuthor(header.device) }
        let cipher = try? BundleCipher(
            unwrapping: wrap, of: header, by: keys.bundle, with: agreement)
        guard let cipher else { throw BundleFault.altered }
        return try BundleStream(parts, cipher, author: signer)
    }

    private nonisolated func check(
        _ stream: inout BundleStream, _ parts: BundleParts, _ progress: BundleProgress.Report
    ) throws -> BundleContents {
        let total = parts.totalBytes
        var contents: BundleContents?
        while let piece = try stream.next() {
            try Task.checkCancellation()
            if case .manifest(let manifest) = piece { contents = BundleContents(manifest) }
            contents?.count(piece)
            progress(.init(phase: .checking, bytes: stream.bytes, totalBytes: total))
        }
        guard let contents else { throw BundleFault.malformed }
        return contents
    }
}
