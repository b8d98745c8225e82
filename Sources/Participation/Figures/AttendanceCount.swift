/// Who was at a meeting, in numbers (R13).
public struct AttendanceCount: Sendable, Equatable {
    /// Everybody counted.
    public var all = 0
    /// Women among them.
    public var women = 0
    /// Men among them; people whose sex was not written are in `all` alone.
    public var men = 0
    /// Members of initiative groups.
    public var initiativeGroup = 0
    /// Council deputies.
    public var deputies = 0
    /// AO staff.
    public var aoStaff = 0
    /// People of NGOs and communities.
    public var ngo = 0
    /// Where the numbers come from.
    public var source = Source.headcount

    /// Registered people win over a head count.
    public enum Source: String, Sendable {
        case people, headcount
    }

    /// Starts at nobody.
    public init() {}

    /// Women in percent of all, rounded half up; nil when nobody is counted.
    public var womenShare: Int? { Shares.percent(women, of: all) }

    /// Counts the numbers that were written down where no list was kept.
    public init(headcounts: [Record]) {
        for record in headcounts {
            guard let count = record[Schema.headcount.count] else { continue }
            switch record[Schema.headcount.category] {
            case .all: all = count
            case .women: women = count
            case .men: men = count
            case .initiativeGroup: initiativeGroup = count
            case .deputies: deputies = count
            case .aoStaff: aoStaff = count
            case .ngo: ngo = count
            case nil: break
            }
        }
        // Where only all and women were taken, the others are men.
        let taken = Set(headcounts.compactMap { $0[Schema.headcount.category] })
        if taken.isSuperset(of: [.all, .women]), !taken.contains(.men), all > women {
            men = all - women
        }
        all = max(all, women + men)
    }

    /// Counts registered participants, each person once; facilitators and guests are not
    /// participants. `people` holds the persons by id, as far as they are known here.
    public init(attendances: [Record], people: [RecordID: Record]) {
        source = .people
        var seen: Set<RecordID> = []
        for record in attendances {
            let role = record[Schema.attendance.role] ?? .participant
            guard role == .participant || role == .speaker,
                let id = record[Schema.attendance.person], seen.insert(id).inserted
            else { continue }
            all += 1
            let person = people[id]
            switch person?[Schema.person.sex] {
            case .female: women += 1
            case .male: men += 1
            case nil: break
            }
            if record.has(Schema.attendance.fromInitiativeGroup) { initiativeGroup += 1 }
            if person?.has(Schema.person.isDeputy) == true { deputies += 1 }
            if person?.has(Schema.person.isAOStaff) == true { aoStaff += 1 }
            if person?[Schema.person.organisation] != nil { ngo += 1 }
        }
    }
}
