/// Who may read and change what: the roles of domain.md's `account` and rule R15.
public struct Access: Sendable, Equatable {
    /// The role of the person who asks.
    public let role: AccountRole

    /// Access of a role.
    public init(_ role: AccountRole) { self.role = role }

    /// The working group's own: it reads names, ages and contacts and writes the records.
    private var isWorkingGroup: Bool {
        switch role {
        case .admin, .facilitator, .secretary: true
        case .deputy, .monitor, .viewer: false
        }
    }

    /// Whether the role may read a field.
    public func mayRead(_ field: any AnyField) -> Bool {
        switch field.privacy {
        case .open, .member: true
        case .personal: isWorkingGroup
        case .secret: false
        }
    }

    /// Whether the role may list and open records of an entity at all.
    public func mayRead(_ entity: EntityName) -> Bool {
        switch entity {
        case .account: role == .admin
        case .person, .attendance, .membership, .minutesEntry: isWorkingGroup
        default: true
        }
    }

    /// Whether the role may make, change or delete records of an entity.
    public func mayWrite(_ entity: EntityName) -> Bool {
        switch entity {
        case .account: role == .admin
        case .observation, .progress, .serviceRating: isWorkingGroup || role == .monitor
        default: isWorkingGroup
        }
    }

    /// Whether the role may bring in files and take whole commits back.
    public var mayImport: Bool { isWorkingGroup }

    /// Whether the role keeps the accounts of this laptop.
    public var mayKeepAccounts: Bool { role == .admin }
}
