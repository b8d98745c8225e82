import Foundation
import Participation
import Testing

/// The command line as a user meets it: the built program, real files.
@Suite(.serialized)
struct CommandTests {
    private static let demo = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/Commands/Demo/1-kok-irim.jsonl").path

    @Test func `a real municipality is imported and ranked`() throws {
        try Program.with { program in
            let imported = try program.run("import", Self.demo)
            #expect(imported.status == 0, "\(imported.errors)")
            let ranked = try program.run("ranking", "--cycle", "kok-irim-2014", "--format", "json")
            let json = try JSONReader.read(ranked.text.utf8)
            guard case .array(let entries)? = json["municipality"] else {
                Issue.record("no ranking: \(ranked.text) \(ranked.errors)")
                return
            }
            #expect(entries.compactMap { $0["votes"] } == [63, 45, 40, 36, 36, 32, 30, 16, 8])
            #expect(entries.compactMap { $0["rank"] } == [1, 2, 3, 4, 4, 6, 7, 8, 9])
            #expect(entries[0]["byVillage"]?["kok-irim-birdik"] == 52)
            guard case .array(let villages)? = json["villages"] else { return }
            #expect(villages.compactMap { $0["name"]?.text } == ["Арал", "Бирдик"])
        }
    }

    @Test func `rebuild gives the digest that status gave, verify finds nothing`() throws {
        try Program.with { program in
            #expect(try program.run("import", Self.demo).status == 0)
            let status = try JSONReader.read(try program.run("status", "--json").text.utf8)
            let rebuilt = try program.run("rebuild").text
            #expect(
                rebuilt.trimmingCharacters(in: .whitespacesAndNewlines) == status["digest"]?.text)
            let verified = try program.run("verify")
            #expect(verified.status == 0)
            #expect(verified.text.hasPrefix("ok: entries 34"))
        }
    }

    @Test func `a backup is put back, and the records from before stay beside it`() throws {
        try Program.with { program in
            #expect(try program.run("import", Self.demo).status == 0)
            let before = try JSONReader.read(try program.run("status", "--json").text.utf8)
            let backup = program.data.deletingLastPathComponent().appendingPathComponent("copy")
            let made = try program.run("backup", backup.path)
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.text.contains(before["digestShort"]?.text ?? "no digest"))
            #expect(try program.run("backup", backup.path).status == 1)
            let more = try program.file(
                "more.jsonl", #"{"entity":"municipality","id":"m","name":"Арал"}"#)
            #expect(try program.run("import", more).status == 0)
            let restored = try program.run("restore", backup.path)
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.text.contains("/backups/before-"))
            let after = try JSONReader.read(try program.run("status", "--json").text.utf8)
            #expect(after["digest"] == before["digest"])
            #expect(after["device"] == before["device"])
            #expect(after["continuity"]?["restored"]?.text != nil)
            #expect(try program.run("import", more).status == 0)
            #expect(try program.run("verify").status == 0)
            #expect(try program.run("restore", program.data.path + "/nowhere").status == 1)
        }
    }

    @Test func `a data folder that was put back is noticed`() throws {
        try Program.with { program in
            #expect(try program.run("import", Self.demo).status == 0)
            let old = program.data.deletingLastPathComponent().appendingPathComponent("old")
            try FileManager.default.copyItem(at: program.data, to: old)
            let more = try program.file(
                "more.jsonl", #"{"entity":"municipality","id":"m","name":"Арал"}"#)
            #expect(try program.run("import", more).status == 0)
            try FileManager.default.removeItem(at: program.data)
            try FileManager.default.moveItem(at: old, to: program.data)
            let status = try JSONReader.read(try program.run("status", "--json").text.utf8)
            #expect(status["continuity"]?["rolledBack"]?.text != nil)
        }
    }

    @Test func `a bad file names line, field and reason in the user's language`() throws {
        try Program.with { program in
            let file = try program.file(
                "bad.jsonl",
                """
                {"entity":"municipality","id":"m","name":"Көк-Ирим"}
                {"entity":"village","id":"v","municipality":"m","name":"Арал","men":-4}
                """)
            let refused = try program.run("import", file)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("line 2, men:"))
            let kyrgyz = try program.run(
                "import", file, environment: ["LC_ALL": "ky_KG.UTF-8"])
            #expect(kyrgyz.errors.contains("2-сап, men:"))
            #expect(try program.run("status", "--json").text.contains("\"records\":0"))
        }
    }

    @Test func `what is exported can be imported again`() throws {
        try Program.with { first in
            #expect(try first.run("import", Self.demo).status == 0)
            let lines = try first.run("export").text
            try Program.with { second in
                let file = try second.file("all.jsonl", lines)
                let imported = try second.run("import", file)
                #expect(imported.status == 0, "\(imported.errors)")
                let digests = try [first, second].map {
                    try JSONReader.read(try $0.run("status", "--json").text.utf8)["digest"]
                }
                #expect(digests[0] == digests[1])
            }
            let csv = try first.run("export", "--entity", "problem", "--format", "csv").text
            #expect(csv.hasPrefix("\u{FEFF}id,event,title"))
            #expect(csv.split(separator: "\r\n").count == 14)
        }
    }

    @Test func `wrong usage ends with 2, a refusal with 1`() throws {
        try Program.with { program in
            let statuses = [
                try program.run("nonsense").status,
                try program.run("ranking", "--format", "xml").status,
                try program.run("import", "/nowhere.jsonl").status,
                try program.run("ranking", "--cycle", "none").status,
                try program.run("version").status,
            ]
            #expect(statuses == [2, 2, 1, 1, 0])
        }
    }

    @Test func `accounts are kept, and a secret never leaves`() throws {
        try Program.with { program in
            let passphrase = try program.file("pass", "тоо суу жол\n")
            let added = try program.run(
                "account", "add", "aigul", "--role", "admin", "--passphrase-file", passphrase)
            #expect(added.status == 0, "\(added.errors)")
            let again = try program.run(
                "account", "add", "aigul", "--role", "viewer", "--passphrase-file", passphrase)
            #expect(again.status == 1)
            #expect(try program.run("account", "list").text == "aigul\tadmin\taigul\n")
            let token = try program.run("account", "token", "aigul").text
            #expect(token.count == 65)
            #expect(try !program.run("export").text.contains("scrypt"))
            #expect(try !program.run("log", "show").text.contains("scrypt"))
            let weak = try program.file("weak", "abc\n")
            let refused = try program.run(
                "account", "passwd", "aigul", "--passphrase-file", weak)
            #expect(refused.status == 1)
        }
    }
}
