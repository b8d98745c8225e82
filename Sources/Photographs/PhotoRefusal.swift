/// Why a file is not taken as a photograph. Each has a sentence with a remedy in the texts.
public enum PhotoRefusal: String, Error, Sendable, CaseIterable {
    /// There are no bytes.
    case empty
    /// It is none of the kinds that are taken, whatever its name says.
    case noPhotograph
    /// It is a picture as iPhones keep them.
    case heif
    /// It is of a kind that is taken, but breaks off or cannot be read.
    case damaged
    /// It has more bytes than are taken.
    case tooManyBytes
    /// It has more pixels than are taken, or needs more memory or time than it may have.
    case tooManyPixels
}
