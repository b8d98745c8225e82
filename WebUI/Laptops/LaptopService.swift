public import Foundation
public import Store

/// What the pages ask of the other laptops, sticks apart. The program's composition root speaks
/// with them; the pages know only this.
public protocol LaptopService: LaptopExchange, LaptopMembers, LaptopPairing {}

/// What is known of the neighbours, and asking them now.
public protocol LaptopExchange: Sendable {
    /// How things stand now. Every page with a menu may ask, so it answers from memory.
    func state() async -> LaptopsState
    /// A word whenever something that pages show has changed, at most four a second; the newest
    /// of what was not heard yet is kept. Each open page listens to one of its own.
    func changes() -> AsyncStream<LaptopChange>
    /// Begins an exchange with one laptop, or with all that can be reached; answers with whom.
    func exchange(with laptop: LaptopID?) async throws(LaptopFault) -> [LaptopID]
    /// Looks for a laptop at a typed address, which is remembered where one answers, and begins
    /// an exchange with it.
    func connect(to address: LaptopAddress) async throws(LaptopFault) -> LaptopID
}

/// What has changed, by what pages show it.
public enum LaptopChange: String, Sendable, CaseIterable {
    /// What the state, a pairing or a transfer says.
    case neighbours
    /// What waits for a person: conflicts, deletions from others, the clock.
    case waiting
}

/// Who belongs to the community. Only a laptop with the role of an office may change it; `actor`
/// is who pressed the button.
public protocol LaptopMembers: Sendable {
    /// Founds a community on this laptop, which belongs to none and becomes its office.
    func found(as label: LaptopLabel, by actor: Actor) async throws(LaptopFault)
    /// Removes a lost laptop: what it writes from now on counts nowhere.
    func remove(_ laptop: LaptopID, by actor: Actor) async throws(LaptopFault)
    /// Takes a removed laptop back with the role and the label it had.
    func readmit(_ laptop: LaptopID, by actor: Actor) async throws(LaptopFault)
    /// Calls a laptop something else.
    func rename(_ laptop: LaptopID, to label: LaptopLabel, by actor: Actor)
        async throws(LaptopFault)
    /// Makes a file that admits one laptop once.
    func invite(as role: LaptopRole, by actor: Actor) async throws(LaptopFault) -> InvitationFile
    /// Admits the laptop that made this request with one of our invitations, where no network
    /// joins the two; the next bundle brings it word of that.
    func admit(request: [UInt8], by actor: Actor) async throws(LaptopFault)
}

/// One laptop being admitted by another; there is at most one such thing at a time.
public protocol LaptopPairing: Sendable {
    /// What goes on, or how the last one ended; nil where there was none.
    func pairing() async -> Pairing?
    /// Office: lets another laptop come.
    func openDoor() async throws(LaptopFault)
    /// Joiner: asks at an address to be admitted.
    func join(at address: LaptopAddress, as label: LaptopLabel) async throws(LaptopFault)
    /// Joiner: uses an invitation; the laptop is admitted when this returns. The office is looked
    /// for at `address` first, then where the invitation says.
    func join(
        with invitation: [UInt8], at address: LaptopAddress?, as label: LaptopLabel
    ) async throws(LaptopFault)
    /// Joiner: makes of an invitation the file that asks the office for admission where no network
    /// joins the two. The laptop takes the community's bundles from then on.
    func request(with invitation: [UInt8], as label: LaptopLabel)
        async throws(LaptopFault) -> [UInt8]
    /// Either: what the person read on the other screen, six digits.
    /// - Throws: ``LaptopFault/wrongNumber`` where it is another one.
    func type(number: String) async throws(LaptopFault)
    /// Office: admits the laptop that is there, after both numbers were right.
    func admit(as label: LaptopLabel, role: LaptopRole, by actor: Actor)
        async throws(LaptopFault)
    /// Either: gives up, or puts the result of the last one away.
    func endPairing() async
}

/// Records on sticks. Work that was begun goes on by itself; ``LaptopBundles/transfers()`` tells
/// how far it is.
public protocol LaptopBundles: Sendable {
    /// What is plugged in.
    func sticks() async -> [Stick]
    /// Begins to write what a scope names.
    func export(_ scope: BundleScope, to goal: BundleGoal, by actor: Actor)
        async throws(LaptopFault) -> TransferID
    /// Takes an uploaded file over: it is moved away from where it lies, and kept until it was
    /// taken in or the program ends.
    func receive(_ upload: URL) async throws(LaptopFault) -> BundleID
    /// A bundle that this laptop's user names by the path of its first file.
    func bundle(at path: String) async throws(LaptopFault) -> BundleID
    /// Reads and checks what a bundle says about itself.
    func inspect(_ bundle: BundleID) async throws(LaptopFault) -> BundleSummary
    /// Begins to take a bundle in: all of it or nothing.
    func takeIn(_ bundle: BundleID, by actor: Actor) async throws(LaptopFault) -> TransferID
    /// What was begun since the program started, the newest first.
    func transfers() async -> [Transfer]
    /// A file of an export that is done and was not written onto a stick; `part` counts from 1.
    func file(of export: TransferID, part: Int) async throws(LaptopFault) -> URL
}
