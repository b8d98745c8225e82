public enum PlanStatus: String, Choice { case draft, discussed, approved, underway, closed }

/// Joint action plan (биргелешкен аракеттер планы).
public struct Plan: EntityDeclaration {
    let entity = EntityName.plan
    let area = Entity.Area.plan
    let titleFields = ["title"]
    public let cycle = reference("cycle", .cycle, privacy: .open)
    public let title = line("title", .open)
    public let status = Participation.status(PlanStatus.self)
    public let resolutionNumber = line("resolutionNumber", .open).optional
    public let resolutionDate = date("resolutionDate", .open).optional
}

/// Goal of a plan, answering one problem.
public struct Goal: EntityDeclaration {
    let entity = EntityName.goal
    let area = Entity.Area.plan
    let titleFields = ["title"]
    public let plan = reference("plan", .plan, privacy: .open)
    public let theme = reference("theme", .theme, .problem, privacy: .open)
    public let title = line("title", .open)
}

/// Objective of a goal.
public struct Objective: EntityDeclaration {
    let entity = EntityName.objective
    let area = Entity.Area.plan
    let titleFields = ["title"]
    public let goal = reference("goal", .goal, privacy: .open)
    public let title = line("title", .open)
}

public enum ActivityStatus: String, Choice { case planned, underway, done, stopped }

/// Activity of an objective: what is done, by when, by whom, for how much.
public struct Activity: EntityDeclaration {
    let entity = EntityName.activity
    let area = Entity.Area.plan
    let titleFields = ["title"]
    public let objective = reference("objective", .objective, privacy: .open)
    public let title = line("title", .open)
    public let startsOn = date("startsOn", .open).optional
    public let dueOn = date("dueOn", .open).optional
    public let responsible = line("responsible", .member).optional
    public let beneficiaries = line("beneficiaries", .open).optional
    public let beneficiaryCount = count("beneficiaryCount", .open).optional
    public let cost = money("cost", .open).optional
    public let status = Participation.status(ActivityStatus.self)
    public let percentDone = number("percentDone", 0...100, .open).optional
}

/// Indicator of an activity or objective.
public struct Indicator: EntityDeclaration {
    let entity = EntityName.indicator
    let area = Entity.Area.plan
    let titleFields = ["title"]
    public let activity = reference("activity", .activity, privacy: .open).optional
    public let objective = reference("objective", .objective, privacy: .open).optional
    public let title = line("title", .open)
    public let unit = line("unit", .open).optional
    public let baseline = number("baseline", -1e12...1e12, .open).optional
    public let target = number("target", -1e12...1e12, .open).optional
    public let actual = number("actual", -1e12...1e12, .open).optional
}

/// A proposal or question made at a hearing or assembly; each gets an answer (R14).
public struct Proposal: EntityDeclaration {
    let entity = EntityName.proposal
    let area = Entity.Area.plan
    let titleFields = ["text"]
    public let event = reference("event", .event, privacy: .open)
    public let author = reference("author", .person, privacy: .personal).optional
    public let fromInitiativeGroup = flag("fromInitiativeGroup", .member)
    public let sex = choice("sex", Sex.self, .member).optional
    public let text = longText("text", .open)
    public let kind = choice("kind", ProposalKind.self, .open)
    public let decision = choice("decision", ProposalDecision.self, .open)
    public let answer = longText("answer", .open).optional
    public let activity = reference("activity", .activity, privacy: .open).optional
    public let budgetLine = reference("budgetLine", .budgetLine, privacy: .open).optional
}

public enum ProposalKind: String, Choice { case proposal, question }

public enum ProposalDecision: String, Choice { case open, accepted, rejected, noted }
