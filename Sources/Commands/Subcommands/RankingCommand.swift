import ArgumentParser
import Participation

enum RankingFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json
}

struct RankingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking", abstract: "Print what the villages find most urgent.")

    @Option(help: "The cycle's id; the only one where there is one.")
    var cycle: String?

    @Option(help: "Only this village.")
    var village: String?

    @Option(help: "table or json.")
    var format = RankingFormat.table

    @OptionGroup var data: DataOptions

    func run() async throws {
        let (cycle, village) = (cycle, village)
        let result = try await CoreClient.with(data.folder) { client in
            let cycle = try await Self.id(cycle) { try await Self.onlyCycle(client) }
            let village = try village.map { try Self.checked($0) }
            let query = "cycle=\(cycle)" + (village.map { "&village=\($0)" } ?? "")
            return try await client.get("/api/v1/ranking?\(query)")
        }
        print(format == .json ? result.encoded : Self.table(result))
    }

    private static func id(
        _ text: String?, otherwise: () async throws -> String
    ) async throws -> String {
        if let text { return try checked(text) }
        return try await otherwise()
    }

    private static func checked(_ text: String) throws -> String {
        guard let id = RecordID(text) else {
            throw ValidationError("\(text) is no id: 1 to 64 of A-Z a-z 0-9 - _")
        }
        return id.text
    }

    private static func onlyCycle(_ client: CoreClient) async throws -> String {
        let cycles = try await client.get("/api/v1/records/cycle?limit=2")
        guard case .array(let found)? = cycles["records"], found.count == 1,
            let id = found[0]["id"]?.text
        else {
            throw CommandFailure(
                message: "Name the cycle: ashar ranking --cycle ID (ashar export --entity cycle)")
        }
        return id
    }

    private static func table(_ result: JSON) -> String {
        var lines: [String] = []
        if case .array(let villages)? = result["villages"] {
            for village in villages {
                lines.append(village["name"]?.text ?? "")
                if case .array(let problems)? = village["problems"] { lines += rows(problems) }
                lines.append("")
            }
        }
        if case .array(let entries)? = result["municipality"] { lines += ["Σ"] + rows(entries) }
        return lines.joined(separator: "\n")
    }

    private static func rows(_ entries: [JSON]) -> [String] {
        entries.map { entry in
            func number(_ name: String, _ width: Int) -> String {
                guard case .integer(let number)? = entry[name] else { return "" }
                let digits = String(number)
                return String(repeating: " ", count: max(0, width - digits.count)) + digits
            }
            let mark = entry["priority"] == .bool(true) ? "*" : " "
            return "\(number("rank", 4))\(mark)\(number("votes", 7))  \(entry["title"]?.text ?? "")"
        }
    }
}
