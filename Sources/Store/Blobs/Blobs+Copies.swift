import Foundation

/// Copies for backups, and back.
extension Blobs {
    /// Copies those of some files that are here and whole into another folder of such files.
    /// - Returns: how many were copied.
    /// - Throws: ``StoreError/diskFull``, ``StoreError/damaged(_:)`` of the other folder.
    func copy(_ hashes: [BlobHash], to other: URL) throws -> Int {
        let copies = Blobs(folder: other, freeFloor: 0)
        var copied = 0
        for hash in hashes where contains(hash) {
            do {
                try copies.add(file: place(hash), as: hash)
                copied += 1
            } catch StoreError.blob {
                _ = try check(hash)
            } catch StoreError.notFound {
                forget(hash)
            } catch StoreError.damaged(let what) {
                // One file that the disk no longer gives keeps nobody from a backup.
                if try check(hash) { throw StoreError.damaged(what) }
            }
        }
        return copied
    }

    /// Takes in copies of all files of another folder, where it is there.
    /// - Returns: how many were left out because they are damaged.
    func takeAll(of other: URL) throws -> Int {
        let copies = Blobs(folder: other, freeFloor: 0)
        var damaged = 0
        for hash in copies.held {
            do { try add(file: copies.place(hash), as: hash) } catch StoreError.blob {
                damaged += 1
            }
        }
        return damaged
    }
}
