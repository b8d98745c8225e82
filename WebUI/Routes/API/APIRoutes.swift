import Hummingbird

/// The JSON API of design.md §9, the same on every listener that has one.
enum APIRoutes {
    static func add(to desk: Desk) {
        desk.get("/api/v1/records/:entity", RecordsAPI.list)
        desk.post("/api/v1/records/:entity", RecordsAPI.create)
        desk.get("/api/v1/records/:entity/:id", RecordsAPI.show)
        desk.on(.patch, "/api/v1/records/:entity/:id", RecordsAPI.change)
        desk.on(.delete, "/api/v1/records/:entity/:id", RecordsAPI.delete)
        desk.get("/api/v1/history/:entity/:id", HistoryAPI.show)
        desk.post("/api/v1/import", ImportAPI.upload)
        desk.get("/api/v1/export", ExportAPI.download)
        desk.get("/api/v1/ranking", RankingAPI.show)
        desk.get("/api/v1/cycles/:id/summary", SummaryAPI.show)
        desk.get("/api/v1/events/:id/attendance", AttendanceAPI.show)
        desk.get("/api/v1/events/:id/map/features", MapAPI.features)
        PicturesAPI.add(to: desk)
        MethodRoutes.api(desk)
        PhotosAPI.add(to: desk)
        desk.get(RouterPath(EventStream.path), EventStream.open)
        desk.post("/api/v1/search", SearchAPI.ask)
        desk.get("/api/v1/status", StatusAPI.show)
        desk.get("/api/v1/conflicts", ConflictsAPI.list)
        desk.post("/api/v1/conflicts/:id", ConflictsAPI.decide)
        desk.get("/api/v1/peers", PeersAPI.show)
        desk.post("/api/v1/sync", PeersAPI.sync)
        desk.get("/api/v1/openapi.json", OpenAPI.show)
        if desk.listener == .socket { ControlRoutes.add(to: desk) }
    }
}
