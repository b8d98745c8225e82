/// All entities, each by its one declaration: `record[Schema.problem.title]`.
public enum Schema {
    /// Municipality (айылдык аймак).
    public static let municipality = Municipality()
    /// Village (айыл).
    public static let village = Village()
    /// One round of the eight stages.
    public static let cycle = Cycle()
    /// A resident or official.
    public static let person = Person()
    /// A working, initiative or monitoring group.
    public static let group = Group()
    /// A person's place in a group.
    public static let membership = Membership()
    /// A meeting of any kind.
    public static let event = Event()
    /// A person's presence at a meeting.
    public static let attendance = Attendance()
    /// A number of people present, where only numbers were taken.
    public static let headcount = Headcount()
    /// A point of a meeting's programme.
    public static let agendaItem = AgendaItem()
    /// A paragraph of the minutes.
    public static let minutesEntry = MinutesEntry()
    /// An answer of the readiness check.
    public static let readiness = Readiness()
    /// A thing drawn on the resource map.
    public static let mapFeature = MapFeature()
    /// A photograph of the paper map, under the drawn one.
    public static let mapUnderlay = MapUnderlay()
    /// A circle of the Venn diagram.
    public static let institution = Institution()
    /// The cooperation of two circles.
    public static let institutionLink = InstitutionLink()
    /// A share of the budget as people imagine it.
    public static let tokochSlice = TokochSlice()
    /// A budget line that belongs to a share of the Tokoch.
    public static let tokochMatch = TokochMatch()
    /// A topic people want a hearing on.
    public static let hearingTopic = HearingTopic()
    /// One vote, as a person wrote it.
    public static let sticker = Sticker()
    /// A column of the problem gallery.
    public static let problem = Problem()
    /// What one of two people read off a paper tally.
    public static let tallyEntry = TallyEntry()
    /// Similar problems merged.
    public static let theme = Theme()
    /// One of the merged.
    public static let themePart = ThemePart()
    /// A line of the cause and effect table.
    public static let causeEffect = CauseEffect()
    /// Joint action plan.
    public static let plan = Plan()
    /// Goal of a plan.
    public static let goal = Goal()
    /// Objective of a goal.
    public static let objective = Objective()
    /// Activity of an objective.
    public static let activity = Activity()
    /// Indicator of an activity or objective.
    public static let indicator = Indicator()
    /// Money, labour or materials somebody puts in.
    public static let contribution = Contribution()
    /// A line of the cost estimate.
    public static let estimateItem = EstimateItem()
    /// A proposal or question made at a hearing.
    public static let proposal = Proposal()
    /// The municipality's budget of a year.
    public static let budget = Budget()
    /// A line of a budget.
    public static let budgetLine = BudgetLine()
    /// What was done and spent by a day.
    public static let progress = Progress()
    /// A finding of a monitoring group.
    public static let observation = Observation()
    /// Residents' satisfaction with a service.
    public static let serviceRating = ServiceRating()
    /// A success story.
    public static let story = Story()
    /// A notice to the villagers.
    public static let notice = Notice()
    /// Inter-municipal cooperation.
    public static let partnership = Partnership()
    /// A municipality in a partnership.
    public static let partner = Partner()
    /// A thing bought for a service.
    public static let asset = Asset()
    /// A local initiative asking for a grant.
    public static let initiative = Initiative()
    /// An official paper.
    public static let document = Document()
    /// A file that belongs to a record.
    public static let attachment = Attachment()
    /// Somebody who may log in.
    public static let account = Account()

    static let declarations: [any EntityDeclaration] = [
        municipality, village, cycle, person, group, membership,
        event, attendance, headcount, agendaItem, minutesEntry, readiness,
        mapFeature, mapUnderlay, institution, institutionLink, tokochSlice, tokochMatch,
        hearingTopic, sticker, problem, tallyEntry, theme, themePart, causeEffect,
        plan, goal, objective, activity, indicator, contribution, estimateItem, proposal,
        budget, budgetLine, progress, observation, serviceRating, story, notice,
        partnership, partner, asset, initiative, document, attachment, account,
    ]
}
