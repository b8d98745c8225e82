/// Why a run is not taken, as bytes: a code, and a place where the code has one, else 0.
///
///     1 never admitted   2 too many logs   3 key is not the log's   4 end not sealed
///     5 seal wrong at the place            6 entries missing after the place
///     7 another entry stands at the place
extension RefusedRun.Reason {
    private enum Code: UInt8 {
        case notAdmitted = 1
        case tooManyLogs = 2
        case wrongKey = 3
        case unsealedEnd = 4
        case badSignature = 5
        case gap = 6
        case fork = 7
    }

    private var parts: (code: Code, place: UInt64) {
        switch self {
        case .notAdmitted: (.notAdmitted, 0)
        case .tooManyLogs: (.tooManyLogs, 0)
        case .fault(.wrongKey): (.wrongKey, 0)
        case .fault(.unsealedEnd): (.unsealedEnd, 0)
        case .fault(.badSignature(let place)): (.badSignature, place)
        case .fault(.gap(let place)): (.gap, place)
        case .fault(.fork(let place)): (.fork, place)
        }
    }

    func write(to writer: inout ByteWriter) {
        writer.byte(parts.code.rawValue)
        writer.fixed(parts.place)
    }

    init(from reader: inout ByteReader) throws(EncodingError) {
        let byte = try reader.byte()
        guard let code = Code(rawValue: byte) else { throw .unknownFormat(byte) }
        let place = try reader.fixed()
        self =
            switch code {
            case .notAdmitted: .notAdmitted
            case .tooManyLogs: .tooManyLogs
            case .wrongKey: .fault(.wrongKey)
            case .unsealedEnd: .fault(.unsealedEnd)
            case .badSignature: .fault(.badSignature(sequence: place))
            case .gap: .fault(.gap(after: place))
            case .fork: .fault(.fork(sequence: place))
            }
        guard parts.place == place else { throw .notCanonical }
    }
}
