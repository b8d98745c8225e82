import Participation
import Store

/// What other windows changed in a record since its form was made: the form remembers the
/// newest commit it had seen.
struct Meanwhile: Sendable {
    /// The values the form was made from, of the fields that were changed since.
    private let bases: [String: Value?]

    /// `steps` is the record's history from the newest. A form without a commit, or with one
    /// that is not among them, is taken as it is.
    init(_ steps: [HistoryStep], seen: String?) {
        let newer = steps.prefix { $0.commit.description != seen }
        var bases: [String: Value?] = [:]
        if newer.count < steps.count {
            for change in newer.flatMap(\.changes) {
                bases.updateValue(change.old, forKey: change.field)
            }
        }
        self.bases = bases
    }

    /// What a form changes in a record, and the fields over which two windows disagree: this one
    /// changed them, and another one did so before.
    func merge(
        _ fields: [String: Value?], _ form: FieldForm, _ record: Record
    ) -> (changes: [String: Value?], disputed: [String]) {
        var changes: [String: Value?] = [:]
        var disputed: [String] = []
        for (name, value) in fields {
            if form.isSame(value, record.values[name], name) { continue }
            guard let base = bases[name] else {
                changes.updateValue(value, forKey: name)
                continue
            }
            // What nobody touched in this window keeps the other window's value.
            if !form.isSame(value, base, name) { disputed.append(name) }
        }
        return (changes, disputed.sorted())
    }
}
