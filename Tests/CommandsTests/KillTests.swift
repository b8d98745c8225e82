import Foundation
import GRDB
import Testing

/// The power fails while a file is being imported: the running server is killed with -9 at
/// random moments. What was acknowledged is there, and no half of a file ever is.
@Suite(.serialized)
struct KillTests {
    private static let rounds = 100
    private static let lines = 800

    @Test func `a hundred kills lose nothing that was acknowledged`() throws {
        try Program.with { program in
            let place = try program.file(
                "place.jsonl",
                """
                {"entity":"municipality","id":"m","name":"Көк-Ирим"}
                {"entity":"cycle","id":"c","municipality":"m","title":"2026","startsOn":"2026-01-01","stage":1}
                {"entity":"event","id":"e","cycle":"c","kind":"session"}
                """)
            #expect(try program.run("import", place).status == 0)
            var generator = Dice(state: 20_261_121)
            var acknowledged = 0
            var present = 0
            var whole = 0
            let length = try Self.importSeconds(program)
            for round in 0..<Self.rounds {
                let file = try program.file("\(round).jsonl", Self.stickers(round))
                let server = try program.start("serve", "--port-base", "18800")
                try Self.waitForSocket(program, server)
                let client = try program.start("import", file)
                Thread.sleep(forTimeInterval: generator.fraction() * length * 1.3)
                kill(server.processIdentifier, SIGKILL)
                server.waitUntilExit()
                client.waitUntilExit()
                let isAcknowledged = client.terminationStatus == 0
                let found = try Self.count(program)
                let isWhole = found == present + Self.lines
                #expect(found == present || isWhole, "round \(round): half an import")
                if isAcknowledged {
                    acknowledged += 1
                    #expect(isWhole, "round \(round): an acknowledged import is lost")
                }
                whole += isWhole ? 1 : 0
                present = found
            }
            // Both outcomes must have been met, or the moments were not random enough to tell.
            #expect(whole > 0 && whole < Self.rounds, "\(whole) of \(Self.rounds) were whole")
            #expect(acknowledged <= whole)
            let verified = try program.run("verify")
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    /// How long an import takes here, so that kills fall into all of it.
    private static func importSeconds(_ program: Program) throws -> Double {
        try Program.with { other in
            let file = try other.file(
                "x.jsonl",
                """
                {"entity":"municipality","id":"m","name":"x"}
                {"entity":"cycle","id":"c","municipality":"m","title":"x","startsOn":"2026-01-01","stage":1}
                {"entity":"event","id":"e","cycle":"c","kind":"session"}
                """ + "\n" + stickers(0))
            let server = try other.start("serve", "--port-base", "18700")
            try waitForSocket(other, server)
            let start = ContinuousClock.now
            #expect(try other.run("import", file).status == 0)
            let length = start.duration(to: .now) / .seconds(1)
            server.terminate()
            server.waitUntilExit()
            return length
        }
    }

    private static func stickers(_ round: Int) -> String {
        (0..<lines).map {
            #"{"entity":"sticker","id":"r\#(round)-\#($0)","event":"e","text":"жол начар \#($0)"}"#
        }.joined(separator: "\n")
    }

    private static func waitForSocket(_ program: Program, _ server: Process) throws {
        let socket = program.data.appendingPathComponent("ashar.sock").path
        for _ in 0..<1500 where server.isRunning {
            if Self.answers(socket) { return }
            Thread.sleep(forTimeInterval: 0.02)
        }
        let words = try? String(contentsOf: program.errors, encoding: .utf8)
        Issue.record("the server did not start, running: \(server.isRunning), \(words ?? "")")
    }

    private static func answers(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (index, byte) in path.utf8.prefix(bytes.count - 1).enumerated() {
                bytes[index] = byte
            }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private static func count(_ program: Program) throws -> Int {
        // Nobody has the file open between two rounds; the counter is part of the transaction.
        var configuration = Configuration()
        configuration.readonly = true
        let file = program.data.appendingPathComponent("store.db").path
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM sticker") ?? 0
            let counted = try Int.fetchOne(db, sql: "SELECT live FROM kind WHERE name = 'sticker'")
            #expect(rows == counted)
            return rows
        }
    }

    private struct Dice {
        var state: UInt64

        mutating func fraction() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(UInt64(1) << 53)
        }
    }
}
