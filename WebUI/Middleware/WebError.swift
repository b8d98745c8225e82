import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Photographs
import Store

/// Every way in which a request can fail, mapped once to a status and a text.
enum WebError: Error {
    case badRequest, unauthorised, forbidden, misdirected, tooLarge, busy, conflict, foreignOrigin
    /// No page has such an address; a program reads that there is no such address.
    case notFound, noAddress
    /// No record of the kind has such an id; nil where the kind is not known.
    case noRecord(EntityName?)
    /// No kind of record has such a name.
    case noKind(String)
    /// No file can be read there.
    case noFile
    /// The record was deleted; its history tells by whom.
    case gone(EntityName, RecordID)
    /// The body is of another kind than the one that is taken there.
    case wrongMediaType(taken: String)
    /// The address is there, for other methods.
    case wrongMethod(allowed: String)
    /// Nothing here knows such a method.
    case unknownMethod
    case slowDown(seconds: Int)
    /// The request did not arrive in time, or not at all.
    case tooSlow, clientLeft
    case refused([InputProblem])
    /// What was asked of the other laptops was not done.
    case laptop(LaptopFault)
    /// What was handed in is not taken as a photograph.
    case photo(PhotoRefusal)
    /// A photograph that another laptop has, and this one not yet.
    case photoAway
    case diskFull, damaged, internalFault

    var status: HTTPResponse.Status {
        switch self {
        case .badRequest, .clientLeft: .badRequest
        case .unauthorised: .unauthorized
        case .forbidden, .foreignOrigin: .forbidden
        case .notFound, .noAddress, .noRecord, .noKind, .noFile: .notFound
        case .gone: .gone
        case .misdirected: .misdirectedRequest
        case .tooLarge: .contentTooLarge
        case .busy: .serviceUnavailable
        case .conflict: .conflict
        case .wrongMediaType: .unsupportedMediaType
        case .wrongMethod: .methodNotAllowed
        case .unknownMethod: .notImplemented
        case .tooSlow: .requestTimeout
        case .slowDown: .tooManyRequests
        case .refused: .unprocessableContent
        case .photo(.tooManyBytes): .contentTooLarge
        case .photo: .unprocessableContent
        case .photoAway: .notFound
        case .laptop(.unknownLaptop), .laptop(.goneBundle): .notFound
        case .laptop(.tooOften): .tooManyRequests
        case .laptop(.failed): .internalServerError
        case .laptop: .conflict
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .damaged, .internalFault: .internalServerError
        }
    }

    /// The name under which `errors.json` explains it.
    var name: String {
        switch self {
        case .badRequest, .clientLeft, .refused: "badRequest"
        case .unauthorised: "loginNeeded"
        case .forbidden: "forbidden"
        case .notFound: "notFound"
        case .noAddress: "noAddress"
        case .noRecord: "noRecord"
        case .noKind: "noKind"
        case .noFile: "noFile"
        case .gone: "recordGone"
        case .misdirected, .foreignOrigin: "wrongOrigin"
        case .tooLarge: "tooLarge"
        case .busy: "busy"
        case .conflict: "conflict"
        case .slowDown: "tooOften"
        case .laptop: "laptops"
        case .photo: "photo"
        case .photoAway: "photoAway"
        case .wrongMediaType: "mediaType"
        case .wrongMethod, .unknownMethod: "method"
        case .tooSlow: "tooSlow"
        case .diskFull: "storage"
        case .damaged, .internalFault: "server"
        }
    }

    /// What any error comes to for the person who asked.
    init(_ error: any Error) {
        switch error {
        case let error as WebError: self = error
        case LaptopFault.diskFull: self = .diskFull
        case let fault as LaptopFault: self = .laptop(fault)
        case let refusal as PhotoRefusal: self = .photo(refusal)
        case RequestFault.tooSlow: self = .tooSlow
        case RequestFault.clientLeft: self = .clientLeft
        case RequestFault.malformed: self = .badRequest
        case StoreError.refused(let problems): self = .refused(problems)
        case StoreError.notFound: self = .noRecord(nil)
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

extension Reader {
    /// Why a record cannot be shown: nothing has its id, or it was deleted.
    func absence(_ entity: EntityName, _ id: RecordID) throws -> WebError {
        try anyRecord(entity, id) == nil ? .noRecord(entity) : .gone(entity, id)
    }
}
