/// A record as the set of entries seen so far makes it: for each field the value of its greatest
/// version. This is the merge rule; the store applies the same comparison to its rows.
public struct RecordState: Sendable, Equatable {
    /// A field's value and where it comes from.
    public struct Field: Sendable, Equatable {
        /// The value.
        public let content: Content
        /// The edit it comes from.
        public let version: Version
    }

    /// The fields that any entry has touched.
    public private(set) var fields: [String: Field] = [:]

    /// A record nothing is known of.
    public init() {}

    /// Takes a change in; in any order, any number of times, the result is the same.
    public mutating func merge(_ change: RecordChange, from branch: Branch) {
        for field in change.fields {
            let version = Version(stamp: change.stamp(of: field), branch: branch)
            if Self.wins(version, over: fields[field.name]?.version) {
                fields[field.name] = Field(content: field.content, version: version)
            }
        }
    }

    /// The one comparison of the merge.
    public static func wins(_ version: Version, over current: Version?) -> Bool {
        guard let current else { return true }
        return version > current
    }
}
