/// How a meeting goes against its programme: what the room is doing, for how long, how late the
/// whole runs and when it will end.
///
/// All of it follows from the moments that the items of the programme hold, so a power cut loses
/// nothing and two laptops see the same. The item begun last and not ended is what the room is
/// doing. An item that was left open by another laptop counts as ended when the next one began;
/// a moment that lies in the future, because the clocks of two laptops differ, counts as now.
public struct RunningTimes: Sendable, Equatable {
    /// An item of the programme, in the order of the programme.
    public struct Item: Sendable, Equatable {
        let id: RecordID
        let minutes: Int?
        let fixedStart: Int?
        let begunAt: Moment?
        let endedAt: Moment?

        /// `fixedStart` is the item's own time of day in minutes since midnight.
        public init(
            _ id: RecordID, minutes: Int?, fixedStart: Int? = nil, begunAt: Moment? = nil,
            endedAt: Moment? = nil
        ) {
            self.id = id
            self.minutes = minutes.map { min(1440, max(0, $0)) }
            self.fixedStart = fixedStart
            self.begunAt = begunAt
            self.endedAt = endedAt
        }

        var seconds: Int { (minutes ?? 0) * 60 }
    }

    /// An item as it went, goes or will go.
    public struct Step: Sendable, Equatable {
        /// The item of the programme.
        public let id: RecordID
        /// Whether it is done, going on or still to come.
        public let state: State
        /// When it really began, or will begin as things go; nil where that is not known.
        public internal(set) var start: Moment?
        /// When it really ended, or will end as things go; nil where that is not known.
        public internal(set) var end: Moment?
        /// Its planned length.
        public let minutes: Int?

        /// Whole minutes it took; nil before it is done.
        public var took: Int? {
            guard state == .done, let start, let end else { return nil }
            return max(0, end.seconds - start.seconds + 30) / 60
        }
    }

    /// Whether an item is done, going on or still to come.
    public enum State: String, Sendable { case waiting, now, done }

    /// How far the meeting has come. Between two items it may rest.
    public enum Stage: String, Sendable { case notBegun, running, resting, ended }

    /// An item that goes on for longer was forgotten, or the clock was changed meanwhile.
    public static let longest = 12 * 60 * 60
    /// Who begins so much earlier or later than planned has put the meeting off.
    static let putOff = 3 * 60 * 60

    /// The items in the order of the programme.
    public private(set) var steps: [Step]
    /// How far the meeting has come.
    public let stage: Stage
    /// The place of what the room is doing.
    public let current: Int?
    /// The place of what comes next; nil where nothing comes behind.
    public let next: Int?
    /// When the first item really began.
    public let begunAt: Moment?
    /// When the last item really ended; nil until then.
    public let endedAt: Moment?
    /// Seconds that the current item has taken.
    public let elapsed: Int
    /// Whether the current item goes on for longer than anybody sits.
    public let isForgotten: Bool
    /// When all of it would be over by the programme.
    public let plannedEnd: Moment?
    /// When all of it will be over as things go.
    public private(set) var expectedEnd: Moment?
    let items: [Item]
    let now: Moment

    /// `plannedStart` is the meeting's time of day in minutes since midnight.
    public init(_ items: [Item], plannedStart: Int?, now: Moment) {
        self.items = items
        self.now = now
        let order = Self.order(items)
        let last = order.last
        let current = last.flatMap { items[$0].endedAt == nil ? $0 : nil }
        var steps: [Step] = []
        for (index, item) in items.enumerated() {
            let isDone = item.endedAt != nil || (item.begunAt != nil && index != current)
            let following = order.firstIndex(of: index).flatMap {
                $0 + 1 < order.count ? items[order[$0 + 1]].begunAt : nil
            }
            let end = item.endedAt ?? (isDone ? following : nil)
            steps.append(
                Step(
                    id: item.id, state: index == current ? .now : isDone ? .done : .waiting,
                    start: item.begunAt.map { min($0, now) }, end: end.map { min($0, now) },
                    minutes: item.minutes))
        }
        let reached = current ?? steps.lastIndex { $0.state == .done }
        next = steps.indices.first { $0 > reached ?? -1 && steps[$0].state == .waiting }
        self.current = current
        stage =
            current != nil
            ? .running : reached == nil ? .notBegun : next == nil ? .ended : .resting
        begunAt = steps.compactMap(\.start).min()
        endedAt = stage == .ended ? steps.compactMap(\.end).max() : nil
        let begun = current.flatMap { steps[$0].start }
        elapsed = begun.map { max(0, now.seconds - $0.seconds) } ?? 0
        isForgotten = elapsed > Self.longest
        self.steps = steps
        plannedEnd = Self.plannedEnd(items, from: plannedStart, begunAt)
        expect(from: plannedStart)
    }

    /// Seconds by which the whole runs late, negative where it runs early; nil before it begins
    /// and where nobody can tell.
    public var late: Int? {
        guard let plannedEnd, let end = endedAt ?? expectedEnd, !isForgotten else { return nil }
        return end.seconds - plannedEnd.seconds
    }

    /// Whether items without a length are still to come: it will not end before ``expectedEnd``.
    public var isOpenEnded: Bool { steps.contains { $0.state != .done && $0.minutes == nil } }

    /// The items that were begun, in the order of their beginnings; of two that began at once the
    /// one that still goes on comes last.
    private static func order(_ items: [Item]) -> [Int] {
        func key(_ index: Int) -> (Int, Int, Int) {
            let item = items[index]
            return (item.begunAt?.seconds ?? 0, item.endedAt == nil ? 1 : 0, index)
        }
        return items.indices.filter { items[$0].begunAt != nil }.sorted { key($0) < key($1) }
    }

    /// The programme's beginning where the meeting kept to it, else its real one.
    private static func start(_ planned: Int?, _ begun: Moment) -> Moment {
        guard let planned = planned.map({ begun.nearest(minuteOfDay: $0) }),
            abs(planned.seconds - begun.seconds) <= putOff
        else { return begun }
        return planned
    }

    private static func plannedEnd(
        _ items: [Item], from planned: Int?, _ begun: Moment?
    ) -> Moment? {
        guard let begun, items.contains(where: { $0.minutes != nil }) else { return nil }
        var clock = start(planned ?? items.first?.fixedStart, begun)
        for item in items {
            clock = fixed(item, clock).adding(item.seconds)
        }
        return clock
    }

    /// An item with a time of its own does not begin before it: there is a break.
    private static func fixed(_ item: Item, _ clock: Moment) -> Moment {
        guard let time = item.fixedStart.map({ clock.nearest(minuteOfDay: $0) }),
            time > clock, time.seconds - clock.seconds <= putOff
        else { return clock }
        return time
    }

    /// What is still to come follows on what goes on now.
    private mutating func expect(from planned: Int?) {
        guard stage == .running || stage == .resting, !isForgotten else { return }
        var clock = now
        if let current, let start = steps[current].start {
            clock = max(now, start.adding(items[current].seconds))
            steps[current].end = items[current].minutes == nil ? nil : clock
        }
        let reached = current ?? steps.lastIndex { $0.state == .done } ?? -1
        var isKnown = current.map { items[$0].minutes != nil } ?? true
        for index in steps.indices where index > reached && steps[index].state == .waiting {
            clock = Self.fixed(items[index], clock)
            steps[index].start = isKnown ? clock : nil
            clock = clock.adding(items[index].seconds)
            isKnown = isKnown && items[index].minutes != nil
            steps[index].end = isKnown ? clock : nil
        }
        expectedEnd = clock
    }
}
