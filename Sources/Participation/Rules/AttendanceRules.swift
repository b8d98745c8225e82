extension SessionFacts {
    /// R3, R4, R5 and R13: who came, from where, who led and who wrote.
    var attendanceFindings: [Finding] {
        guard isHeld || !attendances.isEmpty else { return [] }
        var found: [Finding] = []
        if isSession { found += numberFindings + ageFindings + streetFindings }
        if isHeld, minutesEntries == 0 { found.append(finding(.r5, .minutesMissing)) }
        return found
    }

    private var numberFindings: [Finding] {
        var found: [Finding] = []
        let all = count.all
        if isHeld, all < 20 {
            found.append(finding(.r3, .tooFewParticipants, ["count": all, "needed": 20]))
        }
        if all > 25, event[Schema.event.ageBand] != nil {
            found.append(finding(.r3, .tooManyParticipants, ["count": all, "limit": 25]))
        }
        if isHeld, facilitators < 2 {
            found.append(finding(.r3, .tooFewFacilitators, ["count": facilitators, "needed": 2]))
        }
        return found
    }

    /// Those who lead and write, each person once.
    var facilitators: Int {
        let leading = attendances.filter {
            [.facilitator, .secretary].contains($0[Schema.attendance.role])
        }
        return Set(leading.compactMap { $0[Schema.attendance.person] }).count
    }

    private var participants: [Record] {
        attendances
            .filter { ($0[Schema.attendance.role] ?? .participant) == .participant }
            .compactMap { $0[Schema.attendance.person].flatMap { people[$0] } }
    }

    private var ageFindings: [Finding] {
        guard let year else { return [] }
        let ages = participants.compactMap { $0.age(in: year) }
        var found: [Finding] = []
        // A birth year alone leaves a year open: only a person surely too young is counted.
        let minors = ages.count { $0 < 18 }
        if minors > 0 { found.append(finding(.r3, .participantsTooYoung, ["count": minors])) }
        if let band = event[Schema.event.ageBand] {
            let outside = ages.count { $0 >= 18 && !band.contains($0) && !band.contains($0 - 1) }
            if outside > 0 {
                found.append(
                    finding(
                        .r3, .participantsOutsideBand, ["count": outside],
                        words: ["band": band.rawValue]))
            }
        }
        return found
    }

    /// R4: outlying streets and villages too, not only the central street.
    private var streetFindings: [Finding] {
        let here = participants
        guard here.count >= 10 else { return [] }
        let streets = here.compactMap { $0[Schema.person.street].map(SearchText.fold) }
        if streets.count * 2 < here.count {
            let unknown = here.count - streets.count
            return [finding(.r4, .streetsUnknown, ["count": unknown, "all": here.count])]
        }
        let largest = Dictionary(grouping: streets) { $0 }.values.map(\.count).max() ?? 0
        guard largest * 100 > 60 * streets.count else { return [] }
        return [
            finding(
                .r4, .oneStreet,
                [
                    "count": largest, "all": streets.count,
                    "share": Shares.percent(largest, of: streets.count) ?? 0,
                ])
        ]
    }
}

/// The sessions of one village in a cycle, as R3 looks at them together.
public struct VillageSessions: Sendable {
    /// The village.
    public let village: RecordID
    /// Its sessions that were not cancelled.
    public let sessions: [Record]

    /// Gathers a village's sessions; cancelled ones are left out.
    public init(village: RecordID, sessions: [Record]) {
        self.village = village
        self.sessions = sessions.filter {
            $0[Schema.event.kind] == .session && $0.status(Schema.event.status) != .cancelled
        }
    }

    /// Whether one session covers several age bands at once.
    private var isTogether: Bool {
        sessions.contains {
            $0[Schema.event.ageBand] == nil && $0[Schema.event.audience] != nil
        }
    }

    /// R3: at least three sessions, one for each age band.
    public var findings: [Finding] {
        guard !isTogether else { return [] }
        var found: [Finding] = []
        if sessions.count < 3 {
            found.append(
                Finding(.r3, .tooFewSessions, village, ["count": sessions.count, "needed": 3]))
        }
        let bands = Set(sessions.compactMap { $0[Schema.event.ageBand] })
        for band in AgeBand.allCases where !sessions.isEmpty && !bands.contains(band) {
            found.append(
                Finding(.r3, .ageBandMissing, village, words: ["band": band.rawValue]))
        }
        return found
    }
}
