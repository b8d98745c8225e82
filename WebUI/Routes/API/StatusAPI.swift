import Hummingbird
import Participation
import Store

/// How this laptop is: the clock, the digest, the logs, the storage.
enum StatusAPI {
    static func show(_ visit: Visit) async throws -> Response {
        Visit.json(json(try await visit.store.status(), version: visit.office.version))
    }

    private static func json(_ status: StoreStatus, version: String) -> JSON {
        let records = status.records.filter { $0.value > 0 }.sorted {
            $0.key.rawValue < $1.key.rawValue
        }
        return .object([
            .init("version", .string(version)),
            .init("device", .string(status.device)),
            .init("digest", .string(status.digest.description)),
            .init("digestShort", .string(status.digest.short)),
            .init(
                "clock",
                .object([
                    .init("now", .string(Timestamp.text(status.milliseconds))),
                    .init("trusted", .bool(status.isClockTrusted)),
                    .init("floor", .string(Timestamp.text(status.clockFloor))),
                ])),
            .init(
                "heads",
                .array(
                    status.heads.map { head in
                        .object([
                            .init("device", .string(head.device)),
                            .init("epoch", .string(head.epoch)),
                            .init("seq", .integer(Int(clamping: head.sequence))),
                            .init("hash", .string(head.hash)),
                        ])
                    })),
            .init(
                "continuity",
                .object(
                    status.breaks.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                        .init($0.key.rawValue, .string(Timestamp.text($0.value)))
                    })),
            .init("forked", .array(status.forked.sorted().map(JSON.string))),
            .init(
                "storage",
                .object([
                    .init("bytes", .integer(status.bytes)),
                    .init("freeBytes", status.freeBytes.map(JSON.integer) ?? .null),
                    .init("records", .integer(status.recordCount)),
                    .init("entries", .integer(Int(clamping: status.entryCount))),
                ])),
            .init(
                "records",
                .object(records.map { .init($0.key.rawValue, .integer($0.value)) })),
        ])
    }
}
