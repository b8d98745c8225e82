import Foundation

/// What a command says: results on standard output, everything else on standard error.
enum Terminal {
    static func error(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }

    static func write(_ bytes: some Sequence<UInt8>) {
        FileHandle.standardOutput.write(Data(bytes))
    }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// A bar on standard error while long work goes on; silent where nobody looks.
struct ProgressBar {
    private static let width = 40
    private var shown = -1

    mutating func show(_ done: Int, of all: Int) {
        guard Terminal.errorIsTerminal, all > 0 else { return }
        let permille = min(1000, Int(Double(done) / Double(all) * 1000))
        guard permille != shown else { return }
        shown = permille
        let filled = permille * Self.width / 1000
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: Self.width - filled)
        FileHandle.standardError.write(Data("\r\(bar) \(permille / 10) %".utf8))
    }

    func end() {
        guard shown >= 0 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
