import Hummingbird

/// The pages of people who are logged in.
enum PageRoutes {
    static func add(to desk: Desk) {
        desk.get("/", HomePage.show)
        desk.get("/cycles/:id", HomePage.show)
        desk.get("/cycles/:id/readiness", ReadinessPage.show)
        desk.post("/cycles/:id/readiness", ReadinessPage.save)
        desk.get("/villages", VillagesPage.show)
        desk.get("/calendar", CalendarPage.show)
        session(desk)
        MethodRoutes.pages(desk)
        ranking(desk)
        records(desk)
        desk.get("/undo", UndoPage.show)
        desk.post("/undo", UndoForm.submit)
        desk.get("/search", SearchPage.show)
        desk.post("/search", SearchPage.find)
        desk.get("/accounts", AccountsPage.show)
        desk.post("/accounts", AccountsPage.add)
        desk.post("/accounts/:id/passphrase", AccountsPage.changePassphrase)
        desk.post("/accounts/:id/disable", AccountsPage.disable)
        desk.post("/accounts/:id/enable", AccountsPage.enable)
        desk.get("/status", StatusPage.show)
        desk.get("/documents/D6/:id", ParticipantListPage.show)
    }

    private static func session(_ desk: Desk) {
        desk.get("/events/:id", EventPage.show)
        desk.post("/events/:id/programme", EventPage.addStandardProgramme)
        desk.post("/events/:id/agenda", EventPage.addAgendaItem)
        desk.post("/events/:id/held", EventPage.markHeld)
        desk.get("/events/:id/run", RunPage.show)
        desk.post("/events/:id/run", RunPage.step)
        desk.get("/events/:id/people", PeoplePage.show)
        desk.post("/events/:id/people", PeoplePage.add)
        desk.post("/events/:id/headcount", PeoplePage.saveHeadcount)
        desk.get("/events/:id/minutes", MinutesPage.show)
        desk.post("/events/:id/minutes", MinutesPage.add)
        desk.get("/events/:id/map", MapPage.show)
        desk.get("/events/:id/gallery", GalleryPage.show)
        desk.post("/events/:id/stickers", GalleryPage.addSticker)
        desk.post("/events/:id/columns", GalleryPage.addColumn)
        desk.post("/stickers/:id/move", GalleryPage.moveSticker)
        desk.get("/events/:id/tally", TallyPage.show)
        desk.post("/events/:id/tally", TallyPage.save)
        desk.post("/events/:id/tally/take", TallyPage.take)
        desk.post("/events/:id/round", PhonesForms.open)
        desk.post("/events/:id/round/expect", PhonesForms.expect)
        desk.post("/events/:id/round/close", PhonesForms.close)
        desk.post("/events/:id/room", PhonesForms.show)
        desk.post("/events/:id/room/network", PhonesForms.setNetwork)
        desk.get("/events/:id/causes", CausesPage.show)
        desk.post("/events/:id/causes/group", CausesPage.makeGroup)
        desk.get("/events/:id/causes/:theme", BoardPage.show)
        desk.post("/events/:id/causes/:theme", BoardPage.add)
        desk.post("/events/:id/causes/:theme/merge", BoardPage.merge)
        desk.get("/events/:id/photos", PhotosPage.show)
        desk.post("/events/:id/photos", PhotosPage.add)
        desk.get("/photos/:id", PhotoFile.show)
    }

    private static func ranking(_ desk: Desk) {
        desk.get("/ranking", RankingPage.show)
        desk.post("/ranking/merge", RankingPage.merge)
        desk.post("/ranking/part/remove", RankingPage.removePart)
        desk.post("/ranking/dissolve", RankingPage.dissolve)
    }

    private static func records(_ desk: Desk) {
        desk.get("/records", RecordsIndexPage.show)
        desk.get("/records/:entity", RecordsListPage.show)
        desk.post("/records/:entity", RecordPage.create)
        desk.get("/records/:entity/new", RecordPage.new)
        desk.get("/records/:entity/:id", RecordPage.show)
        desk.post("/records/:entity/:id", RecordPage.save)
        desk.post("/records/:entity/:id/delete", RecordPage.delete)
        desk.get("/records/:entity/:id/history", HistoryPage.show)
    }
}
