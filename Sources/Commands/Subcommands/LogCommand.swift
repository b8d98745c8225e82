import ArgumentParser
import Participation

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Look at the log.", subcommands: [Show.self, Of.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the newest entries: what was touched, never what was written.")

        @Option(help: "How many.")
        var limit = 20

        @OptionGroup var data: DataOptions

        func run() async throws {
            let limit = limit
            let lines = try await CoreClient.with(data.folder) {
                try await $0.get("/control/log?limit=\(limit)")
            }
            guard case .array(let entries) = lines else { return }
            for entry in entries {
                var fields: [String] = []
                if case .array(let names)? = entry["fields"] { fields = names.compactMap(\.text) }
                var place = entry["device"]?.text?.prefix(8).description ?? ""
                if case .integer(let sequence)? = entry["seq"] { place += "/\(sequence)" }
                let names = ["actor", "entity", "id"].map { entry[$0]?.text ?? "" }
                let parts = [entry["time"]?.text ?? "", place] + names
                print((parts + [fields.joined(separator: ",")]).joined(separator: "\t"))
            }
        }
    }

    struct Of: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "field", abstract: "Print what a field held, the newest first.")

        @Argument(help: "The kind of record.")
        var entity: String

        @Argument(help: "The record's id.")
        var id: String

        @Argument(help: "The field.")
        var field: String

        @OptionGroup var data: DataOptions

        func validate() throws {
            guard let entity = EntityName(rawValue: entity) else {
                throw ValidationError("\(entity) is no kind of record")
            }
            guard field == "deleted" || Entity[entity][field: field] != nil else {
                throw ValidationError("\(entity) has no field \(field)")
            }
            guard RecordID(id) != nil else { throw ValidationError("\(id) is no id") }
        }

        func run() async throws {
            let path = "/api/v1/history/\(entity)/\(id)"
            let history = try await CoreClient.with(data.folder) { [path] in
                try await $0.get(path)
            }
            guard case .array(let steps)? = history["history"] else { return }
            for step in steps {
                guard case .array(let changes)? = step["changes"] else { continue }
                for change in changes where change["field"]?.text == field {
                    let parts = [
                        step["time"]?.text ?? "", step["actor"]?.text ?? "",
                        (change["new"] ?? .null).encoded,
                    ]
                    print(parts.joined(separator: "\t"))
                }
            }
        }
    }
}
