/// Why something that a person asked of the laptops was not done; each has a sentence that says
/// what to do (`laptops.fault`).
public enum LaptopFault: String, Error, Sendable, CaseIterable {
    /// No laptop has that name.
    case unknownLaptop
    /// This laptop belongs to no community.
    case noCommunity
    /// This laptop belongs to a community already.
    case hasCommunity
    /// Only an office laptop may do this.
    case notOffice
    /// The last office laptop cannot be removed.
    case lastOffice
    /// This laptop was removed.
    case selfRemoved
    /// The laptop needs new keys: it has to be paired again.
    case needsNewPairing
    /// The other laptop does not answer.
    case unreachable
    /// The address leads to this laptop itself.
    case ownAddress
    /// A pairing goes on already.
    case busy
    /// A pairing was tried too often.
    case tooOften
    /// No pairing goes on in which this could be done.
    case noPairing
    /// A wrong number was typed; the pairing says how many more may be.
    case wrongNumber
    /// The file is no invitation.
    case badInvitation
    /// The invitation was used before.
    case usedInvitation
    /// The invitation's seven days are over.
    case oldInvitation
    /// The file is no request made with an invitation of ours.
    case badRequest
    /// The keys of the laptop are such that anyone could read what is encrypted for it.
    case weakKey
    /// The file is no bundle.
    case notBundle
    /// A file of the bundle ends too early.
    case cutBundle
    /// A file of the bundle is not there.
    case missingPart
    /// The bundle is not what its maker wrote, or that breaks the rules.
    case damagedBundle
    /// The bundle is of another community.
    case foreignBundle
    /// The bundle was not made for this laptop.
    case notForUs
    /// This laptop does not know the one that made the bundle.
    case unknownMaker
    /// The bundle builds on entries that are not here.
    case gapBundle
    /// The bundle was made by a newer version of the program.
    case newerBundle
    /// Another export or import goes on.
    case transferRunning
    /// There is a file of that name, which is never written over.
    case fileExists
    /// The file is there no more: the stick was pulled, or the program started anew.
    case goneBundle
    /// The stick cannot be written to or read.
    case badStick
    /// There is no room left.
    case diskFull
    /// The program itself failed; the log says more.
    case failed
}
