import Hummingbird

/// The Venn diagram and the Tokoch: their pages, and what is done on them. A page's forms and its
/// script send the same to the same places, the script with JSON below `/api/v1`.
enum MethodRoutes {
    static func pages(_ desk: Desk) {
        desk.get("/events/:id/venn", VennPage.show)
        desk.get("/events/:id/tokoch", TokochPage.show)
        actions(desk, "/events/:id")
    }

    /// What is done there, for programs.
    static func api(_ desk: Desk) { actions(desk, "/api/v1/events/:id") }

    private static func actions(_ desk: Desk, _ root: String) {
        let venn: KeyValuePairs<String, Desk.Handler> = [
            "place": VennPage.place, "relation": VennPage.relate, "size": VennPage.resize,
            "arrange": VennPage.arrange, "institutions": VennPage.add, "rank": VennPage.rank,
            "copy": VennPage.copy,
        ]
        for (name, handler) in venn { desk.post("\(root)/venn/\(name)", handler) }
        let tokoch: KeyValuePairs<String, Desk.Handler> = [
            "slices": TokochPage.addSlice, "shares": TokochPage.saveShares,
            "rest": TokochPage.giveRest, "fit": TokochPage.fit, "total": TokochPage.saveTotal,
            "order": TokochPage.order, "match": TokochPage.match, "topics": TokochPage.addTopic,
            "vote": TokochPage.vote,
        ]
        for (name, handler) in tokoch { desk.post("\(root)/tokoch/\(name)", handler) }
    }
}
