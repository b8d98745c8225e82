import Foundation
import Participation
import Testing

/// Laptops that never meet: everything between them goes by a stick.
@Suite(.serialized)
struct BundleTests {
    private static let canary = "Канарейка-Булак"
    private static let town = """
        {"entity":"municipality","id":"m","name":"Көк-Ирим"}
        {"entity":"village","id":"v1","municipality":"m","name":"\(canary)"}
        """

    /// An office with records, a laptop of a village that has none, and a stick.
    private struct Trip {
        let office: Program
        let village: Program
        let stick: URL

        /// The only bundle on the stick.
        func bundle() throws -> URL {
            let names = try FileManager.default.contentsOfDirectory(atPath: stick.path)
            return stick.appendingPathComponent(
                try #require(names.first { $0.hasSuffix(".ashar") && !$0.hasPrefix("lie") }))
        }

        /// The office writes everything onto the stick, the village takes it.
        func carry() throws -> URL {
            _ = try BundleTests.said(office, "bundle", "export", stick.path)
            let file = try bundle()
            _ = try BundleTests.said(village, "bundle", "import", file.path)
            return file
        }
    }

    /// What a command said that did what it was asked for.
    private static func said(_ program: Program, _ arguments: String...) throws -> String {
        let output = try program.run(arguments)
        #expect(output.status == 0, "\(arguments): \(output.errors)")
        return output.text
    }

    private static func json(_ program: Program, _ arguments: String...) throws -> JSON {
        let output = try program.run(arguments + ["--json"])
        #expect(output.status == 0, "\(arguments): \(output.errors)")
        return try JSONReader.read(output.text.utf8)
    }

    /// All that tells what a laptop holds.
    private static func state(_ program: Program) throws -> [JSON?] {
        let status = try json(program, "status")
        return [status["digest"], status["heads"], status["storage"]?["entries"]]
    }

    /// The village is admitted by an invitation and a request, both of which are files.
    private static func with(_ work: (Trip) throws -> Void) throws {
        try Program.with { office in
            try Program.with { village in
                let folder = office.data.deletingLastPathComponent()
                let stick = folder.appendingPathComponent("stick")
                try FileManager.default.createDirectory(
                    at: stick, withIntermediateDirectories: true)
                let invitation = folder.appendingPathComponent("invitation").path
                let request = folder.appendingPathComponent("request").path
                _ = try said(office, "community", "create", "--label", "Кеңсе")
                _ = try said(office, "import", try office.file("town.jsonl", town))
                _ = try said(office, "devices", "invite", invitation)
                _ = try said(
                    village, "pair", "--invitation", invitation, "--request", request,
                    "--label", "Айыл")
                _ = try said(office, "devices", "admit", request)
                try work(Trip(office: office, village: village, stick: stick))
            }
        }
    }

    @Test func `two laptops that never meet come to hold the same`() throws {
        try Self.with { trip in
            let file = try trip.carry()
            #expect(try Self.state(trip.village)[0] == Self.state(trip.office)[0])
            #expect(try Self.said(trip.village, "verify").hasPrefix("ok"))
            #expect(try Self.said(trip.village, "devices", "list").contains("Кеңсе"))

            let found = try Self.json(trip.village, "bundle", "inspect", file.path)
            #expect(found["everything"] == .bool(true) && found["newEntries"] == .integer(0))
            #expect(found["label"] == .string("Кеңсе"))
            guard case .integer(let all)? = found["entries"] else {
                Issue.record("no entries: \(found.encoded)")
                return
            }

            // The way back: only what the office lacks, by what its own bundle told of it.
            let more = #"{"entity":"village","id":"v2","municipality":"m","name":"Арал"}"#
            _ = try Self.said(trip.village, "import", try trip.village.file("more.jsonl", more))
            let office = try #require(try Self.json(trip.office, "status")["device"]?.text)
            let back = trip.stick.appendingPathComponent("lie-back.ashar").path
            let written = try Self.json(
                trip.village, "bundle", "export", back, "--for", office)
            guard case .integer(let some)? = written["entries"] else {
                Issue.record("no entries: \(written.encoded)")
                return
            }
            #expect(some > 0 && some < all)
            let before = try Self.json(trip.office, "status")["digestShort"]
            let receipt = try Self.json(trip.office, "bundle", "import", back)
            #expect(receipt["newEntries"] == .integer(some))
            #expect(receipt["digestBefore"] == before)
            #expect(receipt["label"] == .string("Айыл"))
            #expect(try Self.state(trip.village)[0] == Self.state(trip.office)[0])
            #expect(receipt["digest"] == (try Self.json(trip.village, "status")["digestShort"]))
        }
    }

    @Test func `a laptop whose folder was copied gets keys of its own and comes in anew`() throws {
        try Self.with { trip in
            _ = try trip.carry()
            let before = try Self.json(trip.village, "status")
            #expect(try Self.said(trip.village, "devices", "renew").contains("retired-1"))
            #expect(try trip.village.run("devices", "renew").status == 1)
            let after = try Self.json(trip.village, "status")
            #expect(after["device"] != before["device"] && after["digest"] == before["digest"])
            let folder = trip.stick.deletingLastPathComponent()
            let invitation = folder.appendingPathComponent("again").path
            let request = folder.appendingPathComponent("again-request").path
            _ = try Self.said(trip.office, "devices", "invite", invitation)
            _ = try Self.said(
                trip.village, "pair", "--invitation", invitation, "--request", request,
                "--label", "Айыл 2")
            _ = try Self.said(trip.office, "devices", "admit", request)
            let more = #"{"entity":"village","id":"v2","municipality":"m","name":"Арал"}"#
            _ = try Self.said(trip.village, "import", try trip.village.file("more.jsonl", more))
            let there = trip.stick.appendingPathComponent("lie-office.ashar").path
            _ = try Self.said(trip.office, "bundle", "export", there)
            _ = try Self.said(trip.village, "bundle", "import", there)
            let back = trip.stick.appendingPathComponent("lie-again.ashar").path
            _ = try Self.said(trip.village, "bundle", "export", back)
            _ = try Self.said(trip.office, "bundle", "import", back)
            #expect(try Self.state(trip.village)[0] == Self.state(trip.office)[0])
            #expect(try Self.said(trip.village, "verify").hasPrefix("ok"))
        }
    }

    @Test func `who finds the stick reads nothing, and to take it twice changes nothing`() throws {
        try Self.with { trip in
            let file = try trip.carry()
            let bytes = try Data(contentsOf: file)
            for words in [Self.canary, "municipality", "Кеңсе", "village"] {
                #expect(bytes.range(of: Data(words.utf8)) == nil, "\(words)")
            }
            let before = try Self.state(trip.village)
            for program in [trip.village, trip.office] {
                let receipt = try Self.json(program, "bundle", "import", file.path)
                #expect(receipt["newEntries"] == .integer(0))
                #expect(receipt["digest"] == receipt["digestBefore"])
            }
            #expect(try Self.state(trip.village) == before)
            let again = try trip.village.run(
                "bundle", "export", try trip.bundle().path)
            #expect(again.status == 1 && again.errors.contains("is not written over"))
            #expect(try Data(contentsOf: file) == bytes)
        }
    }

    @Test func `what was cut or changed on its way is refused, and nothing of it is taken`() throws
    {
        try Self.with { trip in
            _ = try Self.said(trip.office, "bundle", "export", trip.stick.path)
            let whole = try Data(contentsOf: trip.bundle())
            let lie = trip.stick.appendingPathComponent("lie.ashar")
            let before = try Self.state(trip.village)
            func refusal(_ bytes: Data) throws -> String {
                try bytes.write(to: lie)
                let output = try trip.village.run("bundle", "import", lie.path)
                #expect(output.status == 1)
                return output.errors
            }
            // Whatever the dice say; they say it again in the failure's message.
            for _ in 0..<5 {
                let length = Int.random(in: 8..<whole.count)
                let said = try refusal(whole.prefix(length))
                #expect(said.contains("ends too early"), "\(length): \(said)")
            }
            for _ in 0..<5 {
                let place = Int.random(in: 0..<whole.count)
                var bytes = whole
                bytes[place] ^= 1
                #expect(try !refusal(bytes).isEmpty, "\(place)")
            }
            var newer = whole
            newer[8] = 2
            #expect(try refusal(newer).contains("newer version"))
            #expect(try refusal(Data("a letter".utf8)).contains("no Ashar file"))
            #expect(try Self.state(trip.village) == before)
            _ = try Self.said(trip.village, "bundle", "import", try trip.bundle().path)
            #expect(try Self.state(trip.village)[0] == Self.state(trip.office)[0])
        }
    }

    @Test func `another community's bundle is refused, and one made before the admission`() throws {
        try Self.with { trip in
            let file = try trip.carry()
            try Program.with { stranger in
                let alone = try stranger.run("bundle", "import", file.path)
                #expect(alone.status == 1 && alone.errors.contains("no community"))
                _ = try Self.said(stranger, "community", "create")
                let before = try Self.state(stranger)
                let foreign = try stranger.run("bundle", "import", file.path)
                #expect(foreign.status == 1 && foreign.errors.contains("another municipality"))
                #expect(try Self.state(stranger) == before)
            }
            try Program.with { late in
                let folder = late.data.deletingLastPathComponent()
                let invitation = folder.appendingPathComponent("invitation").path
                let request = folder.appendingPathComponent("request").path
                _ = try Self.said(trip.office, "devices", "invite", invitation)
                _ = try Self.said(late, "pair", "--invitation", invitation, "--request", request)
                let early = try late.run("bundle", "import", file.path)
                #expect(early.status == 1 && early.errors.contains("not written for us"))
                _ = try Self.said(trip.office, "devices", "admit", request)
                let twice = try trip.office.run("devices", "admit", request)
                #expect(twice.status == 0, "the same laptop may ask again")
                let later = folder.appendingPathComponent("later.ashar").path
                _ = try Self.said(trip.office, "bundle", "export", later)
                _ = try Self.said(late, "bundle", "import", later)
                #expect(try Self.state(late)[0] == Self.state(trip.office)[0])
            }
        }
    }

    @Test func `a bundle that builds on what is not here is refused`() throws {
        try Self.with { trip in
            _ = try trip.carry()
            let village = try #require(try Self.json(trip.village, "status")["device"]?.text)
            // The office hears what the village holds, and writes what it lacks after that.
            let back = trip.stick.appendingPathComponent("lie-back.ashar").path
            _ = try Self.said(trip.village, "bundle", "export", back)
            _ = try Self.said(trip.office, "bundle", "import", back)
            let more = #"{"entity":"village","id":"v3","municipality":"m","name":"Бирдик"}"#
            _ = try Self.said(trip.office, "import", try trip.office.file("more.jsonl", more))
            let lacking = trip.stick.appendingPathComponent("lie-lacking.ashar").path
            _ = try Self.said(trip.office, "bundle", "export", lacking, "--for", village)
            // The village's folder is lost; its keys and its place in the community are not.
            let files = FileManager.default
            for name in try files.contentsOfDirectory(atPath: trip.village.data.path)
            where name.hasPrefix("store.db") {
                try files.removeItem(at: trip.village.data.appendingPathComponent(name))
            }
            let invitation = trip.stick.appendingPathComponent("invitation").path
            let request = trip.stick.appendingPathComponent("request").path
            _ = try Self.said(trip.office, "devices", "invite", invitation)
            _ = try Self.said(
                trip.village, "pair", "--invitation", invitation, "--request", request)
            let before = try Self.state(trip.village)
            let refused = try trip.village.run("bundle", "import", lacking)
            #expect(refused.status == 1 && refused.errors.contains("have not come to us"))
            #expect(try Self.state(trip.village) == before)
            let all = trip.stick.appendingPathComponent("lie-all.ashar").path
            _ = try Self.said(trip.office, "bundle", "export", all)
            _ = try Self.said(trip.village, "bundle", "import", all)
            #expect(try Self.state(trip.village)[0] == Self.state(trip.office)[0])
        }
    }
}
