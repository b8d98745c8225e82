import Participation
import Store

/// A laptop as the page shows it.
struct LaptopCard: Sendable {
    let id: String
    let label: String
    let role: String
    let isSelf: Bool
    let isHere: Bool
    /// Why it cannot be reached, and what to do; both or none.
    let why: String?
    let remedy: String?
    let isSame: Bool
    let isDifferent: Bool
    let theirs: LaptopsPage.Model.Code?
    let facts: [LaptopsPage.Model.Fact]
    let progress: ProgressModel?
    let forked: String?
    let exchangeAction: String?
    let renameHref: String?
    let removeHref: String?
    let readmitHref: String?
}

/// Turns what is known of the laptops into cards: this one first, then those that are here.
struct LaptopCards {
    private let visit: Visit
    private let state: LaptopsState
    private var texts: Texts { visit.texts }

    init(_ visit: Visit, _ state: LaptopsState) {
        self.visit = visit
        self.state = state
    }

    /// Whether laptops can be admitted and removed here, by this person.
    var mayKeep: Bool {
        visit.access.mayKeepLaptops && state.own?.role == .office && state.own?.isRemoved == false
    }

    var members: [LaptopCard] {
        state.laptops.filter { !$0.isRemoved }.sorted(by: Self.precedes).map(card)
    }

    var removed: [LaptopCard] {
        state.laptops.filter(\.isRemoved).sorted(by: Self.precedes).map(card)
    }

    private static func precedes(_ left: Laptop, _ right: Laptop) -> Bool {
        if left.isSelf != right.isSelf { return left.isSelf }
        if (left.presence == .here) != (right.presence == .here) { return left.presence == .here }
        if left.label != right.label { return KyrgyzCollation.precedes(left.label, right.label) }
        return left.id.text < right.id.text
    }

    private func card(_ laptop: Laptop) -> LaptopCard {
        let isOther = !laptop.isSelf
        let isHere = laptop.presence == .here
        var (why, remedy): (String?, String?)
        if isOther, case .away(let reason) = laptop.presence, !laptop.isRemoved {
            why = texts["laptops.away.\(reason).why"]
            remedy = texts["laptops.away.\(reason).remedy"]
        }
        let mayKeepIt = mayKeep && isOther
        return LaptopCard(
            id: laptop.id.text, label: texts.name(laptop), role: texts.name(laptop.role),
            isSelf: laptop.isSelf, isHere: isOther && isHere, why: why, remedy: remedy,
            isSame: isOther && isHere && laptop.comparison == .same,
            isDifferent: isOther && isHere && laptop.comparison == .different,
            theirs: isOther && isHere ? .init(laptop.digest) : nil,
            facts: isOther ? facts(laptop) : [],
            progress: laptop.running.map { ProgressModel($0, texts) },
            forked: laptop.needsNewPairing ? texts["laptops.forked"] : nil,
            exchangeAction: mayExchange(laptop) ? Paths.laptop(laptop.id, "sync") : nil,
            renameHref: mayKeep && !laptop.isRemoved ? Paths.laptop(laptop.id, "rename") : nil,
            removeHref: mayKeepIt && !laptop.isRemoved ? Paths.laptop(laptop.id, "remove") : nil,
            readmitHref: mayKeepIt && laptop.isRemoved ? Paths.laptop(laptop.id, "readmit") : nil)
    }

    /// Whether a person may begin an exchange: one that only comes by itself is not called.
    private func mayExchange(_ laptop: Laptop) -> Bool {
        visit.access.mayExchange && !laptop.isSelf && laptop.presence == .here
            && laptop.address != nil && laptop.running == nil
    }

    private func facts(_ laptop: Laptop) -> [LaptopsPage.Model.Fact] {
        var facts: [(String, String)] = []
        if laptop.presence != .here {
            let seen = laptop.lastSeen.map { texts.moment(milliseconds: $0) }
            facts.append(("seen", seen ?? texts["laptops.never"]))
        }
        if let exchange = laptop.lastExchange {
            facts.append(
                (
                    "exchange",
                    texts(
                        "laptops.exchange",
                        [
                            "when": texts.moment(milliseconds: exchange.at),
                            "received": texts.grouped(exchange.received),
                            "sent": texts.grouped(exchange.sent),
                        ])
                ))
        }
        if let missing = missing(laptop) { facts.append(("missing", missing)) }
        if let address = laptop.address { facts.append(("address", address)) }
        return facts.map { .init(label: texts["laptops.fact.\($0.0)"], value: $0.1) }
    }

    /// What one of the two lacks, photographs apart; "nothing" only where it is here and the
    /// digests agree. Nil where nobody can know.
    private func missing(_ laptop: Laptop) -> String? {
        let unknown = laptop.presence == .here ? texts["laptops.missing.unknown"] : nil
        guard let missing = laptop.missing else { return unknown }
        var parts: [String] = []
        func add(_ key: String, _ count: Int) {
            guard count > 0 else { return }
            parts.append(texts("laptops.missing.\(key)", ["count": texts.grouped(count)]))
        }
        add("here", missing.entriesHere)
        add("photos", missing.photosHere)
        add("there", missing.entriesThere)
        guard parts.isEmpty else { return parts.joined(separator: " ") }
        let isNothing = laptop.presence == .here && laptop.comparison == .same
        return isNothing ? texts["laptops.missing.nothing"] : unknown
    }
}
