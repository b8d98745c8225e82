import HTTPTypes
import Hummingbird
import Participation
import Store

/// Dividing the bread: slices, shares, sums.
extension TokochPage {
    static func addSlice(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let item = input.words("item")
        let percent = FormText.json(input["percent"] ?? "", Schema.tokochSlice.percent.type)
        let (record, errors) = list(board).adding(
            [
                .init(Schema.tokochSlice.event.name, .string(board.meeting.id.text)),
                .init(Schema.tokochSlice.position.name, .integer(board.sheet.slices.count + 1)),
                .init(Schema.tokochSlice.percent.name, percent == .null ? .integer(0) : percent),
            ], named: item, as: .tokochSlice, visit.texts)
        guard errors.isEmpty else {
            var entry = TokochEntry(item: item, percent: input["percent"] ?? "")
            entry.itemError = errors["item"]
            entry.percentError = errors["percent"]
            return try await refused(errors.links, board, entry, visit)
        }
        let receipt = try await visit.commit(Self.positions(board.sheet.slices) + [.make(record)])
        return answer(
            visit.texts("tokoch.said.added", ["item": item]), receipt, board, visit,
            at: "#tokoch-item")
    }

    private static func list(_ board: TokochBoard) -> MethodList {
        MethodList(
            records: board.sheet.slices, name: Schema.tokochSlice.item.name,
            missing: "tokoch.error.slice.missing", known: "tokoch.error.slice.known",
            most: (TokochSheet.most, "tokoch.error.slice.tooMany"))
    }

    /// Places 1 and on for slices in their order; those that keep theirs are left alone.
    private static func positions(_ order: [Record]) -> [Edit] {
        order.enumerated().compactMap { index, slice in
            guard slice[Schema.tokochSlice.position] != index + 1 else { return nil }
            return .change(
                RecordInput(
                    .tokochSlice, id: slice.id,
                    fields: [Schema.tokochSlice.position.name: (index + 1).value]))
        }
    }

    /// Shares and sums as they were typed or dragged, all in one commit. Where people named the
    /// whole budget, a share brings its sum with it, and a sum its share.
    static func saveShares(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let change: [Edit]
        do {
            change = try shares(input, board.sheet)
        } catch WebError.refused(let problems) where !visit.request.isOfProgram {
            var entry = TokochEntry()
            entry.sharesError = problems.map(visit.texts.sentence).joined(separator: " ")
            let links = problems.map {
                PageFrame.ErrorLink(
                    text: visit.texts.sentence($0), href: "#\($0.field ?? "shares")")
            }
            return try await refused(links, board, entry, visit)
        }
        let receipt = try await visit.commit(change)
        return answer(visit.texts["tokoch.said.saved"], receipt, board, visit, at: "#shares")
    }

    private static func shares(_ input: MethodInput, _ sheet: TokochSheet) throws -> [Edit] {
        var shares = sheet.shares
        var amounts = sheet.slices.map { $0[Schema.tokochSlice.amount] }
        for (index, slice) in sheet.slices.enumerated() {
            let (percent, amount) = ("percent-\(slice.id)", "amount-\(slice.id)")
            if input[percent] != nil {
                let typed = try input.value(percent, as: Schema.tokochSlice.percent)
                let share = TokochShares.hundredths(typed ?? 0)
                if share != shares[index] {
                    shares[index] = share
                    amounts[index] =
                        TokochShares.amount(of: share, in: sheet.budget) ?? amounts[index]
                    continue
                }
            }
            guard input[amount] != nil else { continue }
            let typed = try input.value(amount, as: Schema.tokochSlice.amount)
            guard typed != amounts[index] else { continue }
            guard (typed ?? 0) >= 0 else {
                let bounds = ["low": "0", "high": String(Limits.money.upperBound)]
                throw WebError.refused([InputProblem(.outOfRange, field: amount, bounds)])
            }
            amounts[index] = typed
            if let typed, let share = TokochShares.hundredths(of: typed, in: sheet.budget) {
                shares[index] = share
            }
        }
        // Sums that make the whole budget are shares that make 100 %, however they are rounded.
        let known = amounts.compactMap(\.self)
        if let budget = sheet.budget, known.count == amounts.count, known.reduce(0, +) == budget {
            let exact = TokochShares.fitted(known)
            if zip(exact, shares).allSatisfy({ abs($0 - $1) <= 1 }) { shares = exact }
        }
        return edits(sheet, shares, amounts)
    }

    /// Changes of the slices whose share or sum is another one now.
    static func edits(_ sheet: TokochSheet, _ shares: [Int], _ amounts: [Int?]) -> [Edit] {
        sheet.slices.indices.compactMap { index in
            let slice = sheet.slices[index]
            var fields: [String: Value?] = [:]
            let percent = TokochShares.percent(shares[index])
            if slice[Schema.tokochSlice.percent] != percent {
                fields[Schema.tokochSlice.percent.name] = percent.value
            }
            if slice[Schema.tokochSlice.amount] != amounts[index] {
                fields.updateValue(
                    amounts[index]?.value, forKey: Schema.tokochSlice.amount.name)
            }
            guard !fields.isEmpty else { return nil }
            return .change(RecordInput(.tokochSlice, id: slice.id, fields: fields))
        }
    }

    /// The sums of shares where the whole budget is known; else those that were there.
    private static func amounts(_ sheet: TokochSheet, _ shares: [Int]) -> [Int?] {
        zip(sheet.slices, shares).map {
            TokochShares.amount(of: $1, in: sheet.budget) ?? $0[Schema.tokochSlice.amount]
        }
    }

    /// Gives what is missing to one slice, or takes what is too much from it.
    static func giveRest(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let sheet = board.sheet
        guard let index = sheet.slices.firstIndex(where: { $0.id == input.id("slice") }) else {
            throw WebError.noRecord(.tokochSlice)
        }
        var shares = sheet.shares
        shares[index] = min(max(shares[index] + sheet.missing, 0), TokochShares.whole)
        let receipt = try await visit.commit(edits(sheet, shares, amounts(sheet, shares)))
        return answer(
            visit.texts(
                "tokoch.said.rest",
                ["item": sheet.slices[index].title, "share": visit.texts.share(shares[index])]),
            receipt, board, visit, at: "#shares")
    }

    /// Brings all shares to exactly 100 % in their proportions.
    static func fit(_ visit: Visit) async throws -> Response {
        let (_, board) = try await read(visit)
        let shares = board.sheet.fitted
        guard shares.reduce(0, +) == TokochShares.whole else { throw WebError.badRequest }
        let receipt = try await visit.commit(
            edits(board.sheet, shares, amounts(board.sheet, shares)))
        return answer(visit.texts["tokoch.said.fitted"], receipt, board, visit, at: "#shares")
    }

    /// The whole budget that sums are shares of.
    static func saveTotal(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let total = try input.value("total", as: Schema.event.tokochTotal)
        guard (total ?? 0) >= 0 else {
            let bounds = ["low": "0", "high": String(Limits.money.upperBound)]
            throw WebError.refused([InputProblem(.outOfRange, field: "total", bounds)])
        }
        let sheet = TokochSheet(board.sheet.slices, budget: total)
        var shares = sheet.shares
        for (index, slice) in sheet.slices.enumerated() where shares[index] == 0 {
            guard let amount = slice[Schema.tokochSlice.amount], amount > 0 else { continue }
            shares[index] = TokochShares.hundredths(of: amount, in: total) ?? 0
        }
        let event = Edit.change(
            RecordInput(
                .event, id: board.meeting.id,
                fields: [Schema.event.tokochTotal.name: total?.value]))
        let receipt = try await visit.commit(
            [event] + edits(sheet, shares, amounts(sheet, shares)))
        return answer(visit.texts["tokoch.said.total"], receipt, board, visit, at: "#shares")
    }

    /// Moves a slice one place around the bread.
    static func order(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let move = try list(board).move(input, "slice", .tokochSlice)
        let receipt = try await visit.commit(positions(move.order))
        return answer(
            visit.texts(
                "tokoch.said.ordered",
                ["item": move.record.title, "place": String(move.place)]),
            receipt, board, visit, at: "#shares")
    }

    /// The body, and the board it is about.
    static func read(_ visit: Visit) async throws -> (MethodInput, TokochBoard) {
        guard visit.access.mayWrite(.tokochSlice) else { throw WebError.forbidden }
        let input = try await MethodInput.read(visit)
        return (input, try await TokochBoard.read(visit, budget: input.id("budget")))
    }

    static func answer(
        _ said: String, _ receipt: CommitReceipt, _ board: TokochBoard, _ visit: Visit,
        at place: String = ""
    ) -> Response {
        MethodAnswer(said: said, commit: receipt.commit).response(
            visit, back: Paths.tokoch(board) + place, flash: "tokoch.flash.done")
    }

    static func refused(
        _ errors: [PageFrame.ErrorLink], _ board: TokochBoard, _ entry: TokochEntry,
        _ visit: Visit
    ) async throws -> Response {
        guard !visit.request.isOfProgram else {
            return MethodAnswer(problem: errors.map(\.text).joined(separator: " ")).response(
                visit, back: Paths.tokoch(board), flash: "tokoch.flash.done")
        }
        return try await visit.page(
            TokochPage(board, entry, visit), at: Paths.tokoch(board), errors: errors,
            status: .unprocessableContent)
    }
}
