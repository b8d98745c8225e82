/// Why an input is refused: the field, a code the texts explain, and the figures they quote.
public struct InputProblem: Error, Sendable, Equatable {
    /// The field; nil where the whole record is meant.
    public let field: String?
    /// What is wrong.
    public let code: Code
    /// What the sentence quotes, by the names it has there.
    public let details: [String: String]

    /// Makes a problem.
    public init(_ code: Code, field: String? = nil, _ details: [String: String] = [:]) {
        self.field = field
        self.code = code
        self.details = details
    }

    /// All the reasons for which an input is refused.
    public enum Code: String, Sendable, CaseIterable {
        case badJSON, notAnObject, emptyLine, lineTooLong, fileTooLarge, unknownEntity
        case unknownField, missing, badId, idTwiceInFile, idOfAnotherEntity
        case notText, notWhole, notNumber, notFlag, notChoice, notDate, notTime, notReference
        case notGeometry, geometryTooLarge, notDigest, outOfRange, tooLong, recordTooLarge, empty,
            controlCharacter
        case directionCharacter, danglingReference, wrongReference, secretField, loginTaken
        case weakPassphrase, passphrasesDiffer, accountInFile
    }
}
