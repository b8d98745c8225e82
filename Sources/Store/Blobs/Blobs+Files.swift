import Foundation
import Synchronization

/// Where the files lie, and which are there.
extension Blobs {
    /// Where what has arrived of a file lies.
    func partial(_ hash: BlobHash) -> URL {
        folder.appendingPathComponent("partial/\(hash)")
    }

    /// Where a file lies.
    func place(_ hash: BlobHash) -> URL {
        let name = hash.description
        return folder.appendingPathComponent("\(name.prefix(2))/\(name)")
    }

    /// Bytes as the disk gives them.
    func readUnchecked(_ hash: BlobHash, _ start: Int, _ length: Int) throws -> [UInt8] {
        guard contains(hash) else { throw StoreError.notFound }
        do {
            return try BlobFiles.read(place(hash), from: start, length: length)
        } catch StoreError.notFound {
            forget(hash)
            throw StoreError.notFound
        }
    }

    /// Whether a file is here and has its hash.
    func isWhole(_ hash: BlobHash) -> Bool {
        contains(hash) && (try? check(hash)) == true
    }

    /// Refuses what would leave too little of the disk for records.
    func checkRoom(for count: Int) throws {
        try BlobFiles.makeFolder(folder)
        if let free = freeBytes(folder), free < freeFloor || free - freeFloor < count {
            throw StoreError.diskFull
        }
    }

    /// A place for a file that is being written.
    func newFile() throws -> URL {
        let new = folder.appendingPathComponent("new")
        try BlobFiles.makeFolder(folder)
        try BlobFiles.makeFolder(new)
        let number = state.withLock { state in
            state.lastNew += 1
            return state.lastNew
        }
        return new.appendingPathComponent(String(number))
    }

    /// Gives a flushed file its name.
    func keep(_ file: URL, as hash: BlobHash, size: Int) throws {
        let place = place(hash)
        do {
            try BlobFiles.makeFolder(place.deletingLastPathComponent())
            try BlobFiles.move(file, to: place)
        } catch {
            try? FileManager.default.removeItem(at: file)
            throw error
        }
        _ = sizes()
        state.withLock { state in
            state.held?[hash] = size
            state.changes += 1
        }
        try? FileManager.default.removeItem(
            at: folder.appendingPathComponent("damaged/\(hash)"))
        try? FileManager.default.removeItem(at: partial(hash))
    }

    /// What is here, read from the folder once.
    func sizes() -> [BlobHash: Int] {
        state.withLock { state in
            if let held = state.held { return held }
            let held = Self.list(folder)
            state.held = held
            return held
        }
    }

    private static func list(_ folder: URL) -> [BlobHash: Int] {
        var held: [BlobHash: Int] = [:]
        for prefix in (try? BlobFiles.names(folder)) ?? [] where prefix.utf8.count == 2 {
            let place = folder.appendingPathComponent(prefix)
            for name in (try? BlobFiles.names(place)) ?? [] where name.hasPrefix(prefix) {
                guard let hash = BlobHash(name) else { continue }
                held[hash] = BlobFiles.size(place.appendingPathComponent(name))
            }
        }
        return held
    }

    /// Removes what a killed program was writing.
    static func removeLeftovers(_ folder: URL) {
        for name in (try? BlobFiles.names(folder)) ?? [] {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }
}
