/// A group with its members, as rules R1 and R2 look at it.
public struct GroupFacts: Sendable {
    /// The group.
    public let group: Record
    /// Its members' places.
    public let memberships: [Record]
    /// The members themselves, as far as they are known here.
    public let people: [RecordID: Record]
    /// The year in which ages are reckoned.
    public let year: Int
    /// The ethnic groups, folded, of the people who came to the cycle's meetings.
    public let originsAround: Set<String>

    /// Gathers what the rules need; `residents` are people who came to the cycle's meetings.
    public init(
        group: Record, memberships: [Record], people: [RecordID: Record], residents: [Record],
        year: Int
    ) {
        self.group = group
        self.memberships = memberships
        self.people = people
        self.year = year
        originsAround = Set(
            residents.compactMap { $0[Schema.person.ethnicity].map(SearchText.fold) })
    }

    /// What the rules find, the gravest first.
    public var findings: [Finding] {
        (group[Schema.group.kind] == .working ? composition : []) + balance
    }

    /// R1: who belongs to a working group.
    private var composition: [Finding] {
        var found: [Finding] = []
        if memberships.count < 6 {
            found.append(
                Finding(.r1, .groupTooSmall, group.id, ["count": memberships.count, "needed": 6]))
        }
        if let chair = memberships.first(where: { $0[Schema.membership.role] == .chair }) {
            let isOfAO =
                chair[Schema.membership.represents] == .ao
                || person(chair)?.has(Schema.person.isAOStaff) == true
            if !isOfAO { found.append(Finding(.r1, .chairNotOfAO, group.id)) }
        } else {
            found.append(Finding(.r1, .groupWithoutChair, group.id))
        }
        if !memberships.contains(where: { $0[Schema.membership.role] == .secretary }) {
            found.append(Finding(.r1, .groupWithoutSecretary, group.id))
        }
        let needed: [(Represented, Finding.Code)] = [
            (.ao, .groupLacksAO), (.council, .groupLacksCouncil),
            (.villageHead, .groupLacksVillageHead), (.resident, .groupLacksResident),
        ]
        for (represented, code) in needed where !speaksFor(represented) {
            found.append(Finding(.r1, code, group.id))
        }
        return found
    }

    /// R2: at least 30 % of the less represented sex; ages and origins mixed.
    private var balance: [Finding] {
        var found: [Finding] = []
        let members = memberships.compactMap(person)
        let women = members.count { $0[Schema.person.sex] == .female }
        let men = members.count { $0[Schema.person.sex] == .male }
        let counted = women + men
        // The share is compared exactly; the rounded percent is for the sentence alone.
        if counted > 0, min(women, men) * 100 < 30 * counted {
            let needed = (30 * counted + 99) / 100
            found.append(
                Finding(
                    .r2, .groupUnbalanced, group.id,
                    [
                        "women": women, "men": men, "all": counted, "needed": needed,
                        "share": Shares.percent(min(women, men), of: counted) ?? 0,
                    ]))
        }
        let bands = members.compactMap { $0.age(in: year) }.map(AgeBand.init(age:))
        if bands.count >= 6, Set(bands).count == 1 {
            found.append(Finding(.r2, .groupOfOneAge, group.id, ["count": bands.count]))
        }
        let origins = members.compactMap { $0[Schema.person.ethnicity].map(SearchText.fold) }
        if !originsAround.isSubset(of: origins), origins.count >= 6, Set(origins).count == 1 {
            found.append(Finding(.r2, .groupOfOneOrigin, group.id, ["count": origins.count]))
        }
        return found
    }

    private func person(_ membership: Record) -> Record? {
        membership[Schema.membership.person].flatMap { people[$0] }
    }

    private func speaksFor(_ represented: Represented) -> Bool {
        memberships.contains { membership in
            if membership[Schema.membership.represents] == represented { return true }
            guard let person = person(membership) else { return false }
            return switch represented {
            case .ao: person.has(Schema.person.isAOStaff)
            case .council: person.has(Schema.person.isDeputy)
            default: false
            }
        }
    }
}

extension AgeBand {
    /// The band of a grown-up's age; the young band holds minors too.
    public init(age: Int) {
        self = age <= 35 ? .young : age <= 55 ? .middle : .old
    }

    /// Whether an age lies in the band.
    public func contains(_ age: Int) -> Bool {
        switch self {
        case .young: (18...35).contains(age)
        case .middle: (36...55).contains(age)
        case .old: age >= 56
        }
    }
}

extension Record {
    /// A person's age in a year: from the year of birth, or from an age given in another year.
    public func age(in year: Int) -> Int? {
        if let birth = self[Schema.person.birthYear] { return year - birth }
        guard let age = self[Schema.person.age] else { return nil }
        guard let asOf = self[Schema.person.ageAsOf] else { return age }
        return age + year - asOf.year
    }
}
