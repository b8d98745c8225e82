/// Municipality (айылдык аймак): one or more villages under one AO.
public struct Municipality: EntityDeclaration {
    let entity = EntityName.municipality
    let area = Entity.Area.place
    let titleFields = ["name", "nameRu"]
    public let name = line("name", .open)
    public let nameRu = line("nameRu", .open).optional
    public let oblast = line("oblast", .open).optional
    public let oblastRu = line("oblastRu", .open).optional
    public let rayon = line("rayon", .open).optional
    public let rayonRu = line("rayonRu", .open).optional
    public let address = line("address", .open).optional
    public let phone = line("phone", .open).optional
    public let email = line("email", .open).optional
    public let headName = line("headName", .member).optional
    public let founded = line("founded", .open).optional
}

/// Village (айыл) of a municipality, with the figures reports quote.
public struct Village: EntityDeclaration {
    let entity = EntityName.village
    let area = Entity.Area.place
    let titleFields = ["name", "nameRu"]
    public let municipality = reference("municipality", .municipality, privacy: .open)
    public let name = line("name", .open)
    public let nameRu = line("nameRu", .open).optional
    public let men = count("men", .open).optional
    public let women = count("women", .open).optional
    public let households = count("households", .open).optional
    public let children = count("children", .open).optional
    public let isCenter = flag("isCenter", .open)
}

/// One round of the eight stages in one municipality.
public struct Cycle: EntityDeclaration {
    let entity = EntityName.cycle
    let area = Entity.Area.place
    let titleFields = ["title"]
    public let municipality = reference("municipality", .municipality, privacy: .open)
    public let title = line("title", .open)
    public let startsOn = date("startsOn", .open)
    public let endsOn = date("endsOn", .open).optional
    public let stage = integer("stage", 1...8, .open)
    public let note = longText("note", .member).optional
}
