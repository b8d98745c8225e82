import Crypto
import Foundation
import SyncCore

struct HelloFields: VectorFields {
    let least: UInt8
    let greatest: UInt8
    let community: Hex
    let device: Hex
    let milliseconds: Number64
    let trusted: Bool
    let digest: Hex
    let heads: Hex

    init(reading bytes: [UInt8]) throws {
        let hello = try Hello(bytes: bytes)
        least = hello.versions.lowerBound
        greatest = hello.versions.upperBound
        community = Hex(hello.community.bytes)
        device = Hex(hello.device)
        milliseconds = Number64(hello.clock.milliseconds)
        trusted = hello.clock.isTrusted
        digest = Hex(hello.digest)
        heads = Hex(hello.heads)
    }

    func written() throws -> [UInt8] {
        Hello(
            versions: least...max(least, greatest), community: try community.community(),
            device: try device.device(),
            clock: .init(milliseconds: milliseconds.value, isTrusted: trusted),
            digest: try digest.hash(), heads: try heads.hash()
        ).bytes
    }
}

struct BranchFields: Codable, Equatable, Sendable {
    let device: Hex
    let epoch: Number64

    init(_ branch: Branch) {
        device = Hex(branch.device)
        epoch = Number64(branch.epoch)
    }

    func branch() throws -> Branch { Branch(device: try device.device(), epoch: epoch.value) }
}

struct PullRequestFields: VectorFields {
    let wantsHeads: Bool
    let heads: HeadsFields
    let skipped: [BranchFields]

    init(reading bytes: [UInt8]) throws {
        let request = try PullRequest(bytes: bytes)
        wantsHeads = request.wantsHeads
        heads = HeadsFields(request.heads)
        skipped = request.skipped.map(BranchFields.init)
    }

    func written() throws -> [UInt8] {
        PullRequest(
            heads: try heads.value(), skipping: Set(try skipped.map { try $0.branch() }),
            wantsHeads: wantsHeads
        ).bytes
    }
}

struct PullAnswerFields: VectorFields {
    var heads: HeadsFields?
    let frame: FrameFields

    init(reading bytes: [UInt8]) throws {
        let answer = try PullAnswer(bytes: bytes)
        heads = answer.heads.map { HeadsFields($0) }
        frame = try FrameFields(answer.frame)
    }

    func written() throws -> [UInt8] {
        PullAnswer(heads: try heads?.value(), frame: try frame.frame()).bytes
    }
}

struct RefusedFields: Codable, Equatable, Sendable {
    let device: Hex
    let epoch: Number64
    let reason: String
    let place: Number64

    init(_ run: RefusedRun) {
        device = Hex(run.branch.device)
        epoch = Number64(run.branch.epoch)
        (reason, place) =
            switch run.reason {
            case .notAdmitted: ("notAdmitted", Number64(0))
            case .tooManyLogs: ("tooManyLogs", Number64(0))
            case .fault(.wrongKey): ("wrongKey", Number64(0))
            case .fault(.unsealedEnd): ("unsealedEnd", Number64(0))
            case .fault(.badSignature(let place)): ("badSignature", Number64(place))
            case .fault(.gap(let place)): ("gap", Number64(place))
            case .fault(.fork(let place)): ("fork", Number64(place))
            }
    }

    func run() throws -> RefusedRun {
        let found: RefusedRun.Reason =
            switch reason {
            case "notAdmitted": .notAdmitted
            case "tooManyLogs": .tooManyLogs
            case "wrongKey": .fault(.wrongKey)
            case "unsealedEnd": .fault(.unsealedEnd)
            case "badSignature": .fault(.badSignature(sequence: place.value))
            case "gap": .fault(.gap(after: place.value))
            case "fork": .fault(.fork(sequence: place.value))
            default: throw Hex.Wrong()
            }
        let branch = Branch(device: try device.device(), epoch: epoch.value)
        return RefusedRun(branch: branch, reason: found)
    }
}

struct PushAnswerFields: VectorFields {
    let heads: HeadsFields
    let refused: [RefusedFields]

    init(reading bytes: [UInt8]) throws {
        let answer = try PushAnswer(bytes: bytes)
        heads = HeadsFields(answer.heads)
        refused = answer.refused.map(RefusedFields.init)
    }

    func written() throws -> [UInt8] {
        PushAnswer(heads: try heads.value(), refused: try refused.map { try $0.run() }).bytes
    }
}

struct RefusalFields: VectorFields {
    private static let plain: [(String, SessionFault)] = [
        ("malformed", .malformed), ("wrongCommunity", .wrongCommunity), ("stranger", .stranger),
        ("removed", .removed), ("wrongDevice", .wrongDevice), ("newerProtocol", .newerProtocol),
        ("olderProtocol", .olderProtocol), ("tooLarge", .tooLarge), ("busy", .busy),
        ("noRoom", .noRoom),
    ]

    let fault: String
    let status: Int
    var run: RefusedFields?

    init(reading bytes: [UInt8]) throws {
        let refusal = try Refusal(bytes: bytes)
        status = refusal.status
        if case .badRun(let branch, let fault) = refusal.fault {
            self.fault = "badRun"
            run = RefusedFields(RefusedRun(branch: branch, reason: .fault(fault)))
        } else {
            fault = try Hex.made(Self.plain.first { $0.1 == refusal.fault }).0
        }
    }

    func written() throws -> [UInt8] {
        if let run {
            let refused = try run.run()
            guard case .fault(let fault) = refused.reason else { throw Hex.Wrong() }
            return Refusal(found: .badRun(refused.branch, fault)).bytes
        }
        // The fields name what the one who asked understands; the other way round it is found.
        let told = try Hex.made(Self.plain.first { $0.0 == fault }).1
        return Refusal(found: Refusal(found: told).fault).bytes
    }
}

/// A seal: what is sealed by which key, and the signature. Signing may be random elsewhere, so
/// only its check is compared when the files are read.
struct SealCase: VectorCase {
    struct Fields: Codable, Equatable, Sendable {
        let seed: Hex
        var key: Hex
        var device: Hex
        let hash: Hex
    }

    let name: String
    var bytes: Hex
    var fields: Fields

    func computed() throws -> Self {
        let signing = try Curve25519.Signing.PrivateKey(rawRepresentation: fields.seed.bytes)
        let hash = try fields.hash.hash()
        var copy = self
        copy.fields.key = Hex(Array(signing.publicKey.rawRepresentation))
        copy.fields.device = Hex(DeviceID(signing.publicKey))
        if !Seal.isValid(bytes.bytes, over: hash, by: signing.publicKey) {
            copy.bytes = Hex(try Seal.sign(hash, with: signing))
        }
        return copy
    }
}
