import Foundation
import SyncCore
import Testing

/// A golden vector: what is given in it, and what follows from that. `computed()` works out
/// again what follows, so that it can be compared and, when asked for, written.
protocol VectorCase: Codable, Equatable, Sendable {
    var name: String { get }
    func computed() throws -> Self
}

/// What bytes say, as the vectors spell it out.
protocol VectorFields: Codable, Equatable, Sendable {
    init(reading bytes: [UInt8]) throws
    func written() throws -> [UInt8]
}

/// Bytes and what they say: read from the file's bytes, and written from the file's fields.
struct ByteVector<Fields: VectorFields>: VectorCase {
    let name: String
    let bytes: Hex
    let fields: Fields

    func computed() throws -> Self {
        Self(
            name: name, bytes: Hex(try fields.written()),
            fields: try Fields(reading: bytes.bytes))
    }

    /// The same for a new vector, of which only the fields are given.
    func rewritten() throws -> Self {
        let bytes = try fields.written()
        return Self(name: name, bytes: Hex(bytes), fields: try Fields(reading: bytes))
    }
}

struct VectorFile<Case: VectorCase>: Codable {
    let about: String
    var vectors: [Case]

    private static var folder: URL {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sync/Vectors/1")
    }

    /// `ASHAR_WRITE_VECTORS=1` writes the files anew from what is given in them.
    static var isWriting: Bool {
        ProcessInfo.processInfo.environment["ASHAR_WRITE_VECTORS"] == "1"
    }

    init(_ name: String) throws {
        let url = Self.folder.appendingPathComponent("\(name).json")
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }

    /// One vector a line, so that a change shows where it is.
    func write(_ name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try vectors.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        let head = String(decoding: try encoder.encode(about), as: UTF8.self)
        let text = "{\"about\":\(head),\n\"vectors\":[\n\(lines.joined(separator: ",\n"))\n]}\n"
        try Data(text.utf8).write(to: Self.folder.appendingPathComponent("\(name).json"))
    }

    static func check(_ name: String, _: Case.Type) throws {
        let file = try Self(name)
        #expect(!file.vectors.isEmpty, "\(name)")
        #expect(Set(file.vectors.map(\.name)).count == file.vectors.count, "\(name)")
        for vector in file.vectors {
            let found = try vector.computed()
            #expect(found == vector, "\(name): \(vector.name)")
        }
    }
}

extension VectorFile {
    /// Checks bytes both ways, and that no part of them is read as a whole.
    static func checkBytes<Fields>(
        _ name: String, _: Fields.Type
    ) throws where Case == ByteVector<Fields> {
        if isWriting {
            var file = try Self(name)
            file.vectors = try file.vectors.map { try $0.rewritten() }
            try file.write(name)
        }
        try check(name, Case.self)
        for vector in try Self(name).vectors {
            let bytes = vector.bytes.bytes
            let lengths = Set([0, 1, 2, bytes.count / 2, bytes.count - 1])
            for length in lengths where length < bytes.count {
                #expect(throws: EncodingError.self, "\(name): \(vector.name)") {
                    try Fields(reading: Array(bytes.prefix(length)))
                }
            }
        }
    }

    /// Checks what is worked out.
    static func checkOutcome(_ name: String, _ type: Case.Type) throws {
        if isWriting {
            var file = try Self(name)
            file.vectors = try file.vectors.map { try $0.computed() }
            try file.write(name)
        }
        try check(name, type)
    }
}

/// Bytes in hexadecimal digits.
struct Hex: Codable, Hashable, Sendable {
    struct Wrong: Error {}

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init(_ hash: Hash) { bytes = hash.bytes }
    init(_ key: RawKey) { bytes = key.bytes }
    init(_ device: DeviceID) { bytes = device.bytes }

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = Hexadecimal.bytes(text) else { throw Wrong() }
        self.bytes = bytes
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Hexadecimal.text(bytes))
    }

    func hash() throws -> Hash { try Self.made(Hash(bytes: bytes)) }
    func key() throws -> RawKey { try Self.made(RawKey(bytes: bytes)) }
    func device() throws -> DeviceID { try Self.made(DeviceID(bytes: bytes)) }
    func nonce() throws -> Nonce { try Self.made(Nonce(bytes: bytes)) }
    func community() throws -> CommunityID { try Self.made(CommunityID(bytes: bytes)) }
    func pairingNonce() throws -> PairingNonce { try Self.made(PairingNonce(bytes: bytes)) }

    static func made<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Wrong() }
        return value
    }
}

/// A number of 64 bits as decimal text, because not every reader of JSON has so many.
struct Number64: Codable, Hashable, Sendable {
    let value: UInt64

    init(_ value: UInt64) { self.value = value }

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = UInt64(text) else { throw Hex.Wrong() }
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(value))
    }
}
