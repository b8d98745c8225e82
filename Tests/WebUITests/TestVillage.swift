import WebUI

/// Three laptops: the office's, which is this one, the school's, which is here, and one that is
/// away; and a fourth that was removed.
extension TestLaptops {
    static let office = id("0")
    static let school = id("1")
    static let club = id("2")
    static let lost = id("3")
    static let transfer = named("transfer-1", TransferID.init)
    static let bundle = named("bundle-1", BundleID.init)

    static var village: LaptopsState {
        var (school, club, lost) = (
            Laptop(id: school, label: "Арал, мектеп", role: .clerk),
            Laptop(id: club, label: "Бирдик, клуб", role: .clerk),
            Laptop(id: lost, label: "Жоголгон", role: .reader)
        )
        school.presence = .here
        school.comparison = .same
        school.digest = "ABCD EFGH"
        school.missing = .init(entriesHere: 0, entriesThere: 0, photosHere: 2)
        school.lastSeen = 1_795_300_000_000
        school.lastExchange = .init(at: 1_795_300_000_000, received: 12, sent: 7)
        club.presence = .away(.clockFar)
        lost.isRemoved = true
        lost.presence = .away(.removed)
        return LaptopsState(
            community: .init(tag: "0011223344556677", isFoundedHere: true),
            laptops: [
                Laptop(id: office, label: "АӨ", role: .office, isSelf: true), school, club, lost,
            ],
            discovery: Discovery(
                avahi: .running, hasBeacon: true, port: 7844, isPortTaken: false,
                networks: [.init(name: "wlan0", addresses: ["192.168.1.5"])]))
    }

    static func id(_ digit: String) -> LaptopID {
        named(String(repeating: digit, count: 32), LaptopID.init)
    }

    private static func named<ID>(_ text: String, _ make: (String) -> ID?) -> ID {
        guard let id = make(text) else { preconditionFailure("a name of the tests") }
        return id
    }
}
