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
    /// The file is no bundle, or parts of it are damaged or missing.
    case damagedBundle
    /// The bundle is of another community, or not made for this laptop.
    case foreignBundle
    /// The bundle was made by a newer version of the program.
    case newerBundle
    /// The bundle was made by a laptop that was removed.
    case removedMaker
    /// The file is there no more: the stick was pulled, or the program started anew.
    case goneBundle
    /// The stick cannot be written to or read.
    case badStick
    /// There is no room left.
    case diskFull
    /// The program itself failed; the log says more.
    case failed
}
