import Participation
import Pictures
import Store

/// The Venn diagrams of a meeting as they stand: by all, by women, by men.
struct VennBoard: Sendable {
    /// More than the three diagrams can hold together.
    private static let read = 3 * VennSpace.most + 1

    let meeting: Meeting
    let drawnBy: DrawnBy
    private let sheets: [DrawnBy: VennSheet]

    /// Opens one of the diagrams; with none named, that of all, or where they drew apart, the
    /// women's.
    init(_ id: RecordID, _ drawnBy: DrawnBy?, _ reader: Reader) throws {
        meeting = try Meeting(id, reader)
        let institutions = try reader.records(
            .institution, where: Schema.institution.event, is: id, limit: Self.read)
        let links = try reader.records(
            .institutionLink, where: Schema.institutionLink.event, is: id)
        let sheets = Dictionary(
            uniqueKeysWithValues: DrawnBy.allCases.map {
                ($0, VennSheet($0, institutions: institutions, links: links))
            })
        self.sheets = sheets
        self.drawnBy =
            drawnBy ?? DrawnBy.allCases.first { sheets[$0]?.institutions.isEmpty == false } ?? .all
    }

    var sheet: VennSheet { self[drawnBy] }

    subscript(drawnBy: DrawnBy) -> VennSheet {
        sheets[drawnBy] ?? VennSheet(drawnBy, institutions: [], links: [])
    }

    /// The board of the address; `?drawnBy=` names the diagram.
    static func read(_ visit: Visit) async throws -> VennBoard {
        let word = try visit.query()["drawnBy"] ?? ""
        return try await read(visit, drawnBy: word.isEmpty ? nil : parse(word))
    }

    /// The board that a form changes: that of all where it names none.
    static func read(_ visit: Visit, changing word: String) async throws -> VennBoard {
        try await read(visit, drawnBy: word.isEmpty ? .all : parse(word))
    }

    private static func read(_ visit: Visit, drawnBy: DrawnBy?) async throws -> VennBoard {
        let id = try visit.id()
        return try await visit.read { try VennBoard(id, drawnBy, $0) }
    }

    private static func parse(_ word: String) throws -> DrawnBy {
        guard let drawnBy = DrawnBy(rawValue: word) else {
            let words = DrawnBy.allCases.map(\.rawValue).joined(separator: ", ")
            throw WebError.refused([
                InputProblem(.notChoice, field: "drawnBy", ["choices": words])
            ])
        }
        return drawnBy
    }

    /// The name of an institution of the open diagram.
    func name(_ id: RecordID) -> String { sheet[id]?.title ?? id.text }

    /// The institutions of a diagram as its picture draws them.
    static func drawn(
        _ sheet: VennSheet, hiding personal: PersonalTexts? = nil
    ) -> [VennPicture.Institution] {
        sheet.diagram.circles.map { circle in
            let record = sheet[circle.id]
            let name = record?.title ?? ""
            return VennPicture.Institution(
                circle, name: personal?.shown(name) ?? name,
                kind: record?[Schema.institution.kind] ?? .localInstitution,
                satisfied: record?[Schema.institution.satisfied])
        }
    }
}

extension Texts {
    /// What two institutions are to each other, in a sentence; the smaller of two that lie in one
    /// another is named first.
    /// `hiding` is what R15 keeps from the hall.
    func sentence(
        _ relation: Relation, _ pair: VennPair, _ sheet: VennSheet,
        hiding personal: PersonalTexts? = nil
    ) -> String {
        var (first, second) = (pair.first, pair.second)
        let order = sheet.institutions.map(\.id)
        let places = [first, second].map { id in order.firstIndex(of: id) ?? .max }
        if places[0] > places[1] { swap(&first, &second) }
        if relation == .inside, let one = sheet.diagram[first], let other = sheet.diagram[second],
            one.radius > other.radius
        {
            swap(&first, &second)
        }
        let names = [first, second].map { id in
            let name = sheet[id]?.title ?? ""
            return personal?.shown(name) ?? name
        }
        return self("venn.relation.\(relation)", ["a": names[0], "b": names[1]])
    }
}

extension VennPicture.Words {
    /// The words of a meeting's picture.
    init(_ sheet: VennSheet, hiding personal: PersonalTexts?, _ texts: Texts) {
        let who = texts.choice(sheet.drawnBy, Schema.institution.drawnBy, .institution)
        self.init(
            title: texts("venn.picture.title", ["who": who]), none: texts["venn.none"],
            kinds: Dictionary(
                uniqueKeysWithValues: InstitutionKind.allCases.map {
                    ($0, texts.choice($0, Schema.institution.kind, .institution))
                }),
            sizes: Dictionary(
                uniqueKeysWithValues: Importance.allCases.map { ($0, texts["venn.size.\($0)"]) }),
            satisfied: texts["venn.satisfied.true"], unsatisfied: texts["venn.satisfied.false"],
            relations: sheet.diagram.readings.map {
                texts.sentence($0.relation, $0.pair, sheet, hiding: personal)
            })
    }
}
