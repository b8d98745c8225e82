/// What the facilitator's "next" and "back" change in the programme's items.
extension RunningTimes {
    /// The moments that an item holds afterwards; nil is no moment.
    public struct Move: Sendable, Equatable {
        /// The item of the programme.
        public let id: RecordID
        /// When it began.
        public let begunAt: Moment?
        /// When it ended.
        public let endedAt: Moment?
    }

    /// Ends what goes on and begins what comes next; at the end only ends it.
    public var stepOn: [Move] { begin(next) }

    /// Ends what goes on and begins an item that is still to come; nothing for any other.
    public func go(to id: RecordID) -> [Move] {
        guard let place = steps.firstIndex(where: { $0.id == id && $0.state == .waiting }) else {
            return []
        }
        return begin(place)
    }

    /// Takes the last step back: what goes on was not begun, and what ended for it goes on again.
    public var stepBack: [Move] {
        guard let current else {
            let last = steps.indices.filter { steps[$0].state == .done }.max {
                let ends = [$0, $1].map { items[$0].endedAt ?? Moment(seconds: .min) }
                return ends[0] == ends[1] ? $0 < $1 : ends[0] < ends[1]
            }
            guard let last else { return [] }
            return [Move(id: items[last].id, begunAt: items[last].begunAt ?? now, endedAt: nil)]
        }
        let begun = items[current].begunAt
        let before = items.indices.last { $0 != current && items[$0].endedAt == begun }
        var moves = [Move(id: items[current].id, begunAt: nil, endedAt: nil)]
        if let before, items[before].begunAt != nil {
            moves.append(
                Move(id: items[before].id, begunAt: items[before].begunAt, endedAt: nil))
        }
        return moves
    }

    private func begin(_ place: Int?) -> [Move] {
        var moves: [Move] = []
        for (index, item) in items.enumerated() where item.begunAt != nil && index != place {
            let begun = item.begunAt.map { min($0, now) }
            let end = index == current ? now : steps[index].end ?? now
            let isOpen = item.endedAt == nil
            // What another laptop's clock put into the future would come after what begins now.
            guard isOpen || begun != item.begunAt || item.endedAt.map({ $0 > now }) == true else {
                continue
            }
            moves.append(
                Move(
                    id: item.id, begunAt: begun,
                    endedAt: isOpen ? max(end, begun ?? end) : min(end, now)))
        }
        if let place { moves.append(Move(id: items[place].id, begunAt: now, endedAt: nil)) }
        return moves
    }
}
