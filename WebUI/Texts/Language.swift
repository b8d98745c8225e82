/// The languages of the interface; Kyrgyz first.
public enum Language: String, Sendable, CaseIterable {
    case ky, ru, en

    /// What the language calls itself.
    var name: String {
        switch self {
        case .ky: "Кыргызча"
        case .ru: "Русский"
        case .en: "English"
        }
    }
}
