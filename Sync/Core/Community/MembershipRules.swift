/// The rules of ``Membership`` at work.
struct MembershipRules {
    struct Outcome {
        var members: [DeviceID: Membership.Member] = [:]
        /// The log that begins with the founding entry.
        var founding: Branch?
        var removedTerms: [DeviceID: UInt64] = [:]
    }

    /// An admission that counts.
    private struct Grant {
        let admission: Statement.Admission
        let version: Version

        var bytes: [UInt8] { Statement(stamp: version.stamp, act: .admit(admission)).bytes }
    }

    /// What the admissions alone make of a laptop.
    private struct Admitted {
        /// Admissions between it and the founder.
        let depth: Int
        /// The same, counted to the first admission as an office; nil for one that never was.
        var officeDepth: Int?
        var grants: [Grant]

        var term: UInt64 { grants.map(\.admission.term).max() ?? 0 }
    }

    private let founder: Grant?
    private let admissions: [DeviceID: [Membership.Entry]]
    private let removals: [Membership.Entry]

    init(_ community: CommunityID, _ entries: some Sequence<Membership.Entry>) {
        var founder: Grant?
        var admissions: [DeviceID: [Membership.Entry]] = [:]
        var removals: [Membership.Entry] = []
        for entry in entries {
            switch entry.statement.act {
            case .found(let founding):
                guard entry.head == Head(sequence: 1, hash: community.founding),
                    founding.keys.device == entry.branch.device
                else { continue }
                let admission = Statement.Admission(
                    term: 1, role: .office, keys: founding.keys, label: founding.label)
                founder = Grant(admission: admission, version: entry.version)
            case .admit: admissions[entry.branch.device, default: []].append(entry)
            case .remove: removals.append(entry)
            }
        }
        self.founder = founder
        self.admissions = admissions
        self.removals = removals
    }

    func outcome() -> Outcome {
        let ever = admitted(within: [:])
        let counting = countingRemovals { ever[$0]?.officeDepth != nil }
        // Every removal is in force at first; those that later terms outlive are lifted step by
        // step. The other way round, two removed laptops could bring each other back.
        var cuts = self.cuts(counting) { _ in 0 }
        var admitted = self.admitted(within: cuts)
        while true {
            let next = self.cuts(counting) { admitted[$0]?.term ?? 0 }
            if next == cuts { break }
            cuts = next
            admitted = self.admitted(within: cuts)
        }
        return Outcome(
            members: admitted.compactMapValues { member($0, cuts: cuts) },
            founding: founder?.version.branch,
            removedTerms: counting.compactMapValues { $0.map(\.term).max() })
    }

    /// Rule 1: spreads from the founder, layer by layer, through admissions by offices that are
    /// not beyond a cut.
    private func admitted(
        within cuts: [DeviceID: [UInt64: UInt64]]
    ) -> [DeviceID: Admitted] {
        guard let founder else { return [:] }
        let first = founder.admission.keys.device
        var admitted = [first: Admitted(depth: 0, officeDepth: 0, grants: [founder])]
        var layer = [first]
        var depth = 0
        while !layer.isEmpty {
            depth += 1
            var next: [DeviceID] = []
            for office in layer {
                for entry in admissions[office] ?? [] where counts(entry, within: cuts) {
                    guard case .admit(let admission) = entry.statement.act else { continue }
                    let device = admission.keys.device
                    var laptop = admitted[device] ?? Admitted(depth: depth, grants: [])
                    laptop.grants.append(Grant(admission: admission, version: entry.version))
                    if admission.role == .office, laptop.officeDepth == nil {
                        laptop.officeDepth = depth
                        next.append(device)
                    }
                    admitted[device] = laptop
                }
            }
            layer = next
        }
        return admitted
    }

    private func counts(
        _ entry: Membership.Entry, within cuts: [DeviceID: [UInt64: UInt64]]
    ) -> Bool {
        guard let cut = cuts[entry.branch.device] else { return true }
        return entry.head.sequence <= cut[entry.branch.epoch] ?? 0
    }

    /// Rule 2: the removals by offices, by the laptop they remove.
    private func countingRemovals(
        _ wasOffice: (DeviceID) -> Bool
    ) -> [DeviceID: [Statement.Removal]] {
        var counting: [DeviceID: [Statement.Removal]] = [:]
        for entry in removals where wasOffice(entry.branch.device) {
            guard case .remove(let removal) = entry.statement.act else { continue }
            counting[removal.device, default: []].append(removal)
        }
        return counting
    }

    /// Rule 3: the cuts of the laptops with a removal of their term or a later one; for each log
    /// the least place that all of those accept.
    private func cuts(
        _ removals: [DeviceID: [Statement.Removal]], term: (DeviceID) -> UInt64
    ) -> [DeviceID: [UInt64: UInt64]] {
        var cuts: [DeviceID: [UInt64: UInt64]] = [:]
        for (device, removals) in removals {
            let term = term(device)
            for removal in removals where removal.term >= term {
                guard let before = cuts[device] else {
                    cuts[device] = removal.accepted
                    continue
                }
                cuts[device] = before.reduce(into: [:]) { cut, place in
                    guard let other = removal.accepted[place.key] else { return }
                    cut[place.key] = min(place.value, other)
                }
            }
        }
        return cuts
    }

    private func member(
        _ laptop: Admitted, cuts: [DeviceID: [UInt64: UInt64]]
    ) -> Membership.Member? {
        // Under one version, which only a cloned laptop writes twice, the greater bytes win.
        let last = laptop.grants.filter { $0.admission.term == laptop.term }.max { left, right in
            left.version == right.version
                ? left.bytes.lexicographicallyPrecedes(right.bytes)
                : left.version < right.version
        }
        guard let last else { return nil }
        return Membership.Member(
            keys: last.admission.keys, role: last.admission.role, label: last.admission.label,
            term: last.admission.term, cut: cuts[last.admission.keys.device],
            depth: laptop.depth, wasOffice: laptop.officeDepth != nil)
    }
}
