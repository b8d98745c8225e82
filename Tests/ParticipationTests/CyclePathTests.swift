import Participation
import Testing

/// What the path says of a cycle: nothing is ticked that nobody did, nothing lacking is counted 0.
struct CyclePathTests {
    /// One state of a cycle, and what its first stage says from the sessions on.
    struct State: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable () throws -> Town
        let says: [String]

        init(_ name: String, says: [String], _ make: @escaping @Sendable () throws -> Town) {
            testDescription = name
            self.says = says
            self.make = make
        }
    }

    private static let preparation = 4

    static let states = [
        State("no village", says: ["waits villages"]) { try Town() },
        State(
            "nothing held, nothing planned",
            says: [
                "waits sessions", "waits participantLists", "waits minutes", "waits problems",
                "waits villageRanking", "waits sessionReports", "lacks focusGroups",
                "waits focusGroupMinutes", "waits focusGroupReports", "waits municipalityRanking",
                "lacks causeEffectReport",
            ]
        ) { try Town(villages: "a") },
        State(
            "three planned in one of two villages",
            says: [
                "waits plannedSessions", "waits sessions", "waits participantLists",
                "waits minutes", "waits problems", "waits villageRanking", "waits sessionReports",
                "lacks focusGroups", "waits focusGroupMinutes", "waits focusGroupReports",
                "waits municipalityRanking", "lacks causeEffectReport",
            ]
        ) {
            var town = try Town(villages: "a", "b")
            for band in AgeBand.allCases {
                try town.meeting(
                    "s\(band.rawValue.prefix(2))", .session, in: "a", band, isHeld: false)
            }
            return town
        },
        State(
            "one session held, nothing written",
            says: [
                "lacks sessions", "lacks participantLists", "lacks minutes", "lacks problems",
                "lacks villageRanking", "lacks sessionReports", "lacks focusGroups",
                "waits focusGroupMinutes", "waits focusGroupReports", "waits municipalityRanking",
                "lacks causeEffectReport",
            ]
        ) {
            var town = try Town(villages: "a")
            try town.meeting(
                "s", .session, in: "a", .young, Town.Written(people: 0, minutes: 0, problems: 0))
            return town
        },
        State(
            "all of one village, the stickers not sorted",
            says: [
                "has sessions", "has participantLists", "has minutes", "has problems",
                "lacks stickers", "has villageRanking", "has sessionReports", "has focusGroups",
                "has focusGroupMinutes", "has focusGroupReports", "has municipalityRanking",
                "has causeEffectReport",
            ]
        ) {
            var town = try Town(villages: "a")
            try town.sessions(of: "a", Town.Written(stickers: 40, unsorted: 2))
            try town.problem("Жол начар", in: "a")
            try town.meeting("f", .focusGroup, in: "a")
            for kind in [DocumentKind.d7, .d8, .d11] { try town.paper(kind) }
            return town
        },
        State(
            "two villages, the reports of one alone",
            says: [
                "has sessions", "has participantLists", "has minutes", "has problems",
                "has villageRanking", "lacks sessionReports", "has focusGroups",
                "lacks focusGroupMinutes", "lacks focusGroupReports", "has municipalityRanking",
                "lacks causeEffectReport",
            ]
        ) {
            var town = try Town(villages: "a", "b")
            try town.sessions(of: "a")
            try town.sessions(of: "b")
            try town.problem("Жол начар", in: "a")
            try town.problem("Суу таза эмес", in: "b")
            try town.merge(.municipality, "Жол", ["a-0"])
            try town.meeting("f", .focusGroup, in: "a")
            try town.meeting("g", .focusGroup, in: "b", nil, Town.Written(minutes: 0))
            try town.paper(.d7, on: "a-18")
            // A report that names no meeting could be about either village.
            try town.paper(.d7)
            try town.paper(.d8, on: "f")
            return town
        },
    ]

    @Test(arguments: states)
    func `the first stage says`(_ state: State) throws {
        let said = try state.make().needs(of: 1)
        #expect(Array(said.dropFirst(Self.preparation)) == state.says)
    }

    /// Problems of a village with their votes, and whether its ranking counts as made.
    static let rankings: [([(String, Int)], Bool)] = [
        ([("Жол начар", 9), ("Суу жок", 4)], true),
        ([("Жол начар", 9), ("жол  НАЧАР!", 4)], false),
        // The same words in another order are the same problem.
        ([("Ички жолдор", 9), ("жолдор ички", 4)], false),
        ([("1-мектеп", 9), ("2-мектеп", 4)], true),
        // Far below the priorities, and below them even together.
        ([("а", 30), ("б", 29), ("в", 28), ("г", 27), ("д", 26), ("жол", 3), ("Жол", 3)], true),
        // Far below the priorities, but not together.
        ([("а", 9), ("б", 8), ("в", 7), ("г", 6), ("д", 5), ("жол", 3), ("Жол", 3)], false),
    ]

    @Test(arguments: rankings)
    func `a ranking with equal titles unmerged in its top is not made`(
        _ problems: [(String, Int)], _ isMade: Bool
    ) throws {
        var town = try Town(villages: "a")
        try town.sessions(of: "a")
        for (title, votes) in problems { try town.problem(title, in: "a", votes: votes) }
        let said = town.needs(of: 1)
        #expect(said.contains("has villageRanking") == isMade)
        #expect(said.contains("lacks equalTitles") == !isMade)
        #expect(said.contains("has municipalityRanking") == isMade)
    }

    @Test func `equal titles that were merged are one`() throws {
        var town = try Town(villages: "a")
        try town.sessions(of: "a")
        try town.problem("Жол начар", in: "a", votes: 9)
        try town.problem("жол начар", in: "a", votes: 4)
        try town.merge(.village, "Жол начар", ["a-0", "a-1"])
        #expect(town.needs(of: 1).contains("has villageRanking"))
    }

    @Test(arguments: [2, 3, 4, 5, 6, 7, 8])
    func `a stage nobody has begun has nothing, and counts nothing as lacking`(
        _ stage: Int
    ) throws {
        let needs = CyclePath(try Town(villages: "a").facts).stages[stage - 1].needs
        #expect(!needs.isEmpty)
        for need in needs {
            #expect(!need.isMet, "\(need.key)")
            guard need.key.hasPrefix("stages.waiting.") else {
                // These say that there is none; they quote no number.
                let without: Set = [
                    "initiativeGroups", "order", "meetings", "draft", "discussion", "resolution",
                    "stories", "notices", "group", "observations", "ratings", "report", "published",
                ]
                #expect(
                    without.contains(need.key.split(separator: ".").last.map(String.init) ?? ""))
                continue
            }
            #expect(need.details.isEmpty, "\(need.key)")
        }
    }

    /// Activities by status and cost, and what the stages of money and doing say of them.
    @Test(arguments: [
        ([(ActivityStatus, Int?)](), "waits funding", "waits doing"),
        ([(.planned, nil)], "waits costs", "lacks activities"),
        ([(.planned, 5000)], "lacks funding", "lacks activities"),
        ([(.done, 0), (.stopped, nil)], "waits costs", "has activities"),
        ([(.stopped, 5000)], "lacks funding", "waits stopped"),
    ])
    func `money and doing are judged by what there is`(
        _ activities: [(ActivityStatus, Int?)], _ funding: String, _ doing: String
    ) throws {
        var town = try Town(villages: "a")
        town.facts.activities = try activities.enumerated().map { index, activity in
            var record = Record(.activity, try Town.id("a\(index)"))
            record[Schema.activity.status] = activity.0
            record[Schema.activity.cost] = activity.1
            return record
        }
        #expect(town.needs(of: 4).contains(funding))
        #expect(town.needs(of: 5).contains(doing))
    }

    /// An initiative group by the sex of its members, and what is said of its balance.
    @Test(arguments: [
        ([Sex?](), ["lacks members"]), ([.female, .male], ["has members", "has balance"]),
        ([.male, .male], ["has members", "lacks balance"]),
        ([nil, nil], ["has members", "waits balanceUnknown"]),
    ])
    func `the balance of a group is judged by members whose sex is known`(
        _ members: [Sex?], _ says: [String]
    ) throws {
        var town = try Town(villages: "a")
        var group = Record(.group, try Town.id("g"))
        group[Schema.group.kind] = .initiative
        let people = try members.enumerated().map { index, sex in
            var person = Record(.person, try Town.id("w\(index)"))
            person[Schema.person.sex] = sex
            return person
        }
        let memberships = people.map { person in
            var membership = Record(.membership, person.id)
            membership[Schema.membership.person] = person.id
            return membership
        }
        town.facts.groups = [
            GroupFacts(
                group: group, memberships: memberships,
                people: Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) }),
                residents: [], year: 2026)
        ]
        #expect(town.needs(of: 2).dropFirst().dropLast() == says[...])
    }

    @Test func `the order on the monitoring group is no evaluation report`() throws {
        var town = try Town(villages: "a")
        try town.paper(.d17)
        #expect(town.needs(of: 6).contains("has order"))
        #expect(town.needs(of: 7).contains("lacks report"))
        try town.paper(.d17)
        #expect(town.needs(of: 7).contains("has report"))
    }
}
