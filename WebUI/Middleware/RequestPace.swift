/// Why a request that had begun never came in whole. Whoever reads its body is thrown this.
public enum RequestFault: Error, Sendable, Equatable {
    /// It was not there in time, however often another byte of it came.
    case tooSlow
    /// Who sent it went away in the middle of it.
    case clientLeft
    /// What came breaks the rules of HTTP.
    case malformed
}

/// How long the requests of one connection may take to arrive.
///
/// All of a request, its head and its body, has to be there ``ordinary`` after its first byte. An
/// import may go on for longer while each further stretch of that length brings
/// ``leastBytes`` of it. Time in which the program itself did not read is not counted.
///
/// A value: who holds the connection tells it what happens and does what ``check(at:isReading:)``
/// answers.
public struct RequestPace: Sendable {
    /// How long a request may take, and how long an import may take for its next share.
    public static let ordinary = Duration.seconds(30)
    /// What an import has to bring in each stretch of ``ordinary``: 4 KiB a second.
    public static let leastBytes = 4096 * 30
    /// How long the answer to a request that failed may take, before the connection is closed.
    public static let answering = Duration.seconds(10)
    /// How long a connection stays open after such an answer, so that the answer gets across.
    public static let lingering = Duration.seconds(1)

    /// Whether a request to an address may be as long as a file: an import, a bundle, a photograph.
    public static func isImport(_ path: some StringProtocol) -> Bool {
        path == "/api/v1/import" || path == Paths.upload || PhotosAPI.takesPhoto(path)
    }

    /// What to do with a connection now.
    public enum Verdict: Sendable, Equatable {
        /// No request is on its way.
        case rest
        /// A request is on its way in good time: look again then.
        case wait(until: ContinuousClock.Instant)
        /// Its head is late: nobody has heard of it yet, so the connection itself answers.
        case answer
        /// Its body is late: whoever reads it is thrown ``RequestFault/tooSlow`` and answers.
        case fail
        /// Nobody waits for an answer.
        case close
    }

    private enum Phase {
        case none, head, body
    }

    private var phase = Phase.none
    private var deadline: ContinuousClock.Instant?
    private var isImport = false
    private var bytes = 0
    private var heads = 0
    private var answersBegun = 0
    private var answersEnded = 0

    /// No request yet.
    public init() {}

    /// When to look again; nil while no request is on its way.
    public var nextCheck: ContinuousClock.Instant? { phase == .none ? nil : deadline }

    /// Whether the head of a request is there and the end of its body is not.
    public var awaitsBody: Bool { phase == .body }

    /// Whether an answer is under way or owed.
    public var owesAnswer: Bool { answersEnded < heads }

    /// Bytes came; the first after a request's end begin the next one.
    public mutating func bytesArrived(at now: ContinuousClock.Instant) {
        if phase == .none { begin(at: now) }
    }

    /// A request's head is complete.
    public mutating func headArrived(isImport: Bool, at now: ContinuousClock.Instant) {
        if phase == .none { begin(at: now) }
        phase = .body
        self.isImport = isImport
        heads &+= 1
    }

    /// A part of its body came.
    public mutating func bodyArrived(_ count: Int) { bytes = bytes.addingClamped(count) }

    /// Its body is complete.
    public mutating func endArrived() {
        phase = .none
        deadline = nil
    }

    /// The first line of an answer goes out.
    public mutating func answerBegan() { answersBegun &+= 1 }

    /// The last byte of an answer goes out.
    public mutating func answerEnded() { answersEnded &+= 1 }

    /// Looks at the clock. `isReading` says whether the program has been waiting for the client,
    /// and not the client for the program.
    public mutating func check(at now: ContinuousClock.Instant, isReading: Bool) -> Verdict {
        guard phase != .none, let deadline else { return .rest }
        guard now >= deadline else { return .wait(until: deadline) }
        if phase == .head {
            // Nothing may be said into another answer, nor after the refusal of what is no HTTP.
            return answersBegun == heads && answersEnded == heads ? .answer : .close
        }
        if answersBegun >= heads { return .close }
        let isGoingOn = isImport && bytes >= Self.leastBytes
        guard isGoingOn || !isReading else { return .fail }
        let next = now.advanced(by: Self.ordinary)
        self.deadline = next
        bytes = 0
        return .wait(until: next)
    }

    private mutating func begin(at now: ContinuousClock.Instant) {
        phase = .head
        deadline = now.advanced(by: Self.ordinary)
        isImport = false
        bytes = 0
    }
}

extension Int {
    fileprivate func addingClamped(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? Int.max : sum
    }
}
