public import Participation

/// The bilingual head of every official paper: the republic, the places and the AO in Kyrgyz on
/// the left and in Russian on the right, with room for the emblem between.
public struct Letterhead: Sendable {
    private let left: [String]
    private let right: [String]

    /// The head of a municipality's papers; what is not known is left out.
    public init(_ municipality: Record?) {
        func lines(_ names: [String?]) -> [String] { names.compactMap(\.self) }
        let place = Schema.municipality
        left = lines([
            "КЫРГЫЗ РЕСПУБЛИКАСЫ", municipality?[place.oblast], municipality?[place.rayon],
            municipality?[place.name], "АЙЫЛ ӨКМӨТҮ",
        ])
        right = lines([
            "КЫРГЫЗСКАЯ РЕСПУБЛИКА", municipality?[place.oblastRu],
            municipality?[place.rayonRu], municipality?[place.nameRu], "АЙЫЛ ОКМОТУ",
        ])
    }

    var html: String {
        func column(_ lines: [String], _ language: String) -> String {
            let body = lines.map(HTML.escaped).joined(separator: "<br>")
            return "<div lang=\"\(language)\">\(body)</div>"
        }
        return """
            <header class="letterhead">\(column(left, "ky"))<div class="emblem"></div>\
            \(column(right, "ru"))</header>
            """
    }
}
