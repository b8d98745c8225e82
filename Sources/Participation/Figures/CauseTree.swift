/// The causes of one problem as people found them by asking "why?": each under what it explains,
/// and where somebody said again what was said before.
///
/// Two laptops may hang two causes under each other at the same time; such a loop is opened at its
/// smallest id, and what hangs under nothing that is there stands by itself. Nothing is left out.
public struct CauseTree: Sendable {
    /// A cause.
    public struct Card: Sendable {
        let id: RecordID
        let parent: RecordID?
        let position: Int
        let text: String

        /// `parent` is the cause that this one explains.
        public init(_ id: RecordID, parent: RecordID?, position: Int, text: String) {
            self.id = id
            self.parent = parent
            self.position = position
            self.text = text
        }
    }

    /// A cause in its place.
    public struct Line: Sendable, Equatable {
        /// The cause.
        public let id: RecordID
        /// The cause it stands under; nil for one that explains the problem itself.
        public let parent: RecordID?
        /// How many causes stand above it.
        public let depth: Int
        /// Whether a deeper one stands under it.
        public let isExplained: Bool
        /// What was said before in the same words.
        public internal(set) var echo: Echo?
    }

    /// A cause said before: in the same chain the root seems to be reached, elsewhere two chains
    /// come together.
    public enum Echo: Sendable, Equatable {
        case above(RecordID)
        case elsewhere(RecordID)
    }

    /// From this likeness on two causes count as the same.
    static let likeness = 0.6
    /// Causes above, and causes before, that one is compared with.
    static let compared = 60

    /// The causes from the top, each followed by those under it.
    public private(set) var lines: [Line] = []

    /// Puts causes into their places.
    public init(_ cards: [Card]) {
        let known = Dictionary(cards.map { ($0.id, $0) }) { first, _ in first }
        let ordered = known.values.sorted {
            $0.position == $1.position ? $0.id < $1.id : $0.position < $1.position
        }
        var children: [RecordID: [RecordID]] = [:]
        var tops: [RecordID] = []
        for card in ordered {
            if let parent = card.parent, parent != card.id, known[parent] != nil {
                children[parent, default: []].append(card.id)
            } else {
                tops.append(card.id)
            }
        }
        var seen: Set<RecordID> = []
        walk(tops, children, &seen)
        // What nothing leads to hangs in a loop.
        for id in known.keys.sorted() where !seen.contains(id) { walk([id], children, &seen) }
        findEchoes(known)
    }

    private mutating func walk(
        _ tops: [RecordID], _ children: [RecordID: [RecordID]], _ seen: inout Set<RecordID>
    ) {
        var waiting: [(id: RecordID, parent: RecordID?, depth: Int)] = tops.reversed().map {
            ($0, nil, 0)
        }
        while let next = waiting.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            let below = (children[next.id] ?? []).filter { !seen.contains($0) }
            lines.append(
                Line(
                    id: next.id, parent: next.parent, depth: next.depth,
                    isExplained: !below.isEmpty))
            waiting += below.reversed().map { ($0, next.id, next.depth + 1) }
        }
    }

    private mutating func findEchoes(_ known: [RecordID: Card]) {
        let words = lines.map { Similarity.Words(known[$0.id]?.text ?? "") }
        let places = Dictionary(
            uniqueKeysWithValues: lines.enumerated().map { ($0.element.id, $0.offset) })
        for index in lines.indices {
            var above: [Int] = []
            var next = lines[index].parent.flatMap { places[$0] }
            while let place = next, above.count < Self.compared {
                above.append(place)
                next = lines[place].parent.flatMap { places[$0] }
            }
            func isSame(_ place: Int) -> Bool {
                words[index].likeness(to: words[place]) >= Self.likeness
            }
            let before = max(0, index - Self.compared)..<index
            if let place = above.first(where: isSame) {
                lines[index].echo = .above(lines[place].id)
            } else if let place = before.first(where: isSame) {
                lines[index].echo = .elsewhere(lines[place].id)
            }
        }
    }
}
