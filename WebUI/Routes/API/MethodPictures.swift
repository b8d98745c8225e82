import Hummingbird
import Participation
import Pictures

/// The Venn diagram and the Tokoch as pictures.
extension PicturesAPI {
    static func venn(_ visit: Visit) async throws -> Response {
        let sheet = try await VennBoard.read(visit).sheet
        return svg(
            VennPicture.draw(VennBoard.drawn(sheet), VennPicture.Words(sheet, visit.texts)))
    }

    static func tokoch(_ visit: Visit) async throws -> Response {
        let board = try await TokochBoard.read(visit)
        let (sheet, texts) = (board.sheet, visit.texts)
        let real = board.reality?.shares ?? sheet.slices.map { _ in nil }
        let slices = zip(zip(sheet.slices, sheet.shares), real).map {
            TokochPicture.Slice(name: $0.0.title, share: $0.1, real: $1)
        }
        return svg(
            TokochPicture.draw(
                slices, rest: board.reality?.rest ?? 0,
                .init(
                    title: texts["tokoch.title"], none: texts["tokoch.none"],
                    believed: texts["tokoch.believed"],
                    real: board.budget.map { TokochPage.Real.title($0, texts) } ?? "",
                    truth: texts["tokoch.real.truth"], rest: texts["tokoch.real.rest"],
                    balance: TokochPage.balance(sheet, texts),
                    percent: { texts.roundedShare($0) })))
    }
}
