import Hummingbird
import Participation
import Store

/// What stands around the pages: menu, languages, who is logged in, the sentence of the last step.
enum Frames {
    /// Around a page for everybody: no menu. `address` is where a page that answers a form can be
    /// read again; nobody must come back to the form's own.
    static func plain(
        _ request: Request, _ context: DeskContext, _ office: Office, at address: String? = nil
    ) -> PageFrame {
        var frame = PageFrame()
        frame.language = context.language.rawValue
        frame.languages = Language.allCases.map {
            .init(code: $0.rawValue, name: $0.name, isCurrent: $0 == context.language)
        }
        let isRead = request.method == .get || request.method == .head
        frame.path = address ?? (isRead ? request.uri.string : Paths.home)
        frame.isDemo = office.demo != nil
        return frame
    }

    /// Around a page of somebody who is logged in.
    static func full(_ visit: Visit, at address: String?) async throws -> PageFrame {
        var frame = plain(visit.request, visit.context, visit.office, at: address)
        let texts = visit.texts
        frame.userName = visit.visitor.account?.title
        frame.roleName = texts.choice(visit.access.role, Schema.account.role, .account)
        frame.menu = menu(visit, waiting: try await visit.waiting())
        frame.flash = flash(visit.request, texts)
        let (name, head) = try await visit.read { reader in
            (try municipality(reader)?.title, try reader.head())
        }
        frame.municipalityName = name
        frame.head = head
        return frame
    }

    /// The municipality of the newest cycle; before the first cycle, the newest one.
    private static func municipality(_ reader: Reader) throws -> Record? {
        let cycle = try reader.newest(.cycle, limit: 1).records.first
        if let id = cycle?[Schema.cycle.municipality] {
            return try reader.record(.municipality, id)
        }
        return try reader.newest(.municipality, limit: 1).records.first
    }

    private static func menu(_ visit: Visit, waiting: WaitingFor) -> [PageFrame.MenuLink] {
        var items = [
            ("home", Paths.home, ["/cycles"]), ("villages", Paths.villages, []),
            ("calendar", Paths.calendar, ["/events"]), ("ranking", "/ranking", []),
            ("records", Paths.records, ["/search"]),
        ]
        if visit.office.laptops != nil {
            items.append(
                ("laptops", Paths.laptops, [Paths.conflicts, Paths.deletions, Paths.clock]))
        }
        if visit.access.mayKeepAccounts { items.append(("accounts", Paths.accounts, [])) }
        items.append(("status", Paths.status, []))
        let path = visit.request.uri.path
        return items.map { key, href, others in
            let isCurrent =
                path == href || (href != "/" && path.hasPrefix(href))
                || others.contains { path.hasPrefix($0) }
            let count = key == "laptops" ? waiting.count : 0
            return .init(
                label: visit.texts["layout.menuItems.\(key)"], href: href, isCurrent: isCurrent,
                badge: count > 0 ? String(count) : nil)
        }
    }

    /// Reads the cookie of ``Cookies/flash(_:_:title:)``; a key that is no text says nothing.
    private static func flash(_ request: Request, _ texts: Texts) -> Flash? {
        // A refresh in the background must not use up what the person has not read yet.
        guard let cookie = Cookies.value("ashar-flash", request), !cookie.isEmpty,
            request.headers[OutermostMiddleware.name("X-Ashar-Live")] == nil
        else { return nil }
        let parts = cookie.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let head = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard head.count >= 2, let commit = head.last else { return nil }
        let key = head.dropLast().joined(separator: ".")
        guard texts.optional(key) != nil else { return nil }
        let title = parts.count == 2 ? Percent.decoded(parts[1]) ?? "" : ""
        return Flash(
            text: texts(key, ["title": title, "name": title]),
            undoCommit: CommitID(String(commit))?.description)
    }
}
