public import Foundation
public import SyncCore

/// The names of a bundle's files: `NAME.ashar`, then `NAME.2.ashar` and so on.
public struct BundleName: Sendable, Equatable {
    /// The first file.
    public let first: URL
    private let base: String

    static let suffix = ".ashar"
    /// Bishkek, all year round.
    private static let secondsFromGMT = 6 * 3600

    /// Takes the name of a first file; nil where it has another ending, is hidden, or is that of
    /// a second or later one.
    public init?(_ file: URL) {
        let name = file.lastPathComponent
        guard file.isFileURL, name.hasSuffix(Self.suffix), !name.hasPrefix(".") else { return nil }
        let base = String(name.dropLast(Self.suffix.count))
        guard !base.isEmpty, Self.partNumber(base) == nil else { return nil }
        first = file
        self.base = base
    }

    /// The file of a part, from 1.
    public func file(part: Int) -> URL {
        part == 1
            ? first
            : folder.appendingPathComponent("\(base).\(part)\(Self.suffix)", isDirectory: false)
    }

    /// The file of a part while it is written.
    func unfinished(part: Int) -> URL {
        folder.appendingPathComponent(
            "\(file(part: part).lastPathComponent).part", isDirectory: false)
    }

    /// Where the files are.
    var folder: URL { first.deletingLastPathComponent() }

    /// A name that tells a finder nothing but a day: `ashar-2026-11-21-1f0c22ab.ashar`.
    public static func suggested(written: CommunityClock.Reading, bundle: Nonce) -> String {
        let limit: UInt64 = 253_402_300_799_999
        let seconds = Double(min(written.milliseconds, limit) / 1000)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: secondsFromGMT) ?? .gmt
        let day = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: seconds))
        let numbers = [(day.year, 4), (day.month, 2), (day.day, 2)].map { number, width in
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let code = Hexadecimal.text(bundle.bytes.prefix(4))
        return "ashar-\(numbers.joined(separator: "-"))-\(code)\(suffix)"
    }

    /// The number at the end of a later part's name: 2 of `NAME.2`.
    private static func partNumber(_ base: String) -> Int? {
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return nil }
        let digits = base[base.index(after: dot)...]
        guard let number = Int(digits), (2...BundleLimits.parts).contains(number),
            String(number) == digits
        else { return nil }
        return number
    }
}
