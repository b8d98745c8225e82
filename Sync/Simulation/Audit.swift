import SyncCore

/// Accounts for every acknowledged edit that a laptop holds.
struct Audit {
    private(set) var violations: [(kind: Violation.Kind, text: String)] = []
    /// Edits beyond a cut.
    private(set) var voidCount = 0
    /// Edits that stand on a limb of a forked log.
    private(set) var sideCount = 0

    private struct Place: Hashable {
        let entry: Hash
        let key: RecordKey
        let field: String
    }

    private let view: View

    init(_ view: View, _ edits: [Edit]) {
        self.view = view
        var counting: [Edit] = []
        for edit in edits {
            if view.membership.accepts(edit.branch, sequence: edit.sequence) {
                counting.append(edit)
            } else {
                voidCount += 1
                checkVoid(edit)
            }
        }
        let aside = Set(
            counting.flatMap { edit in
                edit.putAside.map { Place(entry: $0, key: edit.key, field: edit.field) }
            })
        var twins: [Source: Int] = [:]
        for edit in edits { twins[edit.source(in: edit.branch), default: 0] += 1 }
        for edit in counting {
            let place = Place(entry: edit.entry, key: edit.key, field: edit.field)
            let hasTwin = twins[edit.source(in: edit.branch), default: 0] > 1
            check(edit, isPutAside: aside.contains(place), hasTwin: hasTwin)
        }
    }

    /// What counts is shown, listed, or was put aside by one that knew of it.
    private mutating func check(_ edit: Edit, isPutAside: Bool, hasTwin: Bool) {
        guard let name = view.values.names[edit.entry] else {
            violations.append((.lost, "\(edit.told) was not merged"))
            return
        }
        if name != edit.branch { sideCount += 1 }
        let leaf = leaf(of: edit, in: name)
        if let leaf, !leaf.content.isIdentical(to: edit.content) {
            violations.append((.altered, "\(edit.told) reads \(leaf.content)"))
        }
        if leaf == nil, !isPutAside {
            violations.append((.lost, edit.told))
        }
        // Where a clone wrote under the same version, a name can mean either, and then neither.
        if leaf != nil, isPutAside, !hasTwin {
            violations.append((.buried, "\(edit.told) is a leaf, and was put aside"))
        }
    }

    private mutating func checkVoid(_ edit: Edit) {
        let name = view.values.names[edit.entry]
        if name != nil || leaf(of: edit, in: edit.branch) != nil && !hasOther(edit) {
            violations.append((.beyondCut, edit.told))
        }
    }

    /// Whether the version that is shown comes from another entry: that of a clone.
    private func hasOther(_ edit: Edit) -> Bool {
        view.values.sources[edit.source(in: edit.branch)].map { $0 != edit.entry } ?? false
    }

    private func leaf(of edit: Edit, in name: Branch) -> MultiValueRegister.Leaf? {
        guard let register = view.values[edit.key, edit.field]?.register else { return nil }
        let version = Version(stamp: edit.stamp, branch: name)
        return ([register.current] + register.siblings).first { $0.version == version }
    }
}

extension Edit {
    fileprivate func source(in name: Branch) -> Source {
        Source(key: key, field: field, version: Version(stamp: stamp, branch: name))
    }
}
