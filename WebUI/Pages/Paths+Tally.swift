import Participation

extension Paths {
    static func tally(_ event: RecordID) -> String { "/events/\(event)/tally" }

    /// The tally as one of the two people types it.
    static func tally(_ event: RecordID, as typist: Typist) -> String {
        "/events/\(event)/tally?as=\(typist.rawValue)"
    }
}
