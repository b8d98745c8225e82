import Hummingbird
import Participation
import Pictures

/// The Venn diagram and the Tokoch as pictures; `hiding` is what R15 keeps from the hall.
extension PicturesAPI {
    static func venn(_ visit: Visit) async throws -> Response {
        svg(VennBoard.picture(try await VennBoard.read(visit).sheet, visit.texts))
    }

    static func tokoch(_ visit: Visit) async throws -> Response {
        svg(try await TokochBoard.read(visit).picture(visit.texts))
    }
}

extension VennBoard {
    /// One of the diagrams as a picture.
    static func picture(
        _ sheet: VennSheet, hiding personal: PersonalTexts? = nil, _ texts: Texts
    ) -> String {
        VennPicture.draw(
            drawn(sheet, hiding: personal),
            VennPicture.Words(sheet, hiding: personal, texts))
    }
}

extension TokochBoard {
    /// The bread as a picture, and the real budget beside it where it was matched.
    func picture(hiding personal: PersonalTexts? = nil, _ texts: Texts) -> String {
        let real = reality?.shares ?? sheet.slices.map { _ in nil }
        let slices = zip(zip(sheet.slices, sheet.shares), real).map {
            TokochPicture.Slice(
                name: personal?.shown($0.0.title) ?? $0.0.title, share: $0.1, real: $1)
        }
        return TokochPicture.draw(
            slices, rest: reality?.rest ?? 0,
            .init(
                title: texts["tokoch.title"], none: texts["tokoch.none"],
                believed: texts["tokoch.believed"],
                real: budget.map { TokochPage.Real.title($0, texts) } ?? "",
                truth: texts["tokoch.real.truth"], rest: texts["tokoch.real.rest"],
                balance: TokochPage.balance(sheet, texts),
                percent: { texts.roundedShare($0) }))
    }
}
