public enum Sex: String, Choice { case female, male }

public enum GroupKind: String, Choice { case working, initiative, monitoring }

public enum MemberRole: String, Choice { case chair, secretary, member }

/// Whom a member of a group speaks for.
public enum Represented: String, Choice {
    case ao, council, villageHead, resident, youth, women, ngo, specialist
}

/// A resident or official. Nearly all of it is for the working group alone (R15).
public struct Person: EntityDeclaration {
    let entity = EntityName.person
    let area = Entity.Area.people
    let titleFields = ["fullName"]
    public let fullName = line("fullName", .personal)
    public let sex = choice("sex", Sex.self, .member).optional
    public let birthYear = year("birthYear", .personal).optional
    public let age = integer("age", 0...130, .personal).optional
    public let ageAsOf = date("ageAsOf", .personal).optional
    public let village = reference("village", .village, privacy: .member).optional
    public let street = line("street", .personal).optional
    public let occupation = line("occupation", .personal).optional
    public let contact = line("contact", .personal).optional
    public let ethnicity = line("ethnicity", .personal).optional
    public let isDeputy = flag("isDeputy", .member)
    public let isAOStaff = flag("isAOStaff", .member)
    public let organisation = line("organisation", .member).optional
}

/// A working, initiative or monitoring group.
public struct Group: EntityDeclaration {
    let entity = EntityName.group
    let area = Entity.Area.people
    let titleFields = ["name"]
    public let cycle = reference("cycle", .cycle, privacy: .open)
    public let kind = choice("kind", GroupKind.self, .open)
    public let name = line("name", .open)
    public let problem = reference("problem", .problem, .theme, privacy: .open).optional
    public let orderNumber = line("orderNumber", .open).optional
    public let orderDate = date("orderDate", .open).optional
    public let note = longText("note", .member).optional
}

/// A person's place in a group.
public struct Membership: EntityDeclaration {
    let entity = EntityName.membership
    let area = Entity.Area.people
    let titleFields: [String] = []
    public let group = reference("group", .group, privacy: .member)
    public let person = reference("person", .person, privacy: .member)
    public let role = choice("role", MemberRole.self, .member)
    public let represents = choice("represents", Represented.self, .member).optional
}

/// Who may do what on this program.
public enum AccountRole: String, Choice {
    case admin, facilitator, secretary, deputy, monitor, viewer
}

/// Somebody who may log in; `secret` is the passphrase's scrypt verifier (RFC 7914).
public struct Account: EntityDeclaration {
    let entity = EntityName.account
    let area = Entity.Area.office
    let titleFields = ["displayName", "login"]
    public let login = line("login", .member)
    public let displayName = line("displayName", .member)
    public let role = choice("role", AccountRole.self, .member)
    public let secret = Field<String>("secret", .secret, .secret)
    public let person = reference("person", .person, privacy: .member).optional
}
