import HTTPTypes
import Hummingbird
import Participation
import Store

extension RunPage {
    /// Goes on, goes back, or goes to an item of the programme. `after` names the item that the
    /// person saw going on: where another laptop has moved on meanwhile, nothing is done twice.
    static func step(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let material = try await read(visit)
        let times = material.times
        let path = Paths.run(material.meeting.id)
        let current = times.current.map { times.steps[$0].id.text } ?? ""
        guard form["after"] == current else {
            return visit.answer(path, flash: "run.flash.moved", nil)
        }
        let moves: [RunningTimes.Move]
        switch form["act"] {
        case "next": moves = times.stage == .ended ? [] : times.stepOn
        case "back": moves = times.stepBack
        case "go": moves = form.id("item").map { times.go(to: $0) } ?? []
        default: throw WebError.badRequest
        }
        guard !moves.isEmpty else { return visit.answer(path, flash: nil, nil) }
        let receipt = try await visit.commit(moves.map(edit))
        let flash = form["act"] == "back" ? "run.flash.back" : nil
        return visit.answer(path, flash: flash, flash == nil ? nil : receipt.commit)
    }

    private static func edit(_ move: RunningTimes.Move) -> Edit {
        .change(
            RecordInput(
                .agendaItem, id: move.id,
                fields: [
                    Schema.agendaItem.begunAt.name: move.begunAt?.description.value,
                    Schema.agendaItem.endedAt.name: move.endedAt?.description.value,
                ]))
    }
}

extension Visit {
    /// After a form: the page for a browser; for the page's own script, which stays where it is,
    /// the commit that can be taken back.
    func answer(_ path: String, flash: String?, _ commit: CommitID?) -> Response {
        guard request.headers[OutermostMiddleware.name("X-Ashar")] != nil else {
            return redirect(path, flash: flash, commit: commit)
        }
        return Response(status: .noContent).naming(commit)
    }
}

extension Meeting {
    /// R5 while it can still be mended: at the end of a meeting nobody has written anything.
    func unwritten(isOver: Bool, on tab: SessionTab, _ visit: Visit) -> [SessionFinding] {
        guard isOver, !facts.isHeld, facts.minutesEntries == 0 else { return [] }
        let href = SessionTab.minutes.isOpen(to: visit.access) ? Paths.minutes(id) : nil
        return [
            SessionFinding(
                text: visit.texts["findings.minutesMissing"],
                link: href.map {
                    SessionFinding.Link(
                        href: $0, label: SessionTab.minutes.label(visit.texts))
                })
        ]
    }

    /// R10: how a focus group lies after the sessions of its village.
    func timing(_ reader: Reader) throws -> [Finding] {
        guard facts.isFocusGroup, let cycle = event[Schema.event.cycle] else { return [] }
        let meetings = try reader.records(
            .event, where: Schema.event.cycle, is: cycle, limit: 1000)
        return FocusGroupTiming(event, sessions: meetings).findings
    }
}
