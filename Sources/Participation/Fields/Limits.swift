/// Bounds on everything that comes from outside, in one place.
public enum Limits {
    /// Characters in one line of text.
    public static let lineLength = 500
    /// Characters in a text of several lines.
    public static let textLength = 20_000
    /// Bytes of a drawn geometry.
    public static let geometryBytes = 262_144
    /// Objects of one resource map that are shown and drawn.
    public static let mapFeatures = 10_000
    /// Bytes of one line of an import file.
    public static let importLineBytes = 1_048_576
    /// Bytes of a JSON request body.
    public static let requestBytes = 1_048_576
    /// Bytes of a form sent by a page.
    public static let formBytes = 262_144
    /// Bytes of a whole import file.
    public static let importBytes = 2_147_483_648
    /// Bytes of one uploaded file of a bundle: those on sticks are split at 1 GiB, and a little
    /// stands around what is split.
    public static let bundleBytes = 1_107_296_256
    /// Bytes of one file that an attachment names.
    public static let blobBytes = 8_388_608
    /// Bytes of an uploaded invitation.
    public static let invitationBytes = 65_536
    /// Problems of an import that are reported one by one; the rest are counted.
    public static let reportedProblems = 100
    /// Levels of nesting a JSON text may have.
    public static let jsonDepth = 16
    /// Records one answer of the API may hold.
    public static let pageSize = 500
    /// Years a date may name.
    public static let years = 1900...2100
    /// Whole som of one sum.
    public static let money = -1_000_000_000_000...1_000_000_000_000
    /// People, things, votes of one count.
    public static let count = 0...10_000_000
}
