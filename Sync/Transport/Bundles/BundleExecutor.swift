import Dispatch

/// A thread apart for an export or import: a slow stick can hold a write or an fsync(2) for
/// minutes, and the few threads of Swift's own pool serve people meanwhile.
final class BundleExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "ashar.bundle", qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
