import Foundation
import Hummingbird
import NIOCore
import Participation
import Photographs
import Store

/// A photograph on its way into the store: from a form of a page or a request of a program to the
/// attachment that names it.
struct PhotoIntake {
    /// The most bytes that are read of it.
    static let mostBytes = PhotoLimits.uploadBytes

    let visit: Visit
    let file: IncomingFile

    /// What was said about it.
    struct About: Sendable {
        /// The id that whoever sends it chose, so that sending it twice makes one.
        var id: RecordID?
        /// The record it belongs to.
        var owner: String
        var caption: String
        /// Whether it was taken a moment ago, by a camera that leaves no word of it.
        var isFromCamera = false

        /// The fields of a form.
        init(_ fields: [String: String], owner: String) {
            id = fields["id"].flatMap { RecordID($0) }
            self.owner =
                fields[Schema.attachment.owner.name].flatMap { $0.isEmpty ? nil : $0 } ?? owner
            caption = (fields[Schema.attachment.caption.name] ?? "")
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            isFromCamera = fields["camera"] == "1"
        }
    }

    /// A photograph that somebody with this role may hand in.
    init(_ visit: Visit) throws {
        guard visit.access.mayWrite(.attachment) else { throw WebError.forbidden }
        self.visit = visit
        file = try IncomingFile(visit.store, limit: Self.mostBytes)
    }

    /// Reads a form with the photograph in its field `file`, `owner` being whom it belongs to
    /// where the form does not say.
    func readForm(owner: String) async throws -> About {
        do {
            return About(
                try await UploadForm.read(visit.request, into: file).fields, owner: owner)
        } catch WebError.tooLarge {
            throw PhotoRefusal.tooManyBytes
        }
    }

    /// Reads a body that is the photograph itself.
    func readBody() async throws {
        do {
            for try await part in visit.request.body {
                try file.write(Data(part.readableBytesView))
            }
        } catch WebError.tooLarge {
            throw PhotoRefusal.tooManyBytes
        }
    }

    /// Reduces it, keeps it, and writes down whose it is.
    /// - Throws: ``PhotoRefusal``, ``WebError/refused(_:)`` for what was said about it.
    func keep(_ about: About) async throws -> CommitReceipt {
        guard let workshop = visit.office.photographs else { throw WebError.busy }
        // What was said is looked at first: no bytes are kept that no record will name.
        let (said, problems) = RecordInput.parse(members(about), as: .attachment)
        guard problems.isEmpty else { throw WebError.refused(problems) }
        if let owner = RecordID(about.owner) { try await checkOwner(owner) }
        guard file.size > 0 else { throw PhotoRefusal.empty }
        let photo = try await workshop.reduce(file.url)
        let hash = try await visit.store.withBlobs { try $0.add(photo.bytes) }
        var fields = said.fields
        let now = Moment(milliseconds: visit.store.now)
        let moment = about.isFromCamera ? now : photo.takenAt.flatMap(PhotoTime.utc)
        fields[Schema.attachment.name.name] = .text(PhotoTime.fileName(moment ?? now))
        fields[Schema.attachment.mediaType.name] = .text("image/jpeg")
        fields[Schema.attachment.sha256.name] = .text(hash.description)
        fields[Schema.attachment.size.name] = .integer(photo.bytes.count)
        fields[Schema.attachment.takenAt.name] = moment.map { .text($0.description) }
        let id = about.id ?? visit.store.makeID()
        return try await visit.commit([
            .make(RecordInput(.attachment, id: id, fields: fields))
        ])
    }

    private func members(_ about: About) -> [JSON.Member] {
        var members = [JSON.Member(Schema.attachment.owner.name, .string(about.owner))]
        if !about.caption.isEmpty {
            members.append(.init(Schema.attachment.caption.name, .string(about.caption)))
        }
        return members
    }

    private func checkOwner(_ owner: RecordID) async throws {
        guard try await visit.read({ try $0.target(owner, of: []) }) != nil else {
            throw WebError.refused([
                InputProblem(
                    .danglingReference, field: Schema.attachment.owner.name, ["id": owner.text])
            ])
        }
    }
}

/// When a photograph was taken.
enum PhotoTime {
    /// A camera's clock shows the time of Kyrgyzstan, without saying so; nil for what is no moment.
    static func utc(_ local: String) -> Moment? {
        Moment(local + "Z").map { $0.adding(-Moment.offset) }.flatMap { $0.seconds < 0 ? nil : $0 }
    }

    /// The moment of an attachment, in milliseconds since 1970.
    static func taken(_ record: Record) -> UInt64? {
        record[Schema.attachment.takenAt].flatMap { Moment($0)?.milliseconds }
    }

    /// A name for a file that says when, and no more.
    static func fileName(_ moment: Moment) -> String {
        let local = moment.adding(Moment.offset).description.prefix(16)
        return local.replacing("T", with: " ").replacing(":", with: "-") + ".jpg"
    }
}
