import Crypto
import Foundation
import Logging
import Store
import SyncCore
import SyncTransport
import WebUI

/// Records on sticks, as the pages and the command line ask for them. One transfer goes on at a
/// time: a stick is slow, and people carry one.
actor Bundles: LaptopBundles {
    /// What a transfer works with, apart from the actor.
    struct Tools: Sendable {
        let store: Store
        let others: HeardHeads
        let signing: Curve25519.Signing.PrivateKey
        let agreement: Curve25519.KeyAgreement.PrivateKey
        let device: DeviceID
        let randomBytes: @Sendable (Int) -> [UInt8]
    }

    typealias Report = @Sendable (WorkProgress) -> Void

    private static let keptTransfers = 20
    private static let pace = Duration.milliseconds(250)

    nonisolated let tools: Tools
    let finder: StickFinder
    /// Where downloads and uploads lie until the program ends.
    let folder: URL
    /// Bundles that were named to somebody, by that name.
    var named: [BundleID: URL] = [:]
    /// Those of them that were uploaded, the oldest first.
    var uploads: [BundleID] = []
    private let network: PeerNetwork
    private let logger: Logger
    private var known: [Transfer] = []
    private var tasks: [TransferID: Task<Void, Never>] = [:]

    init(
        _ network: PeerNetwork, keys: KeyFiles, finder: StickFinder, folder: URL,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], logger: Logger
    ) throws {
        tools = Tools(
            store: network.store, others: network.others, signing: try keys.signingKey(),
            agreement: try keys.bundleKey(), device: network.keys.device,
            randomBytes: randomBytes)
        self.network = network
        self.finder = finder
        self.folder = folder
        self.logger = logger
        // What an earlier run left there nobody can ask for any more.
        try? FileManager.default.removeItem(at: folder)
    }

    func transfers() async -> [Transfer] { known }

    /// Gives up what is going on and waits until nothing of it is left half written.
    func end() async {
        for task in tasks.values { task.cancel() }
        for task in tasks.values { await task.value }
    }

    /// Begins work that goes on by itself.
    func begin(
        _ direction: Transfer.Direction, stick: String?, named id: TransferID,
        _ work: @escaping @Sendable (@escaping Report) async throws -> BundleReceipt
    ) throws(LaptopFault) {
        guard tasks.isEmpty else { throw .transferRunning }
        known.insert(
            Transfer(
                id: id, begunAt: tools.store.now, direction: direction, stick: stick,
                phase: .running(WorkProgress(done: 0, total: nil))), at: 0)
        for old in known.dropFirst(Self.keptTransfers) {
            try? FileManager.default.removeItem(at: outgoing(old.id))
        }
        known = Array(known.prefix(Self.keptTransfers))
        tasks[id] = Task { await self.run(id, work) }
    }

    func makeID() throws(LaptopFault) -> TransferID {
        guard let id = TransferID(Hexadecimal.text(tools.randomBytes(8))) else { throw .failed }
        return id
    }

    /// Where the files of a download lie.
    nonisolated func outgoing(_ id: TransferID) -> URL {
        folder.appendingPathComponent("outgoing-\(id)", isDirectory: true)
    }

    private func run(
        _ id: TransferID,
        _ work: @escaping @Sendable (@escaping Report) async throws -> BundleReceipt
    ) async {
        let (steps, tap) = AsyncStream.makeStream(
            of: WorkProgress.self, bufferingPolicy: .bufferingNewest(1))
        async let outcome: Result<BundleReceipt, any Error> = {
            defer { tap.finish() }
            do { return .success(try await work { tap.yield($0) }) } catch {
                return .failure(error)
            }
        }()
        for await step in steps {
            await show(id, .running(step))
            try? await Task.sleep(for: Self.pace)
        }
        tasks[id] = nil
        switch await outcome {
        case .success(let receipt): await show(id, .done(receipt))
        case .failure(let error): await show(id, .failed(naming(error)))
        }
    }

    private func show(_ id: TransferID, _ phase: Transfer.Phase) async {
        guard let place = known.firstIndex(where: { $0.id == id }) else { return }
        known[place].phase = phase
        await network.sign()
    }

    /// What an error is to the person; what nobody foresaw is logged too.
    func naming(_ error: any Error) -> LaptopFault {
        let fault = LaptopFault(ofBundle: error)
        if fault == .failed {
            logger.error("transfer failed", metadata: ["error": "\(type(of: error))"])
        }
        return fault
    }
}
