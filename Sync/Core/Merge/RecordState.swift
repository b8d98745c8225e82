/// A record as the set of entries seen so far makes it: for each field the value of its greatest
/// version, and the values beside it. This is the merge rule; the store applies the same to its
/// rows.
public struct RecordState: Sendable, Equatable {
    /// A field's values and where they come from.
    public struct Field: Sendable, Equatable {
        /// The value that is shown, and those beside it.
        public fileprivate(set) var register: MultiValueRegister
        fileprivate var seen: Set<Version>

        /// The value that is shown.
        public var content: Content { register.current.content }
        /// The edit it comes from.
        public var version: Version { register.current.version }

        /// Equal where the values and what is still awaited are.
        public static func == (left: Self, right: Self) -> Bool { left.register == right.register }
    }

    /// The fields that any entry has touched.
    public private(set) var fields: [String: Field] = [:]

    /// A record nothing is known of.
    public init() {}

    /// Takes a change in; in any order, any number of times, the result is the same.
    public mutating func merge(_ change: RecordChange, from branch: Branch) {
        for field in change.fields {
            let version = Version(stamp: change.stamp(of: field), branch: branch)
            guard var known = fields.removeValue(forKey: field.name) else {
                fields[field.name] = Field(
                    register: MultiValueRegister(version, field), seen: [version])
                continue
            }
            if known.seen.contains(version) {
                known.register.takeAgain(version, field, hasArrived: known.seen.contains)
            } else {
                known.register.take(version, field, hasArrived: known.seen.contains)
                known.seen.insert(version)
            }
            fields[field.name] = known
        }
    }

    /// The one comparison of the merge.
    public static func wins(_ version: Version, over current: Version?) -> Bool {
        guard let current else { return true }
        return version > current
    }
}
