import Hummingbird
import Participation
import Store

/// Registration of the people at a meeting, its facilitators, and numbers where only those were
/// taken. For the working group alone (R15).
struct PeoplePage: PageModel {
    static let template = "people"

    let session: SessionHead
    let attendance: SessionCounts
    let findings: [SessionFinding]
    let peopleHref: String
    let villageId: String
    let ageAsOf: String
    let streets: [String]
    let occupations: [String]
    let entry: Entry
    let hasTeam: Bool
    let team: [Row]
    let hasParticipants: Bool
    let participants: [Row]
    let headcounts: [Headcount]
    let hasHeadcounts: Bool

    struct Entry: Sendable {
        let person: String
        let fullName: String
        let isFemale: Bool
        let isMale: Bool
        let age: String
        let street: String
        let occupation: String
        let contact: String
        let fullNameError: String?
        let sexError: String?
        let ageError: String?
        let roles: [SessionOption]
    }

    struct Row: Sendable {
        let id: String
        let person: String
        let number: String
        let fullName: String
        let details: String?
        let sex: String
        let age: String
        let roles: [SessionOption]
        let isActive: Bool
        let chosen: [SessionOption]
        let href: String
    }

    struct Headcount: Sendable {
        let category: String
        let label: String
        let count: String
        let error: String?
    }

    /// Numbers that were typed, and what is wrong with some.
    struct TypedHeadcounts {
        let texts: [String: String]
        let errors: FieldErrors
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.page(PeoplePage(try await read(visit), PersonForm(), nil, visit))
    }

    /// What the page is made from.
    struct Material: Sendable {
        let meeting: Meeting
        let streets: [String]
        let occupations: [String]

        /// The day on which ages are reckoned.
        func day(_ visit: Visit) -> CalendarDate {
            meeting.event[Schema.event.date] ?? visit.today
        }
    }

    /// Reads the meeting of the address, with words already used in its village.
    static func read(_ visit: Visit) async throws -> Material {
        guard visit.access.mayRead(.person) else { throw WebError.forbidden }
        let id = try visit.id()
        return try await visit.read { reader in
            let meeting = try Meeting(id, reader)
            guard let village = meeting.village?.id else {
                return Material(meeting: meeting, streets: [], occupations: [])
            }
            return Material(
                meeting: meeting,
                streets: try reader.words(of: Schema.person.street, in: village),
                occupations: try reader.words(of: Schema.person.occupation, in: village))
        }
    }

    /// `typed` are numbers of people that were typed and could not be saved, by category.
    init(_ material: Material, _ form: PersonForm, _ typed: TypedHeadcounts?, _ visit: Visit) {
        let (meeting, texts) = (material.meeting, visit.texts)
        let facts = meeting.facts
        let day = material.day(visit)
        session = SessionHead(meeting, on: .people, visit)
        attendance = SessionCounts(facts.count, texts)
        findings = SessionFinding.all(meeting, on: .people, visit)
        peopleHref = Paths.document(.d6, meeting.id)
        villageId = meeting.village?.id.text ?? ""
        ageAsOf = day.description
        streets = material.streets
        occupations = material.occupations
        entry = Entry(form, texts)
        let leading = facts.attendances.filter(Self.isOfTeam)
        team = Self.rows(leading, facts, day.year, texts)
        hasTeam = !leading.isEmpty
        let others = facts.attendances.filter { !Self.isOfTeam($0) }
        participants = Self.rows(others, facts, day.year, texts)
        hasParticipants = !others.isEmpty
        headcounts = HeadcountCategory.allCases.map { category in
            Headcount(
                category: category.rawValue,
                label: texts.choice(category, Schema.headcount.category, .headcount),
                count: typed?.texts[category.rawValue]
                    ?? HeadcountForm.counted(category, facts).map { String($0) } ?? "",
                error: typed?.errors["headcount-\(category.rawValue)"])
        }
        hasHeadcounts = typed != nil || !facts.headcounts.isEmpty
    }

    private static func isOfTeam(_ attendance: Record) -> Bool {
        [.facilitator, .secretary].contains(attendance[Schema.attendance.role])
    }

    private static func rows(
        _ attendances: [Record], _ facts: SessionFacts, _ year: Int, _ texts: Texts
    ) -> [Row] {
        attendances.enumerated().map { index, attendance in
            let id = attendance[Schema.attendance.person]
            return Row(
                attendance, id.flatMap { facts.people[$0] }, number: index + 1, year: year, texts)
        }
    }
}

extension PeoplePage.Entry {
    init(_ form: PersonForm, _ texts: Texts) {
        person = form.person?.text ?? ""
        fullName = form.fullName
        isFemale = form.sex == .female
        isMale = form.sex == .male
        age = form.age
        street = form.street
        occupation = form.occupation
        contact = form.contact
        fullNameError = form.errors["fullName"]
        sexError = form.errors["sex"]
        ageError = form.errors["age"]
        roles = SessionOption.all(
            Schema.attendance.role, .attendance, selected: form.role, texts)
    }
}

extension PeoplePage.Row {
    /// A person may have arrived from another laptop after the presence did, or not at all yet.
    init(_ attendance: Record, _ known: Record?, number: Int, year: Int, _ texts: Texts) {
        let personID = attendance[Schema.attendance.person]
        id = attendance.id.text
        person = personID?.text ?? ""
        self.number = String(number)
        fullName = known?.title ?? personID?.text ?? "–"
        // The hall may look at this screen: telephone numbers are not on it.
        let words = [known?[Schema.person.street], known?[Schema.person.occupation]]
            .compactMap(\.self)
        details = words.isEmpty ? nil : words.joined(separator: ", ")
        sex = known?[Schema.person.sex].map { texts.choice($0, Schema.person.sex, .person) } ?? ""
        age = known?.age(in: year).map { String($0) } ?? ""
        roles = SessionOption.all(
            Schema.attendance.role, .attendance,
            selected: attendance[Schema.attendance.role] ?? .participant, texts)
        isActive = attendance.has(Schema.attendance.active)
        chosen = SessionOption.all(
            Schema.attendance.chosenFor, .attendance,
            selected: attendance[Schema.attendance.chosenFor], texts)
        href =
            personID.map { Paths.record(.person, $0) }
            ?? Paths.record(.attendance, attendance.id)
    }
}
