import SyncCore

/// Sessions over a network that loses, doubles and delays.
extension Village {
    mutating func meet() throws {
        let (one, other) = (anyone(), anyone())
        guard one != other, islands[one] == islands[other] else { return }
        try meet(one, other, isCalm: false)
    }

    /// One laptop asks another, and goes on until it is over, or a message is delayed.
    mutating func meet(_ from: Int, _ to: Int, isCalm: Bool) throws {
        let id = nextTalk()
        var talk = Talk(from: from, to: to)
        talk.forks = forks(from, to)
        talks[id] = talk
        counts.meetings += 1
        try act(id, talks[id]?.session.handle(.begin))
        while let talk = talks[id] {
            let place = messages.lastIndex { $0.talk == id && $0.number == talk.number }
            guard let place else { return try fail(id) }
            let message = messages.remove(at: place)
            if isCalm {
                try deliver(message)
                continue
            }
            // Lost for good, twice, or later among others.
            if generator.chance(plan.loss) { continue }
            if generator.chance(plan.duplicates) { messages.append(message) }
            if generator.chance(plan.delays) {
                messages.append(message)
                // What else happens meanwhile may hide a fork from this talk.
                talks[id]?.forks = [:]
                return
            }
            try deliver(message)
        }
    }

    /// A delayed message comes, whichever.
    mutating func deliverSomething() throws {
        guard !messages.isEmpty else { return }
        let message = messages.remove(at: generator.number(0...messages.count - 1))
        if generator.chance(plan.loss) { return }
        if generator.chance(plan.duplicates) { messages.append(message) }
        counts.delayed += 1
        try deliver(message)
    }

    /// Talks none of whose messages is on its way any more are given up.
    mutating func expire() throws {
        for id in talks.keys.sorted() {
            guard let talk = talks[id] else { continue }
            let isWaiting = messages.contains { $0.talk == id && $0.number == talk.number }
            if !isWaiting { try fail(id) }
        }
        if messages.count > 60 { messages.removeFirst(messages.count - 60) }
    }

    private mutating func fail(_ id: Int) throws {
        counts.cuts += 1
        if talks[id]?.ending != nil { return leave(id) }
        try act(id, talks[id]?.session.handle(.failed(.unreachable)))
    }

    mutating func deliver(_ message: Message) throws {
        guard islands[message.from] == islands[message.to] else { return }
        switch message.body {
        case .request(let request): try answer(request, of: message)
        case .answer(let answer):
            // An answer to a request that is over: a duplicate, or one given up.
            guard let talk = talks[message.talk], talk.number == message.number else { return }
            try hear(answer, in: message.talk, talk)
        }
    }

    private mutating func answer(_ request: Request, of message: Message) throws {
        let crashes = generator.chance(isCalm ? 0 : plan.crashes)
        let isCommitted = generator.chance(50)
        // Before the commit nothing of the request is left; after it only the answer is lost.
        if crashes, !isCommitted { return crash(message.to) }
        let answer = try replicas[message.to].answer(
            request, of: replicas[message.from].identity)
        if crashes { return crash(message.to) }
        messages.append(
            Message(
                from: message.to, to: message.from, talk: message.talk, number: message.number,
                body: .answer(answer)))
    }

    private mutating func hear(_ answer: Answer, in id: Int, _ talk: Talk) throws {
        talks[id]?.number += 1
        switch answer {
        case .refused(let bytes):
            let fault = (try? Refusal(bytes: bytes))?.fault ?? .malformed
            if talk.ending != nil { return leave(id) }
            return try act(id, talks[id]?.session.handle(.failed(fault)))
        case .given(let bytes):
            let event: SyncSession.Event
            do throws(EncodingError) {
                event = try self.event(bytes, in: talk)
            } catch {
                event = .failed(Hello.fault(error))
            }
            try act(id, talks[id]?.session.handle(event))
        }
    }

    /// What an answer is, by the first of its bytes.
    private mutating func event(
        _ bytes: [UInt8], in talk: Talk
    ) throws(EncodingError) -> SyncSession.Event {
        let other = replicas[talk.to].identity
        switch bytes.first {
        case UInt8(ascii: "H"):
            guard let said = talk.said else { return .failed(.outOfTurn) }
            return .greeted(
                mine: said.hello, heads: said.heads, theirs: try Hello(bytes: bytes),
                replicas[talk.from].standing(of: other))
        case UInt8(ascii: "A"):
            let answer = try PullAnswer(bytes: bytes)
            if let heads = answer.heads { replicas[talk.from].heard[other.device] = heads }
            return .pulled(answer)
        default:
            let answer = try PushAnswer(bytes: bytes)
            replicas[talk.from].heard[other.device] = answer.heads
            return .pushed(answer)
        }
    }

    /// Does what a session says, until it waits for an answer or is over.
    private mutating func act(_ id: Int, _ first: SyncSession.Action?) throws {
        var next = first
        while let action = next, let talk = talks[id] {
            let event: SyncSession.Event
            switch action {
            case .greet:
                let hello = replicas[talk.from].hello()
                talks[id]?.said = (hello, replicas[talk.from].disk.heads)
                return send(.hello(hello.bytes), in: id)
            case .pull(let request): return send(.pull(request.bytes), in: id)
            case .push(let frame):
                counts.frames += 1
                return send(.push(frame.bytes), in: id)
            case .apply(let frame):
                counts.frames += 1
                if generator.chance(isCalm ? 0 : plan.crashes) { return crash(talk.from) }
                let refused = try replicas[talk.from].take(frame)
                event = .applied(heads: replicas[talk.from].disk.heads, refused: refused)
            case .recall(let branch, let place):
                event = .recalled(replicas[talk.from].head(of: branch, at: place))
            case .compose(let theirs, let skipped):
                event = .composed(replicas[talk.from].compose(for: theirs, skipping: skipped))
            case .end(let ending): return try end(id, talk, ending)
            }
            next = talks[id]?.session.handle(event)
        }
    }

    mutating func send(_ request: Request, in id: Int) {
        guard let talk = talks[id] else { return }
        messages.append(
            Message(
                from: talk.from, to: talk.to, talk: id, number: talk.number,
                body: .request(request)))
    }

    mutating func leave(_ id: Int) {
        lastEnding = talks[id]?.ending
        talks[id] = nil
    }
}
