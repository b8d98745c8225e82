import Participation
import Testing

struct RuleTests {
    @Test(arguments: [
        ("трактор жок", true), ("нет трактора", true), ("There is no tractor", true),
        ("Машина керек", true), ("не хватает воды", true),
        ("таштанды өз убагында чыгарылбайт", false), ("Ички жолдордун начар абалы", false),
        ("Калктын таза сууга жеткиликтүүлүгү жок", false), ("", false), ("суу", false),
    ])
    func `a missing means is asked about, a state of affairs is not`(
        _ text: String, _ isMissing: Bool
    ) {
        #expect(MissingMeans.isNamed(in: text) == isMissing)
    }

    @Test func `a session needs twenty people, two facilitators and minutes`() throws {
        let facts = try Meeting.held(women: 8, men: 6)
        let codes = facts.findings.map(\.code)
        #expect(codes.contains(.tooFewParticipants))
        #expect(codes.contains(.tooFewFacilitators))
        #expect(codes.contains(.minutesMissing))
        let finding = try #require(facts.findings.first { $0.code == .tooFewParticipants })
        #expect(finding.details == ["count": "14", "needed": "20"])
    }

    @Test func `a session in order has no findings`() throws {
        var facts = try Meeting.held(women: 12, men: 10, facilitators: 2)
        facts.minutesEntries = 3
        #expect(facts.findings.isEmpty)
    }

    @Test func `a session that is planned is not blamed for being empty`() throws {
        var event = Record(.event, try #require(RecordID("e")))
        event[Schema.event.kind] = .session
        #expect(SessionFacts(event: event).findings.isEmpty)
    }

    @Test func `votes above five for each participant are flagged`() throws {
        var facts = try Meeting.held(women: 10, men: 10, facilitators: 2)
        facts.minutesEntries = 1
        facts.unsorted = 101
        #expect(facts.findings.map(\.code) == [.tooManyVotes])
        facts.unsorted = 100
        #expect(facts.findings.isEmpty)
        facts.seats = [3: 6, 4: 5]
        #expect(facts.findings.map(\.code) == [.seatWithTooManyStickers])
    }

    @Test(arguments: [(2, ["unmarkedProblem", "unmarkedProblem"]), (9, ["unmarkedProblems"])])
    func `a gallery that nobody has marked is one sentence`(
        _ columns: Int, _ found: [String]
    ) throws {
        var facts = try Meeting.held(women: 12, men: 10, facilitators: 2)
        facts.minutesEntries = 1
        facts.problems = try (0..<columns).map { number in
            var problem = Record(.problem, try #require(RecordID("p\(number)")))
            problem[Schema.problem.title] = "Жол начар"
            return problem
        }
        #expect(facts.findings.map(\.code.rawValue) == found)
        facts.problems[0][Schema.problem.competence] = .local
        facts.problems[0][Schema.problem.solvable] = .localBudget
        #expect(facts.findings.count == (columns == 2 ? 1 : found.count))
        #expect(facts.findings.allSatisfy { $0.details["count"].map { $0 == "8" } ?? true })
    }

    @Test(arguments: [([40.0, 30, 30], true), ([40, 30], false), ([33.3, 33.3, 33.4], true)])
    func `the shares of a Tokoch make a hundred`(_ shares: [Double], _ isRight: Bool) throws {
        var facts = try Meeting.held(women: 12, men: 10, facilitators: 2)
        facts.minutesEntries = 1
        facts.slices = try shares.enumerated().map { index, share in
            var slice = Record(.tokochSlice, try #require(RecordID("s\(index)")))
            slice[Schema.tokochSlice.percent] = share
            return slice
        }
        #expect(facts.findings.isEmpty == isRight)
    }

    @Test func `open texts hold no telephone and no participant's name`() throws {
        var facts = try Meeting.held(women: 12, men: 10, facilitators: 2)
        facts.minutesEntries = 1
        func sticker(_ text: String) throws -> Record {
            var sticker = Record(.sticker, try #require(RecordID("k")))
            sticker[Schema.sticker.text] = text
            return sticker
        }
        facts.stickerTexts = [try sticker("чалгыла 0555 12-34-56")]
        #expect(facts.findings.map(\.code) == [.phoneInText])
        facts.stickerTexts = [try sticker("айдын 3 АЙЫМЫ жолду бузду")]
        #expect(facts.findings.isEmpty)
        facts.stickerTexts = [try sticker("Бул жолду w0 айымы бузду")]
        #expect(facts.findings.map(\.code) == [.nameInText])
    }

    @Test func `a village needs a session for each age band`() throws {
        let village = try #require(RecordID("v"))
        var event = Record(.event, village)
        event[Schema.event.kind] = .session
        event[Schema.event.ageBand] = .young
        let codes = VillageSessions(village: village, sessions: [event]).findings.map(\.code)
        #expect(codes == [.tooFewSessions, .ageBandMissing, .ageBandMissing])
        event[Schema.event.ageBand] = nil
        event[Schema.event.audience] = "all three age bands together"
        #expect(VillageSessions(village: village, sessions: [event]).findings.isEmpty)
    }

    @Test(arguments: [(2, 9, true), (4, 7, false), (3, 7, false), (0, 1, true)])
    func `thirty percent of the less represented sex`(
        _ women: Int, _ men: Int, _ isFlagged: Bool
    ) throws {
        let facts = try Meeting.group(women: women, men: men)
        #expect(facts.findings.map(\.code).contains(.groupUnbalanced) == isFlagged)
    }

    @Test func `a working group lacks what it lacks`() throws {
        let codes = try Meeting.group(women: 2, men: 2, kind: .working).findings.map(\.code)
        #expect(
            codes == [
                .groupTooSmall, .groupWithoutChair, .groupWithoutSecretary, .groupLacksAO,
                .groupLacksCouncil, .groupLacksVillageHead, .groupLacksResident,
            ])
    }

    @Test func `at a hearing the parts are counted too`() throws {
        var event = Record(.event, try #require(RecordID("h")))
        event[Schema.event.kind] = .hearing
        event[Schema.event.status] = .held
        var facts = SessionFacts(event: event)
        facts.minutesEntries = 1
        facts.headcounts = try [(HeadcountCategory.all, 60), (.women, 70)].map { category, count in
            var record = Record(.headcount, try #require(RecordID(category.rawValue)))
            record[Schema.headcount.category] = category
            record[Schema.headcount.count] = count
            return record
        }
        #expect(facts.findings.map(\.code) == [.womenMoreThanAll, .splitNotCounted])
    }
}

/// Meetings and groups for the rules.
enum Meeting {
    static func held(women: Int, men: Int, facilitators: Int = 0) throws -> SessionFacts {
        var event = Record(.event, try #require(RecordID("e")))
        event[Schema.event.kind] = .session
        event[Schema.event.status] = .held
        event[Schema.event.date] = CalendarDate("2026-03-21")
        event[Schema.event.ageBand] = .middle
        var facts = SessionFacts(event: event)
        let people = try people(women: women, men: men + facilitators)
        for (index, person) in people.enumerated() {
            var attendance = Record(.attendance, person.id)
            attendance[Schema.attendance.person] = person.id
            attendance[Schema.attendance.role] =
                index < women + men ? .participant : .facilitator
            facts.attendances.append(attendance)
            facts.people[person.id] = person
        }
        return facts
    }

    static func group(
        women: Int, men: Int, kind: GroupKind = .initiative
    ) throws -> GroupFacts {
        var group = Record(.group, try #require(RecordID("g")))
        group[Schema.group.kind] = kind
        let people = try people(women: women, men: men)
        let memberships = people.map { person in
            var membership = Record(.membership, person.id)
            membership[Schema.membership.person] = person.id
            membership[Schema.membership.role] = .member
            return membership
        }
        return GroupFacts(
            group: group, memberships: memberships,
            people: Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) }), residents: [],
            year: 2026)
    }

    private static func people(women: Int, men: Int) throws -> [Record] {
        try (0..<women + men).map { index in
            var person = Record(.person, try #require(RecordID("w\(index)")))
            person[Schema.person.fullName] = "W\(index) Айымы"
            person[Schema.person.sex] = index < women ? .female : .male
            person[Schema.person.birthYear] = 1980 + index % 4
            person[Schema.person.street] = ["Ынтымак", "Манас", "Жаңы конуш"][index % 3]
            return person
        }
    }
}
