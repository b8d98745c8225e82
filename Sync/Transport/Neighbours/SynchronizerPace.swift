/// How often and how much a laptop talks with its neighbours.
public struct SynchronizerPace: Sendable {
    /// Sessions at once.
    public var sessions = 4
    /// Neighbours that were never talked with, at most: anybody can pretend to be many.
    public var strangers = 64
    /// Neighbours in all, at most.
    public var neighbours = 512
    /// Addresses of one neighbour.
    public var addresses = 8
    /// Between sessions with a neighbour of whom no change is heard.
    public var regular: Duration = .seconds(180)
    /// After the first failure; doubled after each further one.
    public var firstRetry: Duration = .seconds(2)
    /// The longest wait after failures.
    public var lastRetry: Duration = .seconds(300)
    /// How soon a neighbour that is announced again is tried again, at the earliest.
    public var announced: Duration = .seconds(10)
    /// Failures after which a neighbour that was never talked with is forgotten.
    public var patience = 6
    /// How often it is looked whether something is due.
    public var tick: Duration = .seconds(1)

    /// The usual pace.
    public init() {}

    func retry(afterFailures count: Int) -> Duration {
        let doubled = firstRetry * (1 << min(max(0, count - 1), 16))
        return min(doubled, lastRetry)
    }
}
