import Crypto
public import Foundation
public import Logging
public import Participation
public import Store

/// Everything the routes work with: the store, the texts, the people who are logged in.
public struct Office: Sendable {
    let store: Store
    let templates: Templates
    let texts: [Language: Texts]
    let assets: Assets
    let sessions: Sessions
    let passphrases: Passphrases
    let overviews = OverviewCache()
    let demo: DemoLogin?
    /// The other laptops; nil where the program speaks with none.
    let laptops: (any LaptopService)?
    /// Records on sticks; nil where the program uses none.
    let bundles: (any LaptopBundles)?
    /// What people decide after laptops met; nil where nothing comes from others.
    let agreement: Agreement?
    /// Makes photographs small; nil where the program takes none.
    let photographs: (any PhotoWorkshop)?
    /// The hall with its phones; nil where the program has none.
    let room: Room?
    let logger: Logger
    let version: String
    let networkNames: @Sendable () -> Set<String>

    /// The login that the demo's own login page shows; no other store has one.
    public struct DemoLogin: Sendable {
        /// The login.
        public let login: String
        /// Its passphrase.
        public let passphrase: String

        /// A login to be shown.
        public init(login: String, passphrase: String) {
            self.login = login
            self.passphrase = passphrase
        }
    }

    /// Reads texts, templates and assets from a folder and puts the store behind them.
    /// `passphraseLogRounds` is what making a passphrase's verifier costs (``Passphrases``).
    public init(
        store: Store, assets folder: URL, vendor: URL, demo: DemoLogin?,
        laptops: (any LaptopService)? = nil, bundles: (any LaptopBundles)? = nil,
        agreement: Agreement? = nil, photographs: (any PhotoWorkshop)? = nil, room: Room? = nil,
        logger: Logger,
        version: String, networkNames: @escaping @Sendable () -> Set<String>,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], passphraseLogRounds: Int? = nil
    ) async throws {
        self.store = store
        self.demo = demo
        self.laptops = laptops
        self.bundles = bundles
        self.agreement = agreement
        self.photographs = photographs
        self.room = room
        self.logger = logger
        self.version = version
        self.networkNames = networkNames
        templates = try await Templates(folder: folder.appendingPathComponent("Templates"))
        let textFolder = folder.appendingPathComponent("Text")
        texts = Dictionary(
            uniqueKeysWithValues: try Language.allCases.map {
                ($0, try Texts($0, folder: textFolder))
            })
        assets = try Assets(folder: folder.appendingPathComponent("Static"), vendor: vendor)
        sessions = Sessions(randomBytes: randomBytes)
        passphrases = Passphrases(
            logRounds: passphraseLogRounds ?? Passphrases.usualLogRounds, randomBytes: randomBytes)
    }

    func texts(_ language: Language) -> Texts {
        guard let texts = texts[language] else {
            preconditionFailure("texts of every language are read at the start")
        }
        return texts
    }
}

extension Office {
    private static let warmedCycles = 20

    /// Reads the newest cycles before somebody looks at them. Nobody waits for it, and what
    /// cannot be read is read again by the page that needs it.
    public func warm() async {
        let today = Texts.day(store.now)
        guard
            let cycles = try? await store.read({
                try $0.newest(.cycle, limit: Self.warmedCycles).records
            })
        else { return }
        for cycle in cycles {
            guard !Task.isCancelled else { return }
            _ = try? await overviews.overview(cycle.id, year: today.year, store)
        }
    }

    /// Makes an account by the program itself, as the demo does.
    public func makeAccount(
        id: String, login: String, displayName: String, role: AccountRole, passphrase: String
    ) async throws {
        let input = AccountInput(
            login: login, displayName: displayName, role: role.rawValue, passphrase: passphrase)
        let edit = try await input.edit(RecordID(id) ?? store.makeID(), passphrases)
        try await store.commit([edit], by: .program)
    }
}
