import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

/// Joining where no network reaches the office: the request goes there on a stick, and the
/// office's bundle comes back.
extension JoinPage {
    /// Makes the file that asks the office for admission.
    static func makeRequest(_ visit: OpenVisit) async throws -> Response {
        try await withInvitation(visit) { service, bytes, label throws(LaptopFault) in
            let request = try await service.request(with: bytes, as: label)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/octet-stream",
                    .contentDisposition: "attachment; filename=\"ashar-request.key\"",
                ], body: .init(byteBuffer: ByteBuffer(bytes: request)))
        }
    }

    /// Takes the office's bundle.
    static func takeBundle(_ visit: OpenVisit) async throws -> Response {
        guard let service = try await service(visit) else { return visit.redirect(Paths.login) }
        guard let bundles = visit.office.bundles else { throw WebError.notFound }
        let file = try IncomingFile(visit.office.store, limit: Limits.bundleBytes)
        defer { file.remove() }
        let form = try await UploadForm.read(visit.request, into: file)
        var forms = Forms(visit.texts)
        guard form.size > 0 else {
            forms.bundle.problems["file"] = visit.texts["sticks.problem.noFile"]
            return try await page(visit, service, forms)
        }
        do {
            _ = try await bundles.takeIn(try await bundles.receive(file.url), by: .program)
            return visit.redirect(Paths.join)
        } catch {
            forms.bundle.problems["file"] = visit.texts.sentence(error)
            return try await page(visit, service, forms)
        }
    }

    /// The form for the office's bundle, and how far the one is that is being taken.
    static func bundle(
        _ visit: OpenVisit, _ form: PlainForm
    ) async -> (form: Model.Bundle?, taking: WorkProgress?) {
        guard let bundles = visit.office.bundles else { return (nil, nil) }
        var (taking, fault): (WorkProgress?, String?)
        switch await bundles.transfers().first?.phase {
        case .running(let progress)?: taking = progress
        case .failed(let reason)?: fault = visit.texts.sentence(reason)
        case .done?, nil: break
        }
        let problem = form.problems["file"] ?? fault
        return (.init(action: Paths.joinBundle, fileError: problem), taking)
    }
}
