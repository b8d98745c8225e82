/// How much one person writes in the gallery.
public enum StickerLimit {
    /// Stickers a person has (R6).
    public static let each = 5
    /// A sticker holds one problem in a few words; longer than this is a speech.
    public static let characters = 300
}

extension SessionFacts {
    /// R6, R7, R9 and R12: the gallery's stickers and columns, the Tokoch's shares.
    var galleryFindings: [Finding] {
        var found: [Finding] = []
        let participants = count.all
        let limit = StickerLimit.each * participants
        if participants > 0, votes > limit {
            found.append(
                finding(
                    .r6, .tooManyVotes,
                    ["votes": votes, "limit": limit, "participants": participants]))
        }
        for (seat, number) in seats.sorted(by: { $0.key < $1.key })
        where number > StickerLimit.each {
            found.append(
                finding(.r6, .seatWithTooManyStickers, ["seat": seat, "count": number]))
        }
        found += problems.filter { MissingMeans.isNamed(in: $0.title) }.map {
            Finding(.r7, .missingMeans, $0.id, words: ["text": $0.title])
        }
        return found + markFindings + tokochFindings
    }

    /// R9: whose matter a problem is and how it can be solved. A gallery that nobody has marked yet
    /// is one sentence, not one for each of its columns.
    private var markFindings: [Finding] {
        let unmarked = problems.filter {
            $0[Schema.problem.competence] == nil || $0[Schema.problem.solvable] == nil
        }
        guard unmarked.count <= 2 else {
            return [finding(.r9, .unmarkedProblems, ["count": unmarked.count])]
        }
        return unmarked.map { Finding(.r9, .unmarkedProblem, $0.id, words: ["text": $0.title]) }
    }

    /// R12: the shares of a Tokoch add up to 100 %; thirds may miss it by a hair.
    private var tokochFindings: [Finding] {
        let shares = slices.compactMap { $0[Schema.tokochSlice.percent] }
        let total = shares.reduce(0, +)
        guard !shares.isEmpty, abs(total - 100) > 0.05 else { return [] }
        let rounded = (total * 10).rounded() / 10
        return [
            finding(.r12, .sharesNotHundred, words: ["total": JSON.shortest(rounded)])
        ]
    }

    /// R13: all and women apart; at hearings and assemblies the other parts too.
    var countFindings: [Finding] {
        guard isHeld else { return [] }
        let count = count
        var found: [Finding] = []
        if count.all > 0, count.women + count.men == 0 {
            found.append(finding(.r13, .womenNotCounted, ["all": count.all]))
        }
        if count.source == .headcount { found += headcountFindings }
        return found
    }

    private var headcountFindings: [Finding] {
        func number(_ category: HeadcountCategory) -> Int? {
            headcounts.first { $0[Schema.headcount.category] == category }?[Schema.headcount.count]
        }
        var found: [Finding] = []
        if let all = number(.all), let women = number(.women) {
            if women > all {
                found.append(finding(.r13, .womenMoreThanAll, ["women": women, "all": all]))
            } else if let men = number(.men), women + men != all {
                found.append(
                    finding(.r13, .sumDiffers, ["women": women, "men": men, "all": all]))
            }
        }
        let needsSplit = [.hearing, .assembly, .kurultai].contains(event[Schema.event.kind])
        let split: [HeadcountCategory] = [.initiativeGroup, .deputies, .aoStaff, .ngo]
        if needsSplit, split.contains(where: { number($0) == nil }) {
            found.append(finding(.r13, .splitNotCounted))
        }
        return found
    }
}

/// R7: a problem is a state of affairs, not a missing means.
public enum MissingMeans {
    /// How texts begin that name what is missing.
    public static let beginnings = [
        "нет ", "нету ", "не хватает", "нехватка", "недостаточно ", "отсутств", "нужен ", "нужна ",
        "нужно ", "нужны ", "no ", "lack of", "there is no ", "there are no ", "need ", "we need",
        "жок ", "керек ", "жетишпейт", "жетишсиз",
    ]
    /// The last words of short texts that do.
    public static let endings: Set<String> = [
        "жок", "жоктугу", "керек", "жетишпейт", "жетишсиз", "нет", "нужен", "нужна", "нужно",
    ]

    /// Whether a text names what is missing ("no tractor", «трактор жок») rather than what is
    /// wrong. Kyrgyz names the missing thing first, so a short text that ends so counts too.
    public static func isNamed(in text: String) -> Bool {
        let lower = text.lowercased() + " "
        if beginnings.contains(where: lower.hasPrefix) { return true }
        let words = lower.split { !$0.isLetter }
        guard let last = words.last, words.count <= 3 else { return false }
        return endings.contains(String(last))
    }
}
