import Store
import SyncCore

/// What other laptops were last heard to hold. It is heard many times a minute while they are
/// here, so it is held in memory and written down now and then: what is not written makes a
/// bundle larger and nothing worse.
actor HeardHeads {
    private static let pace = Duration.seconds(20)

    private let store: Store
    private var heads: [DeviceID: Heads] = [:]
    private var unwritten: Set<DeviceID> = []

    init(_ store: Store) { self.store = store }

    /// Hears it from the laptop itself.
    func note(_ heads: Heads, of device: DeviceID) {
        guard self.heads[device] != heads else { return }
        self.heads[device] = heads
        unwritten.insert(device)
    }

    /// Hears it from a bundle, which may be an old one: it held at least that.
    func add(_ found: Heads, of device: DeviceID) async {
        var heads = await self.heads(of: device) ?? Heads()
        for branch in found.branches where found[branch].sequence > heads[branch].sequence {
            heads[branch] = found[branch]
        }
        note(heads, of: device)
    }

    /// What a laptop holds at least; nil where nothing was ever heard of it.
    func heads(of device: DeviceID) async -> Heads? {
        if let known = heads[device] { return known }
        // What cannot be read is as good as never heard: the bundle gets larger.
        guard let kept = try? await store.heads(of: device) else { return nil }
        if heads[device] == nil { heads[device] = kept }
        return heads[device]
    }

    /// Writes down what is new now and then, until it is cancelled.
    func keep() async {
        while (try? await Task.sleep(for: Self.pace)) != nil { await write() }
    }

    /// Writes down what is new.
    func write() async {
        let news = heads.filter { unwritten.contains($0.key) }
        guard !news.isEmpty, (try? await store.note(news)) != nil else { return }
        // What was heard meanwhile is new again.
        unwritten.subtract(news.filter { heads[$0.key] == $0.value }.keys)
    }
}
