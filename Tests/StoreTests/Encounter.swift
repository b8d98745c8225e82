import Crypto
import Foundation
import SyncCore

@testable import Store

/// Two stores that meet: the real session, without a network between them.
struct Encounter {
    let here: Store
    let there: Store
    /// Ends the session after so many frames, as a pulled cable does.
    var framesUntilCut = Int.max

    /// Runs a session from `here`; returns how it ended, nil where the cable was pulled.
    @discardableResult
    func run() async throws -> SyncSession.Ending? {
        var session = SyncSession()
        var frames = 0
        var action = session.handle(.begin)
        while true {
            switch action {
            case .greet:
                guard let mine = try await here.hello(), let theirs = try await there.hello() else {
                    return .fault(.wrongCommunity)
                }
                action = session.handle(
                    .greeted(
                        mine: mine.hello, heads: mine.heads, theirs: theirs.hello,
                        .member(theirs.hello.device)))
            case .pull(let request):
                // Through bytes, as on the wire.
                let request = try PullRequest(bytes: request.bytes)
                let answer = try PullAnswer(bytes: try await there.answer(request).bytes)
                action = session.handle(.pulled(answer))
            case .apply(let frame):
                frames += 1
                if frames > framesUntilCut { return nil }
                let (heads, refused) = try await here.take(frame)
                action = session.handle(.applied(heads: heads, refused: refused))
            case .recall(let branch, let place):
                action = session.handle(.recalled(try await here.head(of: branch, at: place)))
            case .compose(let theirs, let skipping):
                let step = try await here.compose(theirs: theirs, skipping: skipping)
                action = session.handle(.composed(step))
            case .push(let frame):
                frames += 1
                if frames > framesUntilCut { return nil }
                let (heads, refused) = try await there.take(try Frame(bytes: frame.bytes))
                action = session.handle(.pushed(PushAnswer(heads: heads, refused: refused)))
            case .end(let ending): return ending
            }
        }
    }
}

extension TestStore {
    /// The keys by which others know this laptop.
    var keys: DeviceKeys {
        get throws {
            let log = environment.signingKey.publicKey.rawRepresentation
            let hash = Hash(of: Array(log) + [1])
            guard let key = RawKey(bytes: log), let bundle = RawKey(bytes: hash.bytes) else {
                throw StoreError.damaged("keys")
            }
            return DeviceKeys(log: key, tlsHash: hash, bundle: bundle)
        }
    }
}

extension Store {
    /// Founds a community and admits the others, who join it.
    func found(with own: DeviceKeys, _ others: [(store: Store, keys: DeviceKeys)]) async throws {
        let community = try await found(keys: own, label: DeviceLabel("Кеңсе")!, by: .program)
        for (index, other) in others.enumerated() {
            try await admit(
                other.keys, as: .clerk, label: DeviceLabel("Айыл \(index + 1)")!, by: .program)
            try await other.store.join(community, introducedBy: own)
        }
    }
}
