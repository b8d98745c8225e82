/// A session with all that was written down about it, as rules R3-R7, R9, R10, R12, R13 and R15
/// look at it.
public struct SessionFacts: Sendable {
    /// The meeting.
    public let event: Record
    /// Presence at it.
    public var attendances: [Record] = []
    /// The people present, as far as they are known here.
    public var people: [RecordID: Record] = [:]
    /// Names of people of the village, where texts are looked through for the hall.
    public var neighbours: [String] = []
    /// Numbers of people, where only numbers were taken.
    public var headcounts: [Record] = []
    /// Paragraphs in the minutes.
    public var minutesEntries = 0
    /// The columns of the gallery.
    public var problems: [Record] = []
    /// Stickers by column.
    public var stickers: [RecordID: Int] = [:]
    /// Stickers not sorted yet.
    public var unsorted = 0
    /// Texts of stickers, as many as the rules may look at.
    public var stickerTexts: [Record] = []
    /// Stickers by seat.
    public var seats: [Int: Int] = [:]
    /// Objects on the resource map, counted up to one more than are shown.
    public var mapFeatures = 0
    /// Shares of the Tokoch.
    public var slices: [Record] = []
    /// Cards of the cause and effect boards, by the problem they are about.
    public var cards: [RecordID: Int] = [:]
    /// Methods that the programme names.
    public var methods: Set<Method> = []

    /// Starts with the meeting alone.
    public init(event: Record) { self.event = event }

    /// The people at the meeting in numbers; registered people win over a head count.
    public var count: AttendanceCount {
        let people = AttendanceCount(attendances: attendances, people: people)
        return people.all > 0 ? people : AttendanceCount(headcounts: headcounts)
    }

    /// All votes of the gallery: stickers, and tallies by hand where there are none.
    public var votes: Int {
        unsorted
            + problems.reduce(0) {
                let stickers = stickers[$1.id] ?? 0
                return $0 + (stickers > 0 ? stickers : $1[Schema.problem.votesByHand] ?? 0)
            }
    }

    /// What the rules find, in the order of the rules.
    public var findings: [Finding] {
        attendanceFindings + focusGroupFindings + galleryFindings + countFindings
            + privacyFindings
    }

    /// Whether it is an age band's session rather than another meeting.
    public var isSession: Bool { event[Schema.event.kind] == .session }
    /// Whether it is a focus group about causes and effects.
    public var isFocusGroup: Bool { event[Schema.event.kind] == .focusGroup }
    /// Whether it took place.
    public var isHeld: Bool { event.status(Schema.event.status) == .held }
    var year: Int? { event[Schema.event.date]?.year }

    func finding(
        _ rule: Finding.Rule, _ code: Finding.Code, _ details: KeyValuePairs<String, Int> = [:],
        words: [String: String] = [:]
    ) -> Finding {
        Finding(rule, code, event.id, details, words: words)
    }
}
