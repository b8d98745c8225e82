import HTTPTypes
import Hummingbird
import NIOCore
import Participation

/// Every way in which a request to the hall can fail; `hall.json` has a sentence for each.
enum HallError: Error, Equatable {
    case badRequest, notFound, wrongMethod, foreign, tooLarge, tooOften, server
    case refused(BallotRefusal)

    /// What any error comes to.
    init(_ error: any Error) {
        switch error {
        case let error as HallError: self = error
        case let refusal as BallotRefusal: self = .refused(refusal)
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as any HTTPResponseError:
            switch error.status {
            case .notFound: self = .notFound
            case .contentTooLarge: self = .tooLarge
            case .methodNotAllowed: self = .wrongMethod
            default: self = .badRequest
            }
        default: self = .server
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .notFound: .notFound
        case .wrongMethod: .methodNotAllowed
        case .foreign: .forbidden
        case .tooLarge: .contentTooLarge
        case .tooOften: .tooManyRequests
        case .server: .internalServerError
        case .refused(let refusal): refusal.status
        }
    }

    var key: String {
        switch self {
        case .badRequest: "hall.error.badRequest"
        case .notFound: "hall.error.notFound"
        case .wrongMethod: "hall.error.badRequest"
        case .foreign: "hall.error.foreign"
        case .tooLarge: "hall.error.tooLarge"
        case .tooOften: "hall.error.tooOften"
        case .server: "hall.error.server"
        case .refused(let refusal): refusal.key
        }
    }
}

extension BallotRefusal {
    var status: HTTPResponse.Status {
        switch self {
        case .noRound, .closedRound, .otherSeat: .conflict
        case .unknownSeat, .wrongCode, .roomFull: .forbidden
        case .empty, .tooMany, .tooLong, .notPlain, .unknownOption, .wrongKind:
            .unprocessableContent
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .notKept: .internalServerError
        }
    }

    /// The name of its sentence.
    var key: String {
        switch self {
        case .noRound: "hall.refusal.noRound"
        case .wrongCode: "hall.refusal.wrongCode"
        case .closedRound: "hall.refusal.closedRound"
        case .unknownSeat: "hall.refusal.unknownSeat"
        case .otherSeat: "hall.refusal.otherSeat"
        case .roomFull: "hall.refusal.roomFull"
        case .empty: "hall.refusal.empty"
        case .tooMany: "hall.refusal.tooMany"
        case .tooLong: "hall.refusal.tooLong"
        case .notPlain: "hall.refusal.notPlain"
        case .unknownOption, .wrongKind: "hall.refusal.unknownOption"
        case .diskFull: "hall.refusal.diskFull"
        case .notKept: "hall.refusal.notKept"
        }
    }

    /// The figures its sentence quotes.
    var details: [String: String] {
        switch self {
        case .tooMany(let most): ["most": String(most)]
        case .tooLong(let sticker):
            ["number": String(sticker), "most": String(StickerLimit.characters)]
        case .notPlain(let sticker): ["number": String(sticker)]
        default: [:]
        }
    }

    /// The sticker it is about, from 1.
    var sticker: Int? {
        switch self {
        case .tooLong(let sticker), .notPlain(let sticker): sticker
        default: nil
        }
    }
}
