/// One meeting with another laptop, from the side that asked for it: a value that takes events
/// and answers what to do next. Whoever holds it does the talking, the disk and the time-outs,
/// and can drop it at any moment: what was taken is taken, and the next session goes on from the
/// heads. The answering side keeps no state at all.
///
///     idle ─begin→ greeting ─greeted→ pulling ⇄ applying → composing ⇄ pushing → closing → ended
///
/// Where logs forked, ``Mending`` comes before closing, and composing again after it.
/// From every state a fault leads to ended, and `begin` to greeting.
public struct SyncSession: Sendable {
    /// What happened.
    public enum Event: Sendable {
        /// A session is wanted.
        case begin
        /// The other answered our hello. `heads` are ours, those that `mine` has the hash of.
        case greeted(mine: Hello, heads: Heads, theirs: Hello, PeerStanding)
        /// The other answered a pull.
        case pulled(PullAnswer)
        /// A frame was taken; these are our heads now, and what of it was not taken.
        case applied(heads: Heads, refused: [RefusedRun])
        /// What we hold at a place of a log; ``Head/none`` where that is nothing.
        case recalled(Head)
        /// The next frame to push was made.
        case composed(LogPlan.Step)
        /// The other answered a push.
        case pushed(PushAnswer)
        /// Something failed; also a refusal by the other.
        case failed(SessionFault)
    }

    /// What to do now.
    public enum Action: Sendable, Equatable {
        /// Say hello, with the digest and the heads as they are now.
        case greet
        /// Ask for what we lack.
        case pull(PullRequest)
        /// Take a frame, in one transaction.
        case apply(Frame)
        /// Say what we hold at a place of a log.
        case recall(Branch, at: UInt64)
        /// Make the next frame for one that holds `theirs`, without these logs.
        case compose(theirs: Heads, skipping: Set<Branch>)
        /// Send a frame.
        case push(Frame)
        /// Nothing: it is over.
        case end(Ending)
    }

    /// How a session ended.
    public enum Ending: Sendable, Equatable {
        /// Both hold the same entries and show the same values.
        case same
        /// All was sent that could be, and still they are not the same.
        case different(Difference)
        /// It broke off.
        case fault(SessionFault)
    }

    /// Why two laptops are not the same after a whole session. With nothing named and other
    /// heads, something was written meanwhile: begin again.
    public struct Difference: Sendable, Equatable {
        /// Whether they hold the same entries. If so, and the values differ, then one has the
        /// later program, or damaged tables that want to be rebuilt.
        public internal(set) var hasSameHeads = false
        /// What was not taken here.
        public internal(set) var refused: [RefusedRun] = []
        /// What the other did not take.
        public internal(set) var refusedByOther: [RefusedRun] = []
        /// Logs that were forked, with a place where both hold another entry.
        public internal(set) var forks: [Branch: UInt64] = [:]
        /// Logs that are damaged here.
        public internal(set) var unsendable: [Branch] = []
    }

    enum State: Equatable {
        case idle
        case greeting
        case pulling(wantsHeads: Bool)
        case applying(Frame)
        case recalling(Mending)
        case asking(Mending)
        case joining(Mending, Frame)
        case composing
        case pushing
        case closing
        case ended(Ending)
    }

    /// What goes both ways, for a progress bar.
    public internal(set) var progress = Progress()
    /// What the other's clock says; nil before it said hello.
    public internal(set) var peerClock: CommunityClock.Reading?
    var state = State.idle
    var mine = Heads()
    var theirs = Heads()
    var skipped: Set<Branch> = []
    var skippedByOther: Set<Branch> = []
    var difference = Difference()
    var frames = 0
    /// Logs that forked and were looked at.
    var mended: Set<Branch> = []
    var hasSentMended = false

    /// A session that has not begun.
    public init() {}

    /// Takes an event and answers what to do. An event that has no place ends the session.
    public mutating func handle(_ event: Event) -> Action {
        if case .begin = event {
            self = SyncSession()
            state = .greeting
            return .greet
        }
        if case .ended(let ending) = state { return .end(ending) }
        if case .failed(let fault) = event { return end(.fault(fault)) }
        switch (state, event) {
        case (.greeting, .greeted(let mine, let heads, let theirs, let standing)):
            return greeted(mine, heads, theirs, standing)
        case (.pulling(let wantsHeads), .pulled(let answer)):
            return pulled(answer, wantsHeads: wantsHeads)
        case (.applying(let frame), .applied(let heads, let refused)):
            return applied(frame, heads, refused)
        case (.recalling(let mending), .recalled(let place)): return recalled(mending, place)
        case (.asking(let mending), .pulled(let answer)): return pulledSide(answer, mending)
        case (.joining(let mending, let frame), .applied(let heads, let refused)):
            return joined(mending, frame, heads, refused)
        case (.composing, .composed(let step)): return composed(step)
        case (.pushing, .pushed(let answer)): return pushed(answer)
        case (.closing, .greeted(let mine, _, let theirs, let standing)):
            return closed(mine, theirs, standing)
        default: return end(.fault(.outOfTurn))
        }
    }
}

extension SyncSession {
    /// Entries that came and went, and those still to come and to go, as far as known.
    public struct Progress: Sendable, Hashable {
        /// Entries that came.
        public internal(set) var received: UInt64 = 0
        /// Entries still to come.
        public internal(set) var toReceive: UInt64 = 0
        /// Entries that went.
        public internal(set) var sent: UInt64 = 0
        /// Entries still to go.
        public internal(set) var toSend: UInt64 = 0
    }
}
