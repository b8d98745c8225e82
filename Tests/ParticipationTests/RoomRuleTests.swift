import Participation
import Testing

/// R3 to R5 and R10 while a meeting is prepared, runs and ends; the readiness check.
struct RoomRuleTests {
    private static func event(
        _ kind: EventKind, status: EventStatus = .planned, date: String? = nil,
        village: String = "v", id: String = "e"
    ) throws -> Record {
        var event = Record(.event, try Town.id(id))
        event[Schema.event.kind] = kind
        event[Schema.event.status] = status
        event[Schema.event.date] = date.flatMap { CalendarDate($0) }
        event[Schema.event.village] = try Town.id(village)
        return event
    }

    private static func facts(
        _ kind: EventKind, status: EventStatus = .planned, people: Int = 0, leading: Int = 0,
        boards: Int = 0
    ) throws -> SessionFacts {
        var facts = SessionFacts(event: try event(kind, status: status))
        for index in 0..<(people + leading) {
            let id = try Town.id("p\(index)")
            var attendance = Record(.attendance, id)
            attendance[Schema.attendance.person] = id
            attendance[Schema.attendance.role] = index < people ? .participant : .facilitator
            facts.attendances.append(attendance)
            facts.people[id] = Record(.person, id)
        }
        for index in 0..<boards { facts.cards[try Town.id("t\(index)")] = 1 }
        return facts
    }

    @Test func `while people arrive, it is said who is missing yet`() throws {
        let some = try Self.facts(.session, people: 14, leading: 1).arrivalFindings
        #expect(some.map(\.code) == [.participantsExpected, .facilitatorsExpected])
        #expect(some[0].details == ["count": "14", "needed": "20", "more": "6"])
        #expect(some.allSatisfy { $0.rule == .r3 })
        #expect(try Self.facts(.session, people: 20, leading: 2).arrivalFindings.isEmpty)
        #expect(try Self.facts(.focusGroup).arrivalFindings.first?.rule == .r10)
        #expect(try Self.facts(.session, status: .held).arrivalFindings.isEmpty)
        #expect(try Self.facts(.hearing).arrivalFindings.isEmpty)
        // The calendar does not nag about a session that only stands in it.
        #expect(try Self.facts(.session).findings.isEmpty)
    }

    @Test(arguments: [
        (0, [Finding.Code.tooFewBoards]), (2, [.tooFewBoards]), (3, []), (5, []),
        (6, [.tooManyBoards]),
    ])
    func `a focus group talks about three to five priorities`(
        _ boards: Int, _ codes: [Finding.Code]
    ) throws {
        let found = try Self.facts(
            .focusGroup, status: .held, people: 22, leading: 2, boards: boards
        ).findings.filter { $0.rule == .r10 }
        #expect(found.map(\.code) == codes)
    }

    @Test func `a focus group has twenty to twenty-five people and two who lead`() throws {
        let small = try Self.facts(
            .focusGroup, status: .held, people: 19, leading: 1, boards: 3
        ).findings
        #expect(
            small.map(\.code) == [
                .minutesMissing, .tooFewParticipants, .tooFewFacilitators, .womenNotCounted,
            ])
        let large = try Self.facts(.focusGroup, people: 26, leading: 2, boards: 3).findings
        #expect(large.map(\.code) == [.focusGroupTooLarge])
        #expect(large[0].details == ["count": "26", "limit": "25"])
    }

    @Test(arguments: [
        ("2026-11-14", nil), ("2026-11-15", Finding.Code.focusGroupLate),
        ("2026-10-30", .focusGroupEarly), ("2026-10-31", nil),
    ])
    func `a focus group comes within two weeks after the last session of its village`(
        _ date: String, _ code: Finding.Code?
    ) throws {
        let sessions = [
            try Self.event(.session, date: "2026-10-20", id: "s1"),
            try Self.event(.session, date: "2026-10-31", id: "s2"),
            try Self.event(.session, status: .cancelled, date: "2026-11-30", id: "s3"),
            try Self.event(.session, date: "2026-12-30", village: "other", id: "s4"),
            try Self.event(.training, date: "2026-12-30", id: "s5"),
        ]
        let group = try Self.event(.focusGroup, date: date)
        #expect(
            FocusGroupTiming(group, sessions: sessions).findings.map(\.code)
                == [code].compactMap(\.self))
        #expect(FocusGroupTiming(group, sessions: []).findings.isEmpty)
        #expect(FocusGroupTiming(sessions[0], sessions: sessions).findings.isEmpty)
    }

    @Test func `the readiness check knows what is missing and where it is mended`() throws {
        var town = try Town(villages: "aral")
        func known(_ question: Int) -> [ReadinessCheck.Known] {
            ReadinessCheck(town.facts, attendances: [:], agendas: []).known(question)
        }
        #expect(known(1).map(\.key) == ["readiness.known.noGroup"])
        #expect(known(3).map(\.key) == ["readiness.known.noSessions"])
        #expect(known(4).isEmpty && known(0).isEmpty && known(9).isEmpty)
        let group = try Town.id("g")
        var record = Record(.group, group)
        record[Schema.group.kind] = .working
        town.facts.groups = [
            GroupFacts(
                group: record,
                memberships: try (0..<5).map { Record(.membership, try Town.id("m\($0)")) },
                people: [:], residents: [], year: 2026)
        ]
        let short = known(1)
        #expect(short[0].details == ["count": "5", "more": "1"])
        #expect(short[0].isFine == false && short[0].place == .record(.group, group))
        try town.meeting("s", .session, in: "aral", .young, isHeld: false)
        let programmes = known(3)
        #expect(programmes[0].details == ["count": "0", "all": "1"])
        #expect(programmes[0].place == .meeting(try Town.id("s")))
        #expect(known(8)[0].place == .record(.event, try Town.id("s")))
        #expect(known(7)[0].place == .people(try Town.id("s")))
        let session = try Town.id("s")
        var came = Record(.attendance, session)
        came[Schema.attendance.person] = session
        let check = ReadinessCheck(town.facts, attendances: [session: [came]], agendas: [session])
        #expect(check.known(3)[0].isFine == true && check.known(7)[0].isFine == true)
        #expect(check.known(5)[0].isFine == false)
    }
}
