import Foundation
import Hummingbird
import Participation
import Store

/// How this laptop is: what it holds, whether there is room, whether its clock is right.
enum StatusPage {
    struct Model: PageModel {
        static let template = "status"
        let digest: Digest
        let warnings: [Warning]
        let groups: [Group]

        struct Digest: Sendable {
            let first: String
            let second: String
        }

        struct Warning: Sendable {
            let text: String
            let href: String?
            let action: String?
        }

        struct Group: Sendable {
            let title: String
            let facts: [Fact]
        }

        struct Fact: Sendable {
            let label: String
            let value: String
            let note: String?
        }
    }

    /// Less room than this is a reason to warn: a photo or two, and the log stops.
    private static let leastFreeBytes = 500_000_000

    static func show(_ visit: Visit) async throws -> Response {
        let status = try await visit.store.status()
        let last = try await visit.read { try $0.latestEntries(limit: 1).first?.milliseconds }
        let forked = status.forked.isEmpty ? [] : try await forked(visit)
        let code = status.digest.short.split(separator: " ").map(String.init)
        return try await visit.page(
            Model(
                digest: .init(first: code.first ?? "", second: code.last ?? ""),
                warnings: warnings(visit, status) + forked,
                groups: [
                    data(status, last, visit.texts), storage(visit, status),
                    clock(status, visit.texts), program(visit, status),
                ]))
    }

    private static func warnings(_ visit: Visit, _ status: StoreStatus) -> [Model.Warning] {
        var warnings: [Model.Warning] = []
        if !status.isClockTrusted {
            let now = visit.texts.moment(milliseconds: visit.store.wallMilliseconds)
            let mayTell = visit.office.agreement != nil && visit.access.mayExchange
            warnings.append(
                .init(
                    text: visit.texts("status.clock.wrong", ["now": now]),
                    href: mayTell ? Paths.clock : nil,
                    action: visit.texts["laptops.waiting.clockAction"]))
        }
        for text in ContinuityWarnings.sentences(status, visit.texts) {
            warnings.append(.init(text: text, href: nil, action: nil))
        }
        if let free = status.freeBytes, free < leastFreeBytes {
            let text = visit.texts("status.diskFull", ["free": visit.texts.size(free)])
            warnings.append(.init(text: text, href: nil, action: nil))
        }
        return warnings
    }

    /// The laptops of which two wrote under one name, with the way to the page where one is paired
    /// again.
    private static func forked(_ visit: Visit) async throws -> [Model.Warning] {
        guard let state = await visit.office.laptops?.state() else { return [] }
        let mayLook = visit.access.mayExchange
        return state.laptops.filter(\.needsNewPairing).map { laptop in
            .init(
                text: visit.texts("status.forked", ["laptop": visit.texts.name(laptop)]),
                href: mayLook ? Paths.laptops : nil, action: visit.texts["status.forkedAction"])
        }
    }

    private static func data(
        _ status: StoreStatus, _ last: UInt64?, _ texts: Texts
    ) -> Model.Group {
        let moment = last.map { texts.moment(milliseconds: $0) }
        return group(
            "data", texts,
            [
                ("records", texts.grouped(status.recordCount)),
                ("people", texts.grouped(status.records[.person] ?? 0)),
                ("log", texts.grouped(Int(clamping: status.entryCount))),
                ("last", moment ?? texts["status.data.none"]),
            ])
    }

    /// Where the data lies is for those who look after the laptop.
    private static func storage(_ visit: Visit, _ status: StoreStatus) -> Model.Group {
        let folder = visit.store.folder.path
        let known = visit.access.mayKeepAccounts ? [("folder", folder)] : []
        let free = status.freeBytes.map { [("free", visit.texts.size($0))] } ?? []
        return group(
            "storage", visit.texts, known + [("size", visit.texts.size(status.bytes))] + free)
    }

    private static func clock(_ status: StoreStatus, _ texts: Texts) -> Model.Group {
        group(
            "clock", texts,
            [
                ("now", texts.moment(milliseconds: status.milliseconds)),
                ("zone", texts["status.clock.here"]),
            ])
    }

    private static func program(_ visit: Visit, _ status: StoreStatus) -> Model.Group {
        group(
            "program", visit.texts,
            [("version", visit.office.version), ("deviceId", status.device)])
    }

    private static func group(
        _ key: String, _ texts: Texts, _ facts: [(String, String)]
    ) -> Model.Group {
        .init(
            title: texts["status.\(key).title"],
            facts: facts.map { name, value in
                Model.Fact(label: texts["status.\(key).\(name)"], value: value, note: nil)
            })
    }
}
