import SyncCore
import Testing

/// A file on a stick that admits one laptop.
struct InvitationTests {
    private static func sample() throws -> (Invitation, SampleLaptop) {
        let secret = try #require(Nonce(bytes: [UInt8](repeating: 3, count: 16)))
        let invitation = Invitation(
            community: Assembly.community, office: try SampleLaptop(1).keys, secret: secret,
            role: .clerk, expires: 1000, addresses: ["192.168.1.7:7844", "office.local:7844"])
        return (invitation, try SampleLaptop(2))
    }

    @Test func `the request is taken once, in time, and the answer is the office's`() throws {
        let (written, joiner) = try Self.sample()
        let invitation = try Invitation(bytes: written.bytes)
        #expect(invitation == written)
        let request = try InvitationRequest(
            bytes: invitation.request(from: joiner.keys, label: joiner.label).bytes)
        let tls = joiner.keys.tlsHash
        #expect(written.fault(of: request, tlsHash: tls, isUsed: false, now: 1000) == nil)
        #expect(written.fault(of: request, tlsHash: nil, isUsed: false, now: 0) == nil)
        #expect(written.fault(of: request, tlsHash: tls, isUsed: true, now: 0) == .used)
        #expect(written.fault(of: request, tlsHash: tls, isUsed: false, now: 1001) == .expired)
        #expect(written.fault(of: request, tlsHash: .zero, isUsed: false, now: 0) == .otherKey)
        let answer = try InvitationAnswer(bytes: written.answer(to: request).bytes)
        #expect(invitation.isValid(answer, to: request))
    }

    @Test func `a key that gives zeros with every other is not admitted`() throws {
        let (invitation, joiner) = try Self.sample()
        #expect(joiner.keys.isSound)
        // The points of order 1, 2, 4 and 8 on the curve (RFC 7748 §6.1), and above the prime.
        let eighth = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
        for text in [
            String(repeating: "00", count: 32), "01" + String(repeating: "00", count: 31), eighth,
            "ec" + String(repeating: "ff", count: 30) + "7f",
            "ed" + String(repeating: "ff", count: 30) + "7f",
            "ee" + String(repeating: "ff", count: 30) + "7f",
        ] {
            let bundle = try #require(Hexadecimal.bytes(text).flatMap { RawKey(bytes: $0) })
            let keys = DeviceKeys(
                log: joiner.keys.log, tlsHash: joiner.keys.tlsHash, bundle: bundle)
            #expect(!keys.isSound, "\(text)")
            let request = invitation.request(from: keys, label: joiner.label)
            let fault = invitation.fault(of: request, tlsHash: nil, isUsed: false, now: 0)
            #expect(fault == .weakKey, "\(text)")
        }
    }

    @Test func `without the secret no request and no answer is right`() throws {
        let (written, joiner) = try Self.sample()
        let request = written.request(from: joiner.keys, label: joiner.label)
        let other = Invitation(
            community: written.community, office: written.office,
            secret: try #require(Nonce(bytes: [UInt8](repeating: 4, count: 16))),
            role: written.role, expires: written.expires, addresses: [])
        #expect(other.fault(of: request, tlsHash: nil, isUsed: false, now: 0) == .forged)
        #expect(!written.isValid(other.answer(to: request), to: request))
        let bytes = request.bytes
        for place in 2..<bytes.count * 8 {
            var altered = bytes
            altered[place / 8] ^= UInt8(1 << (place % 8))
            guard let read = try? InvitationRequest(bytes: altered) else { continue }
            #expect(written.fault(of: read, tlsHash: nil, isUsed: false, now: 0) == .forged)
        }
    }

    @Test func `an answer cannot be made of the request`() throws {
        let (invitation, joiner) = try Self.sample()
        let request = invitation.request(from: joiner.keys, label: joiner.label)
        let code = request.bytes[(2 + 16 + 96)..<(2 + 16 + 96 + 32)]
        let answer = try InvitationAnswer(bytes: [UInt8(ascii: "Y"), 1] + code)
        #expect(!invitation.isValid(answer, to: request))
    }

    @Test func `files are read strictly`() throws {
        let bytes = try Self.sample().0.bytes
        for length in bytes.indices {
            #expect(throws: EncodingError.self) { try Invitation(bytes: bytes.prefix(length)) }
        }
        #expect(throws: EncodingError.self) { try Invitation(bytes: bytes + [0]) }
        for place in 0..<bytes.count * 8 {
            var altered = bytes
            altered[place / 8] ^= UInt8(1 << (place % 8))
            if let read = try? Invitation(bytes: altered) { #expect(read.bytes == altered) }
        }
    }
}
