/// The kinds of records of the data dictionary, by the names that files and addresses use.
public enum EntityName: String, Sendable, CaseIterable {
    case municipality, village, cycle, person, group, membership
    case event, attendance, headcount, agendaItem, minutesEntry, readiness
    case mapFeature, mapUnderlay, institution, institutionLink, tokochSlice, tokochMatch
    case hearingTopic, sticker, problem, tallyEntry, theme, themePart, causeEffect
    case plan, goal, objective, activity, indicator, contribution, estimateItem, proposal
    case budget, budgetLine, progress, observation, serviceRating, story, notice
    case partnership, partner, asset, initiative, document, attachment, account
}
