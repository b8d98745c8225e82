public import Foundation
import GRDB
import Participation

extension Store {
    /// Brings in a file of records, one JSON object a line (JSON Lines): all or nothing. The file
    /// is streamed; memory does not grow with it. When this returns a report that is taken, the
    /// records are on the disk.
    public func importFile(
        _ file: URL, by actor: Actor, progress: @escaping @Sendable (_ bytes: Int) -> Void
    ) async throws -> ImportReport {
        let size =
            try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
        guard size <= Limits.importBytes else {
            var report = ImportReport()
            let limit = String(Limits.importBytes)
            report.add([InputProblem(.fileTooLarge, ["limit": limit])], line: 0)
            return report
        }
        let reading = readClock()
        do {
            let report = try await StoreError.naming {
                try await self.pool.write { db in
                    var importer = try Importer(db, try self.writer(db, actor, reading))
                    var (report, writer) = try importer.run(file, progress: progress)
                    guard report.isTaken else { throw NotTaken(report: report) }
                    report.commit = try self.end(&writer, db, records: []).commit
                    return report
                }
            }
            if let commit = report.commit {
                announcer.announce(ChangeNotice(commit: commit, changes: []))
            }
            return report
        } catch let refusal as NotTaken {
            return refusal.report
        }
    }

    /// Leaves the transaction of an import that found bad lines, so that nothing of it is kept.
    private struct NotTaken: Error {
        let report: ImportReport
    }
}
