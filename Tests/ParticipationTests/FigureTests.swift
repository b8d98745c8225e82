import Participation
import Testing

struct FigureTests {
    @Test(arguments: [
        (75, 122, 61), (1, 2, 50), (1, 3, 33), (2, 3, 67), (1, 200, 1), (0, 5, 0), (5, 5, 100),
    ])
    func `shares are rounded half up`(_ part: Int, _ all: Int, _ percent: Int) {
        #expect(Shares.percent(part, of: all) == percent)
    }

    @Test func `nobody has no share`() {
        #expect(Shares.percent(0, of: 0) == nil)
        #expect(Shares.minority(women: 2, men: 9, all: 11) == 18)
        #expect(Shares.percent(.max, of: 1) == nil)
    }

    @Test(arguments: [
        ("2014-01-15", "2014-01-15", 0), ("2014-01-15", "2014-02-14", 0),
        ("2014-01-15", "2014-02-15", 1), ("2014-01-15", "2024-01-15", 120_000),
        ("2014-01-15", "2030-01-01", 120_000), ("2014-01-15", "2013-01-01", 0),
        ("2014-01-15", "2019-01-15", 60_000),
    ])
    func `depreciation is straight and ends at the cost`(
        _ bought: String, _ day: String, _ expected: Int
    ) throws {
        let found = ServiceFigures.depreciation(
            cost: 120_000, acquiredOn: try #require(CalendarDate(bought)), usefulLifeYears: 10,
            on: try #require(CalendarDate(day)))
        #expect(found == (expected == 1 ? 1000 : expected))
    }

    @Test func `the tariff covers a share of the yearly cost`() {
        let cover = ServiceFigures.tariffCover(households: 400, tariff: 50, yearlyCost: 300_000)
        #expect(cover.income == 240_000)
        #expect(cover.share == 80)
        #expect(ServiceFigures.tariffCover(households: .max, tariff: 9, yearlyCost: 1).share == nil)
    }

    @Test func `what a plan lacks is not hidden when it is negative`() throws {
        let id = try #require(RecordID("a"))
        var activity = Record(.activity, id)
        activity[Schema.activity.cost] = 100
        var contribution = Record(.contribution, id)
        contribution[Schema.contribution.source] = .grant
        contribution[Schema.contribution.amount] = 130
        let totals = PlanTotals(activities: [activity], contributions: [contribution])
        #expect(totals.uncovered == -30)
        #expect(totals.bySource == [.grant: 130])
    }

    @Test(arguments: [
        ("2024-02-29", true), ("2023-02-29", false), ("2026-11-21", true), ("2026-13-01", false),
        ("2026-1-01", false), ("26-01-01", false), ("", false), ("٢٠٢٦-٠١-٠١", false),
    ])
    func `only days that exist are days`(_ text: String, _ exists: Bool) {
        #expect((CalendarDate(text) != nil) == exists)
        if exists { #expect(CalendarDate(text)?.description == text) }
    }

    @Test func `days are counted from 1970`() {
        #expect(CalendarDate(daysSince1970: 0).description == "1970-01-01")
        #expect(CalendarDate(daysSince1970: 20_778).description == "2026-11-21")
        #expect(CalendarDate(daysSince1970: -1).description == "1969-12-31")
        #expect(CalendarDate(daysSince1970: 11_016).description == "2000-02-29")
        for days in stride(from: -800_000, through: 800_000, by: 37) {
            #expect(CalendarDate(daysSince1970: days).daysSince1970 == days)
        }
    }

    @Test func `people who registered win over a head count, each once`() throws {
        let (event, aida) = (try #require(RecordID("e")), try #require(RecordID("aida")))
        var person = Record(.person, aida)
        person[Schema.person.sex] = .female
        var attendance = Record(.attendance, try #require(RecordID("x")))
        attendance[Schema.attendance.person] = aida
        attendance[Schema.attendance.role] = .participant
        var facts = SessionFacts(event: Record(.event, event))
        var headcount = Record(.headcount, event)
        headcount[Schema.headcount.category] = .all
        headcount[Schema.headcount.count] = 40
        facts.headcounts = [headcount]
        #expect(facts.count.all == 40)
        facts.attendances = [attendance, attendance]
        facts.people = [aida: person]
        #expect(facts.count.all == 1)
        #expect(facts.count.womenShare == 100)
        #expect(facts.count.source == .people)
    }

    @Test(arguments: [
        ([("all", 22), ("women", 13)], 9), ([("all", 22)], 0), ([("women", 13), ("men", 4)], 4),
    ])
    func `where all and women were taken, the others are men`(
        _ taken: [(String, Int)], _ men: Int
    ) throws {
        let records = try taken.map { category, count in
            var record = Record(.headcount, try #require(RecordID(category)))
            record.values = ["category": .text(category), "count": .integer(count)]
            return record
        }
        #expect(AttendanceCount(headcounts: records).men == men)
    }

    @Test func `titles of one matter are alike, of two are not`() {
        let roads = Similarity.of("Ички жолдордун начар абалы", "Жергиликтүү жолдордун начардыгы")
        #expect(roads > 0.3)
        #expect(Similarity.of("Таза суу жок", "Таза суунун жоктугу") > 0.5)
        #expect(Similarity.of("Клубдун чатыры", "Сугат суу") < 0.2)
        #expect(Similarity.of("", "суу") == 0)
    }

    @Test func `alike titles are offered together, each once`() {
        let titles = ["Таза суу жок", "Клуб", "Таза суунун жоктугу", "таза суу", "Жол", "Жолдор"]
        let groups = Similarity.groups(of: titles) { $0 }
        #expect(groups.first?.items == ["Таза суу жок", "Таза суунун жоктугу", "таза суу"])
        let offered = groups.flatMap(\.items)
        #expect(Set(offered).count == offered.count)
        #expect(!offered.contains("Клуб"))
    }
}
