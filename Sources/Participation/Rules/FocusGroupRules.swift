extension SessionFacts {
    /// R10: 20 to 25 people, two facilitators, three to five priorities; minutes are R5's.
    var focusGroupFindings: [Finding] {
        guard isFocusGroup else { return [] }
        var found: [Finding] = []
        let all = count.all
        if isHeld, all < 20 {
            found.append(finding(.r10, .tooFewParticipants, ["count": all, "needed": 20]))
        }
        if all > 25 {
            found.append(finding(.r10, .focusGroupTooLarge, ["count": all, "limit": 25]))
        }
        if isHeld, facilitators < 2 {
            found.append(finding(.r10, .tooFewFacilitators, ["count": facilitators, "needed": 2]))
        }
        if isHeld, cards.count < 3 {
            found.append(finding(.r10, .tooFewBoards, ["count": cards.count, "needed": 3]))
        }
        if cards.count > 5 {
            found.append(finding(.r10, .tooManyBoards, ["count": cards.count, "limit": 5]))
        }
        return found
    }

    /// R3 and R10 while people still arrive: who is missing yet. A meeting that only stands in
    /// the calendar is not told so, therefore it is not among ``findings``.
    public var arrivalFindings: [Finding] {
        guard !isHeld, isSession || isFocusGroup else { return [] }
        let rule: Finding.Rule = isSession ? .r3 : .r10
        var found: [Finding] = []
        let all = count.all
        if all < 20 {
            found.append(
                finding(
                    rule, .participantsExpected, ["count": all, "needed": 20, "more": 20 - all]))
        }
        if facilitators < 2 {
            found.append(
                finding(rule, .facilitatorsExpected, ["count": facilitators, "needed": 2]))
        }
        return found
    }
}

/// R10: a focus group comes within two weeks after the sessions of its village.
public struct FocusGroupTiming: Sendable {
    /// Days after the last session within which it is held.
    public static let days = 14

    private let event: Record
    private let lastSession: CalendarDate?

    /// `sessions` are meetings of the same cycle; those of other villages and kinds are left out.
    public init(_ event: Record, sessions: [Record]) {
        self.event = event
        let village = event[Schema.event.village]
        lastSession = sessions.filter {
            $0[Schema.event.kind] == .session && $0[Schema.event.village] == village
                && $0.status(Schema.event.status) != .cancelled
        }.compactMap { $0[Schema.event.date] }.max()
    }

    /// What is wrong with its day.
    public var findings: [Finding] {
        guard event[Schema.event.kind] == .focusGroup, let lastSession,
            event[Schema.event.village] != nil, let date = event[Schema.event.date]
        else { return [] }
        let after = date.daysSince1970 - lastSession.daysSince1970
        if after < 0 { return [Finding(.r10, .focusGroupEarly, event.id, ["days": -after])] }
        guard after > Self.days else { return [] }
        return [
            Finding(.r10, .focusGroupLate, event.id, ["days": after, "limit": Self.days])
        ]
    }
}
