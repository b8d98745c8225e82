import Hummingbird
import Participation
import Store

/// How much waits for the person who is logged in.
struct WaitingFor: Sendable, Equatable {
    var conflicts = 0
    var deletions = 0
    var isClockAsked = false

    var count: Int { conflicts + deletions + (isClockAsked ? 1 : 0) }
}

/// One sentence about what waits, and where it is dealt with.
struct WaitingLine: Sendable {
    let text: String
    let href: String
    let action: String
}

extension Visit {
    /// The other laptops.
    /// - Throws: ``WebError/notFound`` where the program speaks with none.
    func laptops() throws -> any LaptopService {
        guard let laptops = office.laptops else { throw WebError.notFound }
        return laptops
    }

    /// Records on sticks.
    /// - Throws: ``WebError/notFound`` where the program uses none.
    func bundles() throws -> any LaptopBundles {
        guard let bundles = office.bundles else { throw WebError.notFound }
        return bundles
    }

    /// What people decide after laptops met.
    /// - Throws: ``WebError/notFound`` where nothing comes from others.
    func agreement() throws -> Agreement {
        guard let agreement = office.agreement else { throw WebError.notFound }
        return agreement
    }

    /// What waits for this person; nothing for those who only read.
    func waiting() async throws -> WaitingFor {
        guard access.mayExchange, let agreement = office.agreement else { return WaitingFor() }
        let waiting = try await agreement.waiting()
        return WaitingFor(
            conflicts: waiting.conflicts.reduce(0) {
                access.mayWrite($1.key) ? $0 + $1.value : $0
            },
            deletions: waiting.deletions.reduce(0) {
                DeletionsPage.shows($1.key, access) ? $0 + $1.value : $0
            }, isClockAsked: waiting.isClockAsked)
    }

    /// What waits, in sentences.
    func waitingLines() async throws -> [WaitingLine] {
        let waiting = try await waiting()
        var lines: [WaitingLine] = []
        func add(_ key: String, _ count: Int, _ href: String) {
            lines.append(
                WaitingLine(
                    text: texts("laptops.waiting.\(key)", ["count": String(count)]), href: href,
                    action: texts["laptops.waiting.\(key)Action"]))
        }
        if waiting.conflicts > 0 { add("conflicts", waiting.conflicts, Paths.conflicts) }
        if waiting.deletions > 0 { add("deletions", waiting.deletions, Paths.deletions) }
        if waiting.isClockAsked { add("clock", 1, Paths.clock) }
        return lines
    }

    /// The laptop in the address.
    func laptop() throws -> LaptopID {
        guard let text = context.parameters.get("id"), let id = LaptopID(text) else {
            throw WebError.notFound
        }
        return id
    }
}

extension Texts {
    /// Why something was not done with the other laptops, and what to do.
    func sentence(_ fault: LaptopFault) -> String { self["laptops.fault.\(fault)"] }

    /// What a laptop is for.
    func name(_ role: LaptopRole) -> String { self["laptops.role.\(role)"] }

    /// A label; the first digits of the name where there is none.
    func name(_ laptop: Laptop) -> String {
        laptop.label.isEmpty ? laptop.id.short : laptop.label
    }
}

/// A bar that fills, as `progress-bar.mustache` shows it.
struct ProgressModel: Sendable {
    /// 0 to 100.
    let percent: String
    let text: String

    init(_ progress: WorkProgress, _ texts: Texts) {
        let percent = Int(progress.fraction * 100)
        self.percent = String(percent)
        text =
            progress.total == nil
            ? texts("laptops.progressOpen", ["done": texts.grouped(progress.done)])
            : texts("laptops.progress", ["percent": String(percent)])
    }
}
