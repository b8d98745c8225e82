/// Inter-municipal cooperation (муниципалитеттер аралык кызматташтык) over one service.
public struct Partnership: EntityDeclaration {
    let entity = EntityName.partnership
    let area = Entity.Area.office
    let titleFields = ["title"]
    public let title = line("title", .open)
    public let memorandumDate = date("memorandumDate", .open)
    /// The municipality that leads.
    public let municipality = reference("municipality", .municipality, privacy: .open)
    public let service = line("service", .open)
    public let startedOn = date("startedOn", .open).optional
}

/// A municipality in a partnership; `tariff` is som for a household a month.
public struct Partner: EntityDeclaration {
    let entity = EntityName.partner
    let area = Entity.Area.office
    let titleFields = ["municipalityName"]
    public let partnership = reference("partnership", .partnership, privacy: .open)
    public let municipalityName = line("municipalityName", .open)
    public let grant = money("grant", .open).optional
    public let ownContribution = money("ownContribution", .open).optional
    public let households = count("households", .open).optional
    public let tariff = money("tariff", .open).optional
    public let tariffMinutes = line("tariffMinutes", .open).optional
    public let tariffResolution = line("tariffResolution", .open).optional
}

/// A thing bought for a service; its straight-line depreciation is computed.
public struct Asset: EntityDeclaration {
    let entity = EntityName.asset
    let area = Entity.Area.office
    let titleFields = ["name"]
    public let partnership = reference("partnership", .partnership, privacy: .open).optional
    public let municipality = reference("municipality", .municipality, privacy: .open).optional
    public let name = line("name", .open)
    public let acquiredOn = date("acquiredOn", .open)
    public let cost = money("cost", .open)
    public let usefulLifeYears = integer("usefulLifeYears", 1...200, .open)
    public let note = longText("note", .member).optional
}

/// The papers of the office, by the guide's numbers.
public enum DocumentKind: String, Choice {
    case d1 = "D1"
    case d2 = "D2"
    case d3 = "D3"
    case d4 = "D4"
    case d5 = "D5"
    case d6 = "D6"
    case d7 = "D7"
    case d8 = "D8"
    case d9 = "D9"
    case d10 = "D10"
    case d11 = "D11"
    case d12 = "D12"
    case d13 = "D13"
    case d14 = "D14"
    case d15 = "D15"
    case d16 = "D16"
    case d17 = "D17"
    case d18 = "D18"
    case d19 = "D19"
    case d20 = "D20"
}

/// An official paper and where its signed scan is.
public struct Document: EntityDeclaration {
    let entity = EntityName.document
    let area = Entity.Area.office
    let titleFields = ["number", "kind"]
    public let cycle = reference("cycle", .cycle, privacy: .open)
    public let kind = choice("kind", DocumentKind.self, .open)
    public let number = line("number", .open).optional
    public let date = Participation.date("date", .open).optional
    public let event = reference("event", .event, privacy: .open).optional
    public let signed = flag("signed", .open)
    public let scan = reference("scan", .attachment, privacy: .member).optional
}

/// A file that belongs to a record; its bytes are kept by their hash.
public struct Attachment: EntityDeclaration {
    let entity = EntityName.attachment
    let area = Entity.Area.office
    let titleFields = ["caption", "name"]
    public let owner = reference("owner", privacy: .member)
    public let name = line("name", .member)
    public let mediaType = line("mediaType", .member)
    public let sha256 = Field<String>("sha256", .digest, .member)
    public let size = integer("size", 0...Limits.blobBytes, .member)
    public let caption = line("caption", .member).optional
    public let takenAt = time("takenAt", .member).optional
}
