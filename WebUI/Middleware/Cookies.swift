import HTTPTypes
import Hummingbird

/// Reading and writing the few cookies there are (RFC 6265).
enum Cookies {
    static func value(_ name: String, _ request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                let key = parts.first.map { $0.drop { $0 == " " } }
                if parts.count == 2, key.map(String.init) == name { return String(parts[1]) }
            }
        }
        return nil
    }

    /// The session's cookie: no script reads it, no other site sends it.
    static func session(_ token: String, _ listener: Listener) -> String {
        "\(listener.cookieName)=\(token); Path=/; HttpOnly; SameSite=Strict"
            + (listener.scheme == "https" ? "; Secure" : "")
    }

    static func ended(_ listener: Listener) -> String {
        session("", listener) + "; Max-Age=0"
    }

    static func language(_ language: Language) -> String {
        "ashar-lang=\(language.rawValue); Path=/; SameSite=Strict; Max-Age=31536000"
    }

    /// A sentence for the next page: its name, and the commit that can be taken back.
    static func flash(_ key: String, _ commit: String?, title: String? = nil) -> String {
        let text = title.map { ":" + Percent.encoded($0) } ?? ""
        return "ashar-flash=\(key).\(commit ?? "")\(text); Path=/; HttpOnly; SameSite=Strict"
    }

    static let noFlash = "ashar-flash=; Path=/; Max-Age=0"
}
