import Foundation
import GRDB
import Participation
import SyncCore

/// Brings a file of records in, line by line, inside one transaction: all of it or nothing.
/// Every line is checked even after a bad one, so that one run names all of them.
struct Importer {
    private let db: Database
    private var writer: CommitWriter
    private var report = ImportReport()
    private var touched = RecordSet()

    init(_ db: Database, _ writer: CommitWriter) throws {
        self.db = db
        self.writer = writer
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS "openReference" (
                    "line" INTEGER, "field" TEXT, "target" TEXT, "kinds" TEXT
                );
                DELETE FROM "openReference";
                """)
    }

    /// Takes the whole file; `progress` hears the bytes used up now and then.
    mutating func run(
        _ file: URL, progress: @Sendable (_ bytes: Int) -> Void
    ) throws -> (report: ImportReport, writer: CommitWriter) {
        var reader = try LineReader(file)
        var line = 0
        while let next = try reader.next() {
            line += 1
            switch next {
            case .tooLong:
                let limit = ["limit": String(Limits.importLineBytes)]
                report.add([InputProblem(.lineTooLong, limit)], line: line)
            case .text(let bytes):
                try take(line == 1 ? Self.withoutMark(bytes) : bytes, line)
            }
            if line % 500 == 0 {
                progress(reader.offset)
                try Task.checkCancellation()
            }
        }
        progress(reader.offset)
        try resolveReferences()
        return (report, writer)
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>, _ line: Int) throws {
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        let input: RecordInput
        switch Self.parse(bytes) {
        case .failure(let found):
            report.add(found.problems, line: line)
            return
        case .success(let parsed): input = parsed
        }
        do {
            let outcome = try writer.write(.put(input))
            if let number = outcome.number, !touched.insert(number) {
                report.add(
                    [InputProblem(.idTwiceInFile, field: "id", ["id": outcome.id.text])],
                    line: line)
                return
            }
            switch (outcome.isNew, outcome.isChanged) {
            case (true, _): report.made += 1
            case (false, true): report.changed += 1
            case (false, false): report.unchanged += 1
            }
            try noteReferences(input, line)
        } catch StoreError.refused(let problems) {
            report.add(problems, line: line)
        }
    }

    private struct Refusal: Error {
        let problems: [InputProblem]
    }

    private static func parse(_ bytes: ArraySlice<UInt8>) -> Result<RecordInput, Refusal> {
        let json: JSON
        do {
            json = try JSONReader.read(bytes)
        } catch {
            let offset = (error as? JSONError).map { String($0.offset + 1) } ?? "1"
            return .failure(.init(problems: [InputProblem(.badJSON, ["column": offset])]))
        }
        guard case .object(let members) = json else {
            return .failure(.init(problems: [InputProblem(.notAnObject)]))
        }
        guard let name = json["entity"]?.text, let entity = EntityName(rawValue: name) else {
            let name = String((json["entity"]?.text ?? "").prefix(64))
            let problem = InputProblem(.unknownEntity, field: "entity", ["entity": name])
            return .failure(.init(problems: [problem]))
        }
        // Whoever may bring in files must not make himself an administrator by one.
        guard entity != .account else {
            return .failure(.init(problems: [InputProblem(.accountInFile, field: "entity")]))
        }
        var (input, problems) = RecordInput.parse(members, as: entity)
        if json["id"] == nil { problems.append(InputProblem(.missing, field: "id")) }
        return problems.isEmpty ? .success(input) : .failure(.init(problems: problems))
    }

    /// A reference may lead to a later line: those that lead nowhere yet are looked at again.
    private mutating func noteReferences(_ input: RecordInput, _ line: Int) throws {
        for problem in try writer.referenceProblems(input) {
            try db.cachedStatement(
                sql: "INSERT INTO \"openReference\" VALUES (?, ?, ?, ?)"
            ).execute(arguments: [
                line, problem.field, problem.details["id"], input.entity.rawValue,
            ])
        }
    }

    private mutating func resolveReferences() throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT * FROM \"openReference\" ORDER BY rowid")
        while let row = try rows.next() {
            guard let entity = EntityName(rawValue: row["kinds"]) else { continue }
            let fields = [row["field"] as String: Value?.some(.text(row["target"]))]
            let input = RecordInput(entity, id: nil, fields: fields)
            report.add(try writer.referenceProblems(input), line: row["line"])
        }
    }

    /// A file from Windows may begin with a byte order mark.
    private static func withoutMark(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    }
}

/// Record numbers seen so far: a bit each, so that a million of them take 125 kB.
struct RecordSet {
    private var words: [Int64: UInt64] = [:]

    /// Adds a number; false where it was in.
    mutating func insert(_ number: Int64) -> Bool {
        let bit = UInt64(1) << UInt64(number & 63)
        let word = words[number >> 6] ?? 0
        guard word & bit == 0 else { return false }
        words[number >> 6] = word | bit
        return true
    }
}
