/// A meeting as lists and the path of its cycle see it: counted and judged once. Who was there
/// and what each sticker says is left out.
public struct MeetingSummary: Sendable {
    /// The meeting.
    public let event: Record
    /// The people at it in numbers.
    public let count: AttendanceCount
    /// What the rules find, in the order of the rules.
    public let findings: [Finding]
    /// All votes of its gallery.
    public let votes: Int
    /// Columns of its gallery.
    public let problems: Int
    /// Paragraphs in its minutes.
    public let minutesEntries: Int
    /// Stickers, sorted and not.
    public let stickers: Int
    /// Stickers not sorted yet.
    public let unsorted: Int
    /// Whether it is an age band's session rather than another meeting.
    public let isSession: Bool
    /// Whether it took place.
    public let isHeld: Bool

    /// Counts and judges a meeting.
    public init(_ facts: SessionFacts) {
        event = facts.event
        count = facts.count
        findings = facts.findings
        votes = facts.votes
        problems = facts.problems.count
        minutesEntries = facts.minutesEntries
        stickers = facts.unsorted + facts.stickers.values.reduce(0, +)
        unsorted = facts.unsorted
        isSession = facts.isSession
        isHeld = facts.isHeld
    }
}
