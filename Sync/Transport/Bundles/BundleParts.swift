import SyncCore

/// The files of one bundle, opened as they are needed and kept open until all is done: between
/// checking and taking nobody can put another file in their place.
final class BundleParts {
    /// The header of the first of them.
    let header: BundleHeader
    private let name: BundleName
    private var opened: [BundlePart]

    /// Opens the first file.
    /// - Throws: ``BundleFault``.
    init(_ name: BundleName) throws(BundleFault) {
        guard let first = try BundlePart(name.first) else { throw .unreadable }
        guard first.header.part == 1 else { throw .partMissing(1) }
        self.name = name
        header = first.header
        opened = [first]
    }

    /// How many files there are.
    var count: Int {
        var count = opened.count
        while count < BundleLimits.parts,
            BundleFile.kind(of: name.file(part: count + 1)) == .plain
        {
            count += 1
        }
        return count
    }

    /// Bytes of the files that are there, as far as they are this bundle's.
    var totalBytes: Int {
        while (try? part(opened.count + 1)) != nil {}
        return opened.reduce(0) { $0 + $1.byteCount }
    }

    /// Whether there is a file for a part, whatever is in it.
    func hasFile(part number: Int) -> Bool {
        BundleFile.kind(of: name.file(part: number)) != .missing
    }

    /// A part, from 1, in order.
    /// - Throws: ``BundleFault``; ``BundleFault/partMissing(_:)`` also where the file in its place
    ///   is another bundle's or another part.
    func part(_ number: Int) throws(BundleFault) -> BundlePart {
        if number <= opened.count { return opened[number - 1] }
        let part = try file(number)
        guard part.header == header.header(part: number) else {
            let isOurs = part.header.bundle == header.bundle && part.header.part == number
            throw isOurs ? BundleFault.altered : BundleFault.partMissing(number)
        }
        opened.append(part)
        return part
    }

    private func file(_ number: Int) throws(BundleFault) -> BundlePart {
        guard number <= BundleLimits.parts else { throw .partMissing(number) }
        do throws(BundleFault) {
            if let part = try BundlePart(name.file(part: number)) { return part }
            throw .partMissing(number)
        } catch {
            throw error == .notABundle ? .partMissing(number) : error
        }
    }

    func dropCache() { for part in opened { part.dropCache() } }
}
