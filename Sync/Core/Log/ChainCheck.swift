public import Crypto

/// Checks one log, from its first entry or from a place on that was checked before: hashes,
/// places, signatures.
public struct ChainCheck {
    /// What is wrong with an entry.
    public enum Fault: String, Error, Sendable, Equatable {
        case unreadableHeader, wrongLog, wrongPlace, brokenChain, alteredPayload, badSignature
        case unsealedEnd
    }

    private let branch: Branch
    private let key: Curve25519.Signing.PublicKey
    private var place: Head
    private var isSealed = true

    /// The place of the last entry that was taken.
    public var sequence: UInt64 { place.sequence }
    /// The hash of the last entry that was taken.
    public var head: Hash { place.hash }

    /// Starts after a place that is known to be right; without one, before the first entry.
    public init(branch: Branch, key: Curve25519.Signing.PublicKey, after place: Head = .none) {
        self.branch = branch
        self.key = key
        self.place = place
    }

    /// Takes the next entry. An erased payload is nil and is trusted by its hash.
    /// - Throws: ``Fault``; the check stays before the faulty entry.
    public mutating func take(
        header bytes: [UInt8], payload: [UInt8]?, signature: [UInt8]?
    ) throws(Fault) {
        guard let header = try? EntryHeader(bytes: bytes) else { throw .unreadableHeader }
        if let payload {
            guard Hash(of: payload) == header.payload else { throw .alteredPayload }
        }
        try take(header, hash: Hash(of: bytes), signature: signature)
    }

    /// Takes the next entry, whose hash was made from its header and whose payload was looked at.
    mutating func take(
        _ header: EntryHeader, hash: Hash, signature: [UInt8]?
    ) throws(Fault) {
        guard header.branch == branch else { throw .wrongLog }
        guard header.sequence > 0, header.sequence - 1 == place.sequence else { throw .wrongPlace }
        guard header.previous == place.hash else { throw .brokenChain }
        if let signature {
            guard Seal.isValid(signature, over: hash, by: key) else { throw .badSignature }
        }
        place = Head(sequence: header.sequence, hash: hash)
        isSealed = signature != nil
    }

    /// Ends the check: the last entry must be sealed.
    public func finish() throws(Fault) {
        guard isSealed else { throw .unsealedEnd }
    }
}
