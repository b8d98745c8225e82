public import Participation

/// Why the store refused or failed. Each kind has a sentence with a remedy in the texts.
public enum StoreError: Error, Sendable, Equatable {
    /// Input that the declarations refuse; nothing was changed.
    case refused([InputProblem])
    /// There is no such record, or it is deleted.
    case notFound
    /// A new record was to get an id that another one has.
    case exists
    /// Another process has this store open.
    case inUse(pid: String)
    /// The disk has no room; nothing of the change was kept.
    case diskFull
    /// The disk failed or the file is damaged.
    case damaged(String)
    /// The file belongs to a newer version of the program.
    case newerVersion
    /// The store could not be set to flush every commit.
    case notDurable
    /// Other values came while a person was deciding about some.
    case changedMeanwhile
    /// Only an office of the community admits and removes laptops.
    case notAnOffice
    /// The laptop's keys are such that anyone could read what is encrypted for it.
    case weakKey
    /// Bytes could not be taken into the folder `blobs`.
    case blob(BlobFault)
    /// The commit to be taken back is not in the log, or is too large for one step.
    case cannotUndo
}
