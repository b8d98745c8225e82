import Participation
import Store

extension Reader {
    /// The cycle that an address names; the newest where it names none.
    func cycle(_ asked: RecordID?) throws -> Record? {
        guard let asked else { return try newest(.cycle, limit: 1).records.first }
        return try record(.cycle, asked)
    }
}
