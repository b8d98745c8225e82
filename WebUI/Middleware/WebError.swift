import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

/// Every way in which a request can fail, mapped once to a status and a text.
enum WebError: Error {
    case badRequest, unauthorised, forbidden, notFound, gone, misdirected, tooLarge, busy, conflict
    case wrongMediaType, foreignOrigin
    case slowDown(seconds: Int)
    case refused([InputProblem])
    case diskFull, damaged, internalFault

    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .unauthorised: .unauthorized
        case .forbidden, .foreignOrigin: .forbidden
        case .notFound: .notFound
        case .gone: .gone
        case .misdirected: .misdirectedRequest
        case .tooLarge: .contentTooLarge
        case .busy: .serviceUnavailable
        case .conflict: .conflict
        case .wrongMediaType: .unsupportedMediaType
        case .slowDown: .tooManyRequests
        case .refused: .unprocessableContent
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .damaged, .internalFault: .internalServerError
        }
    }

    /// The name under which `errors.json` explains it.
    var name: String {
        switch self {
        case .badRequest, .wrongMediaType, .refused: "badRequest"
        case .unauthorised: "loginNeeded"
        case .forbidden: "forbidden"
        case .notFound: "notFound"
        case .gone: "recordGone"
        case .misdirected, .foreignOrigin: "wrongOrigin"
        case .tooLarge: "tooLarge"
        case .busy: "busy"
        case .conflict: "conflict"
        case .slowDown: "tooOften"
        case .diskFull: "storage"
        case .damaged, .internalFault: "server"
        }
    }

    /// What any error comes to for the person who asked.
    init(_ error: any Error) {
        switch error {
        case let error as WebError: self = error
        case StoreError.refused(let problems): self = .refused(problems)
        case StoreError.notFound: self = .notFound
        case StoreError.cannotUndo, StoreError.exists: self = .conflict
        case StoreError.diskFull: self = .diskFull
        case is StoreError: self = .damaged
        case is Passphrases.Busy: self = .busy
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as any HTTPResponseError: self = Self.ofStatus(error.status)
        default: self = .internalFault
        }
    }

    private static func ofStatus(_ status: HTTPResponse.Status) -> WebError {
        switch status {
        case .notFound: .notFound
        case .contentTooLarge: .tooLarge
        case .methodNotAllowed: .notFound
        default: .badRequest
        }
    }
}
