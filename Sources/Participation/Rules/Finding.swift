/// What a rule has to say about a record: it warns, it never blocks the people.
public struct Finding: Sendable, Equatable {
    /// The rule of domain.md §4.
    public let rule: Rule
    /// What exactly was found; the texts explain each in a sentence.
    public let code: Code
    /// The record it is about.
    public let subject: RecordID
    /// The figures and words that the sentence quotes, by their names in it.
    public let details: [String: String]

    /// The rules that are checked so far.
    public enum Rule: Int, Sendable, CaseIterable {
        case r1 = 1
        case r2, r3, r4, r5, r6, r7
        case r9 = 9
        case r10
        case r12 = 12
        case r13
        case r15 = 15
    }

    /// Every kind of finding; each has a sentence in every language.
    public enum Code: String, Sendable, CaseIterable {
        case groupTooSmall, groupWithoutChair, chairNotOfAO, groupWithoutSecretary
        case groupLacksAO, groupLacksCouncil, groupLacksVillageHead, groupLacksResident
        case groupUnbalanced, groupOfOneAge, groupOfOneOrigin
        case tooFewSessions, ageBandMissing, tooFewParticipants, tooManyParticipants
        case tooFewFacilitators, participantsTooYoung, participantsOutsideBand
        case oneStreet, streetsUnknown, minutesMissing, tooManyVotes, seatWithTooManyStickers
        case missingMeans, unmarkedProblem, unmarkedProblems, sharesNotHundred
        case womenNotCounted, womenMoreThanAll, sumDiffers, splitNotCounted
        case phoneInText, nameInText
        case participantsExpected, facilitatorsExpected
        case focusGroupTooLarge, tooFewBoards, tooManyBoards, focusGroupLate, focusGroupEarly
    }

    /// Whether it is about who came rather than about what they did.
    public var isOfPeople: Bool {
        switch code {
        case .tooFewParticipants, .tooManyParticipants, .tooFewFacilitators, .focusGroupTooLarge,
            .participantsExpected, .facilitatorsExpected:
            true
        default: false
        }
    }

    init(
        _ rule: Rule, _ code: Code, _ subject: RecordID,
        _ details: KeyValuePairs<String, Int> = [:], words: [String: String] = [:]
    ) {
        self.rule = rule
        self.code = code
        self.subject = subject
        self.details = details.reduce(into: words) { $0[$1.key] = String($1.value) }
    }
}
