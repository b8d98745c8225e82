public import Crypto

/// Checks one log from its first entry to its head: hashes, places, signatures.
public struct ChainCheck {
    /// What is wrong with an entry.
    public enum Fault: String, Error, Sendable, Equatable {
        case unreadableHeader, wrongLog, wrongPlace, brokenChain, alteredPayload, badSignature
        case unsealedEnd
    }

    private let branch: Branch
    private let key: Curve25519.Signing.PublicKey
    /// The place of the last entry that was taken.
    public private(set) var sequence: UInt64 = 0
    /// The hash of the last entry that was taken.
    public private(set) var head = Hash.zero
    private var isSealed = true

    /// Starts before the first entry.
    public init(branch: Branch, key: Curve25519.Signing.PublicKey) {
        self.branch = branch
        self.key = key
    }

    /// Takes the next entry. An erased payload is nil and is trusted by its hash.
    /// - Throws: ``Fault``; the check stays before the faulty entry.
    public mutating func take(
        header bytes: [UInt8], payload: [UInt8]?, signature: [UInt8]?
    ) throws(Fault) {
        guard let header = try? EntryHeader(bytes: bytes) else { throw .unreadableHeader }
        guard header.branch == branch else { throw .wrongLog }
        guard header.sequence == sequence + 1 else { throw .wrongPlace }
        guard header.previous == head else { throw .brokenChain }
        if let payload {
            guard Hash(of: payload) == header.payload else { throw .alteredPayload }
        }
        let hash = Hash(of: bytes)
        if let signature {
            guard Seal.isValid(signature, over: hash, by: key) else { throw .badSignature }
        }
        sequence = header.sequence
        head = hash
        isSealed = signature != nil
    }

    /// Ends the check: the last entry must be sealed.
    public func finish() throws(Fault) {
        guard isSealed else { throw .unsealedEnd }
    }
}
