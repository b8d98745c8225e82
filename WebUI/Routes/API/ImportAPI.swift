import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

/// Brings in records from JSON Lines; all or nothing, every bad line named.
enum ImportAPI {
    /// Takes the file as the request's body, first into the data folder, then into the store.
    static func upload(_ visit: Visit) async throws -> Response {
        guard visit.access.mayImport else { throw WebError.forbidden }
        let file = try IncomingFile(visit.store, limit: Limits.importBytes)
        defer { file.remove() }
        for try await part in visit.request.body {
            try file.write(Data(part.readableBytesView))
        }
        let report = try await visit.store.importFile(file.url, by: visit.actor) { _ in }
        let status: HTTPResponse.Status = report.isTaken ? .ok : .unprocessableContent
        var response = Visit.json(json(report, visit.texts), status: status)
        if !report.isTaken { response.headers[.contentType] = "application/problem+json" }
        return response.naming(report.commit)
    }

    /// What an import did, or its bad lines in sentences.
    static func json(_ report: ImportReport, _ texts: Texts) -> JSON {
        guard !report.isTaken else {
            return .object([
                .init("imported", .bool(true)), .init("made", .integer(report.made)),
                .init("changed", .integer(report.changed)),
                .init("unchanged", .integer(report.unchanged)),
                .init("summary", .string(summary(report, texts))),
                .init("commit", report.commit.map { .string($0.description) } ?? .null),
            ])
        }
        let errors = report.problems.map { found in
            JSON.object([
                .init("line", .integer(found.line)),
                .init("place", .string(texts("import.line", ["line": String(found.line)]))),
                .init("field", found.problem.field.map(JSON.string) ?? .null),
                .init("code", .string(found.problem.code.rawValue)),
                .init("message", .string(sentence(found.problem, texts))),
            ])
        }
        return .object([
            .init("type", "urn:ashar:problem:import"),
            .init("title", .string(texts["import.refused"])), .init("status", 422),
            .init(
                "detail",
                .string(texts("import.problems", ["count": String(report.problemCount)]))),
            .init("imported", .bool(false)), .init("errors", .array(errors)),
        ])
    }

    /// What is wrong with a line, in the words of a file where a form's differ: in a file nothing
    /// can be chosen from a list.
    private static func sentence(_ problem: InputProblem, _ texts: Texts) -> String {
        let key = "import.problem.\(problem.code)"
        return texts.optional(key) == nil
            ? texts.sentence(problem) : texts(key, problem.details)
    }

    private static func summary(_ report: ImportReport, _ texts: Texts) -> String {
        texts(
            "import.done",
            [
                "made": String(report.made), "changed": String(report.changed),
                "unchanged": String(report.unchanged),
            ])
    }
}
