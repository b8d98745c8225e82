import SyncCore

/// Bytes on their way between two laptops.
struct Message: Sendable {
    enum Body: Sendable {
        case request(Request)
        case answer(Answer)
    }

    let from: Int
    let to: Int
    /// The talk it belongs to.
    let talk: Int
    /// Which request of the talk it is, or answers.
    let number: Int
    let body: Body
}

/// A session as the laptop has it that began it.
struct Talk: Sendable {
    let from: Int
    let to: Int
    var session = SyncSession()
    /// What was said in the hello that is not answered yet.
    var said: (hello: Hello, heads: Heads)?
    /// The number of the request that is not answered yet.
    var number = 0
    /// How the session ended, once it has.
    var ending: SyncSession.Ending?
    /// Logs of which both held another entry when it began, with their entries on both sides
    /// together; forgotten where it was delayed.
    var forks: [Branch: Int] = [:]
}

/// A frame carried by hand.
struct Stick: Sendable {
    let from: Int
    let frames: [[UInt8]]
}

/// What happened, to be read by people.
enum Telling {
    static func name(_ laptop: Int) -> String { "laptop \(laptop)" }

    static func text(_ ending: SyncSession.Ending) -> String {
        switch ending {
        case .same: "the same"
        case .fault(let fault): "broken off: \(fault)"
        case .different(let difference):
            "different\(difference.hasSameHeads ? " with the same entries" : "")"
                + (difference.forks.isEmpty ? "" : ", forked")
                + (difference.refused.isEmpty ? "" : ", refused \(difference.refused.count)")
        }
    }
}
