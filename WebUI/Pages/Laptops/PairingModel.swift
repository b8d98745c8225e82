import Participation

/// How far a pairing is, as `pair-stage.mustache` shows it; at most one of the stages is there.
struct PairingModel: Sendable {
    private(set) var waiting: String?
    private(set) var numbers: Numbers?
    private(set) var admitting: Form?
    private(set) var patience: String?
    private(set) var done: Result?
    private(set) var ended: Ended?
    /// Where a person gives up; nil where nothing goes on.
    let endAction: String?

    struct Numbers: Sendable {
        /// Three digits and three digits.
        let first: String
        let second: String
        /// What is still to be done on the two screens, in a sentence.
        let state: String
        /// The form for the other's number; nil after it was right.
        let form: Form?
    }

    struct Form: Sendable {
        let lead: String
        let action: String
        let fields: [FieldModel]
    }

    struct Result: Sendable {
        let text: String
        let href: String?
        let link: String
    }

    struct Ended: Sendable {
        let why: String
        let remedy: String
    }

    /// Where the forms of one side lead.
    struct Places: Sendable {
        let number: String
        let admit: String
        let end: String
        /// Where one goes on after it is done; nil where nothing is ready there yet.
        let next: String?
    }

    init(_ pairing: Pairing, _ places: Places, _ form: PlainForm) {
        let texts = form.texts
        endAction = pairing.isGoingOn ? places.end : nil
        switch pairing.stage {
        case .waiting: waiting = texts["pair.waiting.\(pairing.side)"]
        case .numbers(let numbers):
            self.numbers = Self.numbers(numbers, places, form)
        case .admitting(let label) where pairing.side == .office:
            admitting = Form(
                lead: texts("pair.admit.lead", ["label": label]), action: places.admit,
                fields: Self.admission(label, form))
        case .admitting: patience = texts["pair.admit.patience"]
        case .done(let label):
            done = Result(
                text: texts("pair.done.\(pairing.side)", ["label": label]), href: places.next,
                link: texts["pair.done.\(pairing.side)Link"])
        case .ended(let reason):
            ended = Ended(
                why: texts["pair.ended.\(reason).why"],
                remedy: texts["pair.ended.\(reason).remedy"])
        }
    }

    /// The fields that were refused, for the error summary.
    var errors: [FieldModel] {
        ((numbers?.form?.fields ?? []) + (admitting?.fields ?? [])).filter { $0.error != nil }
    }

    private static func numbers(
        _ numbers: Pairing.Numbers, _ places: Places, _ form: PlainForm
    ) -> Numbers {
        var form = form
        if numbers.wasWrong, form.problems["number"] == nil {
            form.problems["number"] = form.texts(
                "pair.number.wrong", ["count": String(numbers.triesLeft)])
        }
        let field = form.number(
            "number", form.texts["pair.number.label"], hint: form.texts["pair.number.hint"])
        let state =
            switch (numbers.isTyped, numbers.isConfirmedThere) {
            case (false, false): "both"
            case (false, true): "here"
            case (true, false): "there"
            case (true, true): "none"
            }
        return Numbers(
            first: String(numbers.shown.prefix(3)), second: String(numbers.shown.dropFirst(3)),
            state: form.texts["pair.number.state.\(state)"],
            form: numbers.isTyped
                ? nil
                : Form(lead: form.texts["pair.number.lead"], action: places.number, fields: [field])
        )
    }

    private static func admission(_ label: String, _ form: PlainForm) -> [FieldModel] {
        var form = form
        let texts = form.texts
        if form.typed?["label"] == nil {
            form.typed = try? FormData("label=\(Percent.encoded(label))&role=clerk")
        }
        return [
            form.line(
                "label", texts["laptops.label.name"], hint: texts["laptops.label.hint"],
                maxLength: LaptopLabel.longest),
            form.radios(
                "role", texts["pair.admit.role"],
                LaptopRole.allCases.map {
                    .init(value: $0.rawValue, label: texts["laptops.roleAbout.\($0)"])
                }),
        ]
    }
}

extension FormData {
    /// Six digits that were typed with or without spaces between them; nil for anything else.
    var pairingNumber: String? {
        let digits = (self["number"] ?? "").filter { !$0.isWhitespace }
        let isNumber =
            digits.utf8.count == 6
            && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isNumber ? digits : nil
    }
}
