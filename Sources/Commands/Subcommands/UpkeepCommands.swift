import ArgumentParser
import Participation

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every hash and signature of the log, and every photograph.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let report = try await CoreClient.with(data.folder) {
            try await $0.work("/control/verify")
        }
        guard case .array(let faults)? = report["faults"], faults.isEmpty else {
            throw CommandFailure(message: Self.faults(report))
        }
        if case .integer(let entries)? = report["entries"],
            case .integer(let signatures)? = report["signatures"],
            case .integer(let photographs)? = report["photographs"]
        {
            print("ok: entries \(entries), signatures \(signatures), photographs \(photographs)")
        }
    }

    private static func faults(_ report: JSON) -> String {
        guard case .array(let faults)? = report["faults"] else { return "no report" }
        return faults.map { fault in
            guard case .integer(let sequence)? = fault["seq"], sequence > 0 else {
                if let name = fault["reason"]?.text, name.hasPrefix("blob ") {
                    return """
                        damaged: photograph \(name.dropFirst(5)); it is fetched again from a \
                        laptop that has it
                        """
                }
                return "damaged: \(fault["reason"]?.text ?? "")"
            }
            let device = fault["device"]?.text ?? ""
            return "damaged: entry \(sequence) of device \(device): \(fault["reason"]?.text ?? "")"
        }.joined(separator: "\n")
    }
}

struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the tables anew from the log.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let report = try await CoreClient.with(data.folder) {
            try await $0.work("/control/rebuild")
        }
        print(report["digest"]?.text ?? "")
        if report["digest"] != report["before"] {
            Terminal.error("The tables differed from the log; they are as the log says now.")
        }
    }
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.")

    func run() { print("ashar \(Version.text)") }
}
