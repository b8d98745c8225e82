/// The pages of the laptops, and of what people decide after they met.
extension Paths {
    static let laptops = "/laptops"
    static let syncNow = "/laptops/sync"
    static let connect = "/laptops/connect"
    static let pair = "/laptops/pair"
    static let pairNumber = "/laptops/pair/number"
    static let pairAdmit = "/laptops/pair/admit"
    static let pairEnd = "/laptops/pair/end"
    static let invite = "/laptops/invite"
    static let request = "/laptops/request"
    static let sticks = "/laptops/sticks"
    static let export = "/laptops/sticks/export"
    static let upload = "/laptops/sticks/upload"
    static let conflicts = "/conflicts"
    static let deletions = "/deletions"
    static let clock = "/clock"
    static let join = "/welcome/join"
    static let joinNumber = "/welcome/join/number"
    static let joinEnd = "/welcome/join/end"
    static let joinInvitation = "/welcome/join/invitation"
    static let joinRequest = "/welcome/join/request"
    static let joinBundle = "/welcome/join/bundle"

    /// Where something is done to a laptop: `sync`, `remove`, `readmit`, `rename`.
    static func laptop(_ id: LaptopID, _ action: String) -> String {
        "/laptops/members/\(id)/\(action)"
    }

    static func bundle(_ id: BundleID) -> String { "/laptops/sticks/bundles/\(id)" }

    static func transfer(_ id: TransferID) -> String { "/laptops/sticks/transfers/\(id)" }

    /// A file of an export, counted from 1.
    static func file(_ id: TransferID, _ part: Int) -> String { transfer(id) + "/files/\(part)" }

    static func conflict(_ id: ConflictID) -> String { "/conflicts/\(id)" }

    /// A list from where the page before it ended.
    static func after(_ cursor: String, in list: String) -> String {
        list + "?after=" + Percent.encoded(cursor)
    }
}
