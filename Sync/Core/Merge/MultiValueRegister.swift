/// A field as the edits seen so far make it: a multi-value register (Shapiro et al., "A
/// comprehensive study of convergent and commutative replicated data types", 2011, §3.2.2) whose
/// greatest value is shown.
///
/// An edit names the versions its author had seen and put aside: its base and what it settles.
/// Versions that no edit seen so far has put aside are the leaves. The greatest leaf is current;
/// it is also the greatest version seen at all, because an edit is stamped later than what it
/// puts aside (a name that is not earlier than its edit means nothing). The other leaves are
/// siblings. A version can be put aside before it arrives: then it is awaited, and is no leaf
/// when it comes. The result depends on the set of edits alone, not on their order.
public struct MultiValueRegister: Sendable, Equatable {
    /// A value that no known edit has put aside.
    public struct Leaf: Sendable, Equatable {
        /// The edit it comes from.
        public let version: Version
        /// The value.
        public let content: Content

        /// Names a value.
        public init(version: Version, content: Content) {
            self.version = version
            self.content = content
        }
    }

    /// The value that is shown.
    public private(set) var current: Leaf
    /// The values beside it, ascending by version.
    public private(set) var siblings: [Leaf]
    /// Versions that are put aside although they have not arrived, ascending.
    public private(set) var awaited: [Version]

    /// The siblings that say something else than the current value: what people must see.
    public var conflicts: [Leaf] {
        siblings.isEmpty ? [] : siblings.filter { !$0.content.isIdentical(to: current.content) }
    }

    /// A field after its first edit.
    public init(_ version: Version, _ field: RecordChange.Field) {
        current = Leaf(version: version, content: field.content)
        siblings = []
        awaited = field.putAside(below: version).sorted()
    }

    /// A field as it was kept. The parts are put in order.
    public init(current: Leaf, siblings: [Leaf], awaited: [Version]) {
        self.current = current
        self.siblings = siblings.sorted { $0.version < $1.version }
        self.awaited = awaited.sorted()
    }

    /// Takes an edit that was not taken before; a log holds each edit once.
    ///
    /// `hasArrived` tells whether an edit with a version was taken before. It is asked only about
    /// versions that are put aside without being leaves, which is rare: edits that did not know
    /// of each other, or out of order. To answer false always is safe and leaves `awaited` longer
    /// than it need be.
    public mutating func take(
        _ version: Version, _ field: RecordChange.Field,
        hasArrived: (Version) throws -> Bool
    ) rethrows {
        if isLeaf(version) {
            return try takeAgain(version, field, hasArrived: hasArrived)
        }
        let aside = field.putAside(below: version)
        if let place = awaited.firstIndex(of: version) {
            awaited.remove(at: place)
            for other in aside { try putAside(other, hasArrived) }
            return
        }
        let before = current
        let isNewest = RecordState.wins(version, over: before.version)
        for other in aside where other != before.version { try putAside(other, hasArrived) }
        let leaf = Leaf(version: version, content: field.content)
        if isNewest { current = leaf }
        if !isNewest {
            insert(leaf)
        } else if !aside.contains(before.version) {
            insert(before)
        }
    }

    /// Takes an edit whose version was taken before: the same edit once more, which changes
    /// nothing, or that of a cloned laptop under the same version. The greater content in byte
    /// order stays, and both edits' names count.
    public mutating func takeAgain(
        _ version: Version, _ field: RecordChange.Field,
        hasArrived: (Version) throws -> Bool
    ) rethrows {
        let leaf = Leaf(version: version, content: field.content)
        if version == current.version {
            if current.content.precedes(leaf.content) { current = leaf }
        } else if let place = siblings.firstIndex(where: { $0.version == version }) {
            if siblings[place].content.precedes(leaf.content) { siblings[place] = leaf }
        }
        for other in field.putAside(below: version) where !awaited.contains(other) {
            try putAside(other, hasArrived)
        }
    }

    private func isLeaf(_ version: Version) -> Bool {
        version == current.version || siblings.contains { $0.version == version }
    }

    /// Never called with the current version: what is put aside is earlier than its edit, and an
    /// edit earlier than the current one cannot name it.
    private mutating func putAside(
        _ version: Version, _ hasArrived: (Version) throws -> Bool
    ) rethrows {
        if let place = siblings.firstIndex(where: { $0.version == version }) {
            siblings.remove(at: place)
        } else if !awaited.contains(version), try !hasArrived(version) {
            awaited.insert(version, at: awaited.firstIndex { $0 > version } ?? awaited.endIndex)
        }
    }

    private mutating func insert(_ leaf: Leaf) {
        let place = siblings.firstIndex { $0.version > leaf.version } ?? siblings.endIndex
        siblings.insert(leaf, at: place)
    }
}

extension RecordChange.Field {
    /// What this edit of a version puts aside: its base and what it settles, as far as they are
    /// earlier than it.
    fileprivate func putAside(below version: Version) -> [Version] {
        var versions = settles
        if let base { versions.append(base) }
        return versions.filter { $0 < version }
    }
}
