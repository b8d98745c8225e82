import Hummingbird

/// The pages of the other laptops, and of what people decide after they met.
enum LaptopRoutes {
    static func add(to desk: Desk) {
        desk.get("/laptops", LaptopsPage.show)
        desk.post("/laptops/sync", LaptopsPage.syncAll)
        desk.post("/laptops/connect", LaptopsPage.connect)
        desk.post("/laptops/members/:id/sync", LaptopsPage.syncOne)
        desk.get("/laptops/members/:id/remove", LaptopChangePage.show(.remove))
        desk.post("/laptops/members/:id/remove", LaptopChangePage.submit(.remove))
        desk.get("/laptops/members/:id/readmit", LaptopChangePage.show(.readmit))
        desk.post("/laptops/members/:id/readmit", LaptopChangePage.submit(.readmit))
        desk.get("/laptops/members/:id/rename", LaptopChangePage.show(.rename))
        desk.post("/laptops/members/:id/rename", LaptopChangePage.submit(.rename))
        pairing(desk)
        sticks(desk)
        agreement(desk)
    }

    private static func pairing(_ desk: Desk) {
        desk.get("/laptops/pair", PairPage.show)
        desk.post("/laptops/pair", PairPage.open)
        desk.post("/laptops/pair/number", PairPage.type)
        desk.post("/laptops/pair/admit", PairPage.admit)
        desk.post("/laptops/pair/end", PairPage.end)
        desk.post("/laptops/invite", PairPage.invite)
        desk.post("/laptops/request", PairPage.takeRequest)
    }

    private static func sticks(_ desk: Desk) {
        desk.get("/laptops/sticks", SticksPage.show)
        desk.post("/laptops/sticks/export", SticksPage.export)
        desk.post("/laptops/sticks/upload", SticksPage.upload)
        desk.get("/laptops/sticks/bundles/:id", BundlePage.show)
        desk.post("/laptops/sticks/bundles/:id", BundlePage.takeIn)
        desk.get("/laptops/sticks/transfers/:id", TransferPage.show)
        desk.get("/laptops/sticks/transfers/:id/files/:part", TransferPage.download)
    }

    private static func agreement(_ desk: Desk) {
        desk.get("/conflicts", ConflictsPage.show)
        desk.get("/conflicts/:id", ConflictDecisionPage.show)
        desk.post("/conflicts/:id", ConflictDecisionPage.decide)
        desk.get("/deletions", DeletionsPage.show)
        desk.post("/deletions", DeletionsPage.submit)
        desk.get("/clock", ClockPage.show)
        desk.post("/clock", ClockPage.tell)
    }
}
