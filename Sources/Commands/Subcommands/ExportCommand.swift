import ArgumentParser
import Participation

enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, csv
}

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write records to standard output.")

    @Option(help: "Only records of this kind.")
    var entity: String?

    @Option(help: "jsonl or csv; csv needs --entity.")
    var format = ExportFormat.jsonl

    @Flag(name: .customLong("public"), help: "Only what anyone may see.")
    var isPublic = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        if let entity, EntityName(rawValue: entity) == nil {
            throw ValidationError("\(entity) is no kind of record")
        }
        if format == .csv, entity == nil {
            throw ValidationError("--format csv needs --entity")
        }
    }

    func run() async throws {
        var query = "format=\(format.rawValue)"
        if let entity { query += "&entity=\(entity)" }
        if isPublic { query += "&public=true" }
        try await CoreClient.with(data.folder) { [query] client in
            try await client.download("/api/v1/export?\(query)") { Terminal.write($0) }
        }
    }
}
