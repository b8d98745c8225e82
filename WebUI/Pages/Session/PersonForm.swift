import Participation
import Store

/// The line in which a person is registered, as it was typed.
struct PersonForm: Sendable {
    /// Somebody known already, chosen from the suggestions.
    var person: RecordID?
    var fullName = ""
    var sex: Sex?
    var age = ""
    var street = ""
    var occupation = ""
    var contact = ""
    var role = AttendanceRole.participant
    var errors = FieldErrors()

    /// What people write under "age": years on the day of the meeting, or a year of birth.
    enum Age: Sendable, Equatable {
        case unknown
        case years(Int)
        case born(Int)
    }

    /// Above this a number is no age.
    static let oldest = 120

    init() {}

    init(_ form: FormData) {
        person = form.id("person")
        fullName = form.words("fullName")
        sex = Sex(rawValue: form.words("sex"))
        age = form.words("age")
        street = form.words("street")
        occupation = form.words("occupation")
        contact = form.words("contact")
        role = AttendanceRole(rawValue: form.words("role")) ?? .participant
    }

    /// The typed age; nil where it is neither an age nor a year of birth up to the year.
    func typedAge(in year: Int) -> Age? {
        if age.isEmpty { return .unknown }
        guard (1...4).contains(age.utf8.count),
            age.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(age)
        else { return nil }
        if number <= Self.oldest { return .years(number) }
        return (Limits.years.lowerBound...max(Limits.years.lowerBound, year)).contains(number)
            ? .born(number) : nil
    }

    /// The typed fields of the person; what is wrong with them stands in ``errors``. What was
    /// left empty is not among them: nothing known of a person is lost here.
    mutating func fields(
        of known: Record?, village: RecordID?, on day: CalendarDate, _ texts: Texts
    ) -> RecordInput {
        var members: [JSON.Member] = [.init(Schema.person.fullName.name, .string(fullName))]
        if let sex {
            members.append(.init(Schema.person.sex.name, .string(sex.rawValue)))
        } else {
            errors.add("sex", texts["people.error.sex"])
        }
        members += ageMembers(of: known, on: day, texts)
        let words = [
            (Schema.person.street, street), (Schema.person.occupation, occupation),
            (Schema.person.contact, contact),
        ]
        members += words.filter { !$0.1.isEmpty }.map {
            JSON.Member($0.0.name, .string($0.1))
        }
        if known == nil, let village {
            members.append(.init(Schema.person.village.name, .string(village.text)))
        }
        let (input, problems) = RecordInput.parse(members, as: .person)
        errors.add(
            problems + input.missing, asking: ["fullName": texts["people.error.fullName"]],
            other: "fullName", texts)
        return input
    }

    /// An age that agrees with what is known changes nothing; one that does not takes its place.
    private mutating func ageMembers(
        of known: Record?, on day: CalendarDate, _ texts: Texts
    ) -> [JSON.Member] {
        switch typedAge(in: day.year) {
        case nil:
            errors.add("age", texts["people.error.age"])
            return []
        case .unknown: return []
        case .born(let year):
            return [.init(Schema.person.birthYear.name, .integer(year))]
        case .years(let years):
            guard known?.age(in: day.year) != years else { return [] }
            var members: [JSON.Member] = [
                .init(Schema.person.age.name, .integer(years)),
                .init(Schema.person.ageAsOf.name, .string(day.description)),
            ]
            if known?[Schema.person.birthYear] != nil {
                members.append(.init(Schema.person.birthYear.name, .null))
            }
            return members
        }
    }

    /// Whether somebody on the list is the person that was typed: chosen from the suggestions,
    /// or of the same name, sex and age.
    func isSame(as other: Record, in year: Int) -> Bool {
        if other.id == person { return true }
        guard person == nil, SearchText.fold(other.title) == SearchText.fold(fullName),
            other[Schema.person.sex] == sex
        else { return false }
        return switch typedAge(in: year) {
        case .years(let years): other.age(in: year) == years
        case .born(let born): other[Schema.person.birthYear] == born
        case .unknown, nil: other.age(in: year) == nil
        }
    }
}
