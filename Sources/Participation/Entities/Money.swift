/// Where money, labour or materials come from.
public enum MoneySource: String, Choice {
    case localBudget, republicanBudget, grant, community, parents, `private`, inKind
    case otherMunicipality
}

public enum ContributionKind: String, Choice { case money, labour, materials }

/// What somebody puts into an activity.
public struct Contribution: EntityDeclaration {
    let entity = EntityName.contribution
    let area = Entity.Area.money
    let titleFields = ["party"]
    public let activity = reference("activity", .activity, privacy: .open)
    public let source = choice("source", MoneySource.self, .open)
    public let party = line("party", .open).optional
    public let amount = money("amount", .open)
    public let kind = choice("kind", ContributionKind.self, .open)
    public let confirmed = flag("confirmed", .open)
}

/// A line of the cost estimate (смета).
public struct EstimateItem: EntityDeclaration {
    let entity = EntityName.estimateItem
    let area = Entity.Area.money
    let titleFields = ["item"]
    public let activity = reference("activity", .activity, privacy: .open)
    public let item = line("item", .open)
    public let unit = line("unit", .open).optional
    public let quantity = number("quantity", 0...1e9, .open)
    public let price = money("price", .open)
    public let source = choice("source", MoneySource.self, .open).optional
}

public enum BudgetStatus: String, Choice { case draft, approved, executed }

/// The municipality's budget of a year.
public struct Budget: EntityDeclaration {
    let entity = EntityName.budget
    let area = Entity.Area.money
    let titleFields = ["year"]
    public let municipality = reference("municipality", .municipality, privacy: .open)
    public let year = Participation.year("year", .open)
    public let status = Participation.status(BudgetStatus.self)
}

public enum BudgetSide: String, Choice { case revenue, expense }

/// A line of a budget, possibly paying for an activity of the plan.
public struct BudgetLine: EntityDeclaration {
    let entity = EntityName.budgetLine
    let area = Entity.Area.money
    let titleFields = ["title"]
    public let budget = reference("budget", .budget, privacy: .open)
    public let side = choice("side", BudgetSide.self, .open)
    public let code = line("code", .open).optional
    public let title = line("title", .open)
    public let planned = money("planned", .open).optional
    public let revised = money("revised", .open).optional
    public let executed = money("executed", .open).optional
    public let activity = reference("activity", .activity, privacy: .open).optional
}

public enum InitiativeStatus: String, Choice { case idea, submitted, funded, done }

/// A local initiative asking for a grant, or in a contest.
public struct Initiative: EntityDeclaration {
    let entity = EntityName.initiative
    let area = Entity.Area.money
    let titleFields = ["title"]
    public let municipality = reference("municipality", .municipality, privacy: .open)
    public let year = Participation.year("year", .open)
    public let title = line("title", .open)
    public let topic = line("topic", .open).optional
    public let requested = money("requested", .open).optional
    public let granted = money("granted", .open).optional
    public let ownContribution = money("ownContribution", .open).optional
    public let status = Participation.status(InitiativeStatus.self)
    public let result = longText("result", .open).optional
    public let beneficiaryCount = count("beneficiaryCount", .open).optional
    public let place = integer("place", 1...1000, .open).optional
    public let prize = money("prize", .open).optional
    public let prizeUse = longText("prizeUse", .open).optional
}
