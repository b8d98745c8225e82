public import Hummingbird

/// What is known of a request to the hall beside its own words.
public struct HallContext: RequestContext {
    /// What the library needs.
    public var coreContext: CoreRequestContextStorage
    /// Who asks, as far as a network knows it; for the limits alone.
    let address: String
    /// The language to answer in.
    var language = HallLanguage.ky

    /// Takes the address of the phone from its connection.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "?"
    }
}

/// The languages of the hall; Kyrgyz first.
enum HallLanguage: String, CaseIterable, Sendable {
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
