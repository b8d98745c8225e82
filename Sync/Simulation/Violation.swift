/// What did not hold at the end of a history, or during it.
public struct Violation: Sendable, Hashable {
    /// What kind of thing did not hold.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An acknowledged edit is neither shown, nor put aside by a later one that knew of it,
        /// nor listed as a conflict.
        case lost
        /// An entry that was committed, or had come, is not held any more.
        case gone
        /// A value is shown or listed although a later edit put it aside.
        case buried
        /// A value is shown otherwise than it was written.
        case altered
        /// What a removed laptop wrote beyond its cut has an effect.
        case beyondCut
        /// Two laptops that could speak do not hold the same.
        case apart
        /// Two laptops met of which one's log had forked, and one of them does not know.
        case unnoticedFork
        /// A session of two honest laptops on a good path broke off.
        case brokenOff
        /// Laptops went on exchanging entries without end.
        case unsettled
        /// What was merged step by step is not what a merge of all entries gives.
        case rebuiltOtherwise
        /// Something altered on a stick was taken.
        case damageTaken
    }

    /// What kind of thing.
    public let kind: Kind
    /// What exactly, for people.
    public let text: String
}

/// How often things happened in a history: a history in which nothing happens shows nothing.
public struct Counts: Sendable, Hashable {
    /// Fields that were edited and acknowledged.
    public internal(set) var edits = 0
    /// Sessions that began.
    public internal(set) var meetings = 0
    /// Sessions after which both held the same.
    public internal(set) var sames = 0
    /// Sessions that were cut.
    public internal(set) var cuts = 0
    /// Messages that came late, among those of other sessions.
    public internal(set) var delayed = 0
    /// Frames that were sent or taken.
    public internal(set) var frames = 0
    /// Forks that sessions named.
    public internal(set) var forks = 0
    /// Entries that stand beside the trunk of a forked log in the end.
    public internal(set) var sideEntries = 0
    /// Conflicts that people see in the end.
    public internal(set) var conflicts = 0
    /// Edits by removed laptops that count for nothing in the end.
    public internal(set) var voidEdits = 0
    /// Entries that the earlier program kept without knowing what they mean.
    public internal(set) var unknown = 0
    /// Laptops that went out at once.
    public internal(set) var crashes = 0
    /// Laptops that were put back to a backup.
    public internal(set) var restores = 0
    /// Laptops that were copied.
    public internal(set) var clones = 0
    /// Laptops that were removed.
    public internal(set) var removals = 0
    /// Laptops that were admitted again.
    public internal(set) var readmissions = 0
    /// Sticks that were read.
    public internal(set) var sticks = 0
    /// Laptops that got the later program.
    public internal(set) var upgrades = 0
    /// Rounds in which all met all until nothing changed any more.
    public internal(set) var rounds = 0

    /// Nothing counted yet.
    public init() {}
}

extension Counts {
    /// All counters with their names, in the order above.
    private static var all: [(name: String, counter: WritableKeyPath<Counts, Int>)] {
        [
            ("edits", \.edits), ("meetings", \.meetings), ("sames", \.sames), ("cuts", \.cuts),
            ("delayed", \.delayed), ("frames", \.frames), ("forks", \.forks),
            ("sideEntries", \.sideEntries), ("conflicts", \.conflicts), ("voidEdits", \.voidEdits),
            ("unknown", \.unknown), ("crashes", \.crashes), ("restores", \.restores),
            ("clones", \.clones), ("removals", \.removals), ("readmissions", \.readmissions),
            ("sticks", \.sticks), ("upgrades", \.upgrades), ("rounds", \.rounds),
        ]
    }

    /// Each counter with its name.
    public var named: [(name: String, count: Int)] {
        Self.all.map { ($0.name, self[keyPath: $0.counter]) }
    }

    /// Adds the counts of another history.
    public static func += (left: inout Counts, right: Counts) {
        for (_, counter) in all { left[keyPath: counter] += right[keyPath: counter] }
    }
}

extension Village {
    mutating func report(_ kind: Violation.Kind, _ text: @autoclosure () -> String) {
        // A few say enough.
        guard violations.count < 20 else { return }
        let text = text()
        violations.append(Violation(kind: kind, text: text))
        tell("NOT RIGHT, \(kind.rawValue): \(text)")
    }
}
