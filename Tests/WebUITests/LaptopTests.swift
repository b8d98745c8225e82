import HTTPTypes
import Participation
import Store
import Testing
import WebUI

/// The page of the laptops, and what is done there.
struct LaptopTests {
    @Test func `the page says who is here, who is not and why, and what is missing`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.secretary)
            let page = try await office.send(.get, "/laptops", token: token)
            #expect(page.status == 200)
            for words in [
                "Арал, мектеп", "Бирдик, клуб", "ABCD EFGH", "192.168.1.5", "бирдей",
                "Анын сааты биздикинен өтө алыс", "Келе элек сүрөттөр: 2",
                "келген жазуу: 12, кеткени: 7", "action=\"/laptops/sync\"",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("/remove"))
        }
    }

    @Test(arguments: AwayReason.allCases)
    func `every reason has a sentence and a way out in each language`(
        _ reason: AwayReason
    ) async throws {
        let laptops = TestLaptops { $0.state.laptops[2].presence = .away(reason) }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.viewer)
            for language in ["ky", "ru", "en"] {
                let page = try await office.send(
                    .get, "/laptops", token: token,
                    headers: [.cookie: "ashar-lang=\(language)"])
                #expect(page.status == 200)
                #expect(!page.text.contains("laptops.away"), "\(language)")
            }
        }
    }

    @Test(arguments: LaptopFault.allCases)
    func `every refusal is told in words`(_ fault: LaptopFault) async throws {
        let laptops = TestLaptops { $0.fault = fault }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.facilitator)
            let page = try await office.form(
                "/laptops/connect", ["address": "192.168.1.9"], token: token)
            #expect(page.status == 422)
            #expect(page.text.contains("class=\"field-error\""))
            #expect(!page.text.contains("laptops.fault"))
        }
    }

    @Test func `a typed address is checked and asked`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.facilitator)
            for bad in ["", "a b", "host:0", "host:99999", "[::1", "http://x/"] {
                let answer = try await office.form(
                    "/laptops/connect", ["address": bad], token: token)
                #expect(answer.status == 422, "\(bad)")
            }
            for good in ["192.168.1.9", "school.local:8844", "[fe80::1]:7844", "fe80::1"] {
                let answer = try await office.form(
                    "/laptops/connect", ["address": good], token: token)
                #expect(answer.status == 303, "\(good)")
                #expect(laptops.asked.last == "connect \(good)")
            }
        }
    }

    @Test func `only administrators remove, take back and rename`() async throws {
        let laptops = TestLaptops()
        let paths = [
            "/laptops/members/\(TestLaptops.school)/remove",
            "/laptops/members/\(TestLaptops.lost)/readmit",
            "/laptops/members/\(TestLaptops.club)/rename",
        ]
        try await TestOffice.with(laptops: laptops) { office in
            let (clerk, admin) = (
                try await office.token(.secretary), try await office.token(.admin)
            )
            for path in paths {
                let fields: KeyValuePairs = ["label": "Клуб"]
                #expect(try await office.send(.get, path, token: clerk).status == 403)
                #expect(try await office.form(path, fields, token: clerk).status == 403)
                #expect(laptops.asked.isEmpty)
            }
            for path in paths {
                let page = try await office.send(.get, path, token: admin)
                #expect(page.status == 200 && page.text.contains("action=\"\(path)\""))
                let done = try await office.form(path, ["label": "Клуб"], token: admin)
                #expect(done.status == 303)
            }
            #expect(
                laptops.asked == [
                    "remove 11111111 by account-admin", "readmit 33333333", "rename 22222222 Клуб",
                ])
            let own = "/laptops/members/\(TestLaptops.office)/remove"
            #expect(try await office.form(own, [:], token: admin).status == 404)
            let long = String(repeating: "ы", count: 33)
            #expect(
                try await office.form(paths[2], ["label": long], token: admin).status == 422)
        }
    }

    @Test(arguments: [AccountRole.viewer, .deputy, .monitor])
    func `who only reads sees the laptops and meets no form`(_ role: AccountRole) async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops, agreement: TestAgreement().agreement) {
            office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(role)
            for path in ["/laptops", "/conflicts", "/deletions", "/clock"] {
                let page = try await office.send(.get, path, token: token)
                #expect(page.status == 200, "\(path)")
                for match in page.text.matches(of: /<form[^>]*action="([^"]*)"/) {
                    let isOpen = ["/language", "/logout", "/search"].contains(String(match.1))
                    #expect(isOpen, "\(path) has \(match.0)")
                }
            }
            for path in ["/laptops/pair", "/laptops/sticks"] {
                #expect(try await office.send(.get, path, token: token).status == 403)
            }
            for path in ["/laptops/sync", "/laptops/pair", "/laptops/sticks/export", "/clock"] {
                #expect(try await office.form(path, [:], token: token).status == 403, "\(path)")
            }
            #expect(laptops.asked.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(10))) func `an open page hears of the other laptops`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let cookie = try await office.cookie(.viewer)
            let said = TestOffice.Said()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await office.send(
                        .get, "/api/v1/events", headers: [.cookie: cookie], said: said)
                }
                while !said.text.contains("event: hello") {
                    try await Task.sleep(for: .milliseconds(5))
                }
                laptops.tell(.waiting)
                while !said.text.contains("\"what\":\"waiting\"") {
                    try await Task.sleep(for: .milliseconds(5))
                }
                group.cancelAll()
            }
            #expect(said.text.contains("event: laptops"))
        }
    }

    @Test func `programs read the peers and begin an exchange`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.facilitator)
            let peers = try await office.send(.get, "/api/v1/peers", token: token).json
            guard case .array(let list)? = peers["peers"] else {
                Issue.record("no peers")
                return
            }
            #expect(list.count == 4 && list[2]["reason"] == "clockFar")
            #expect(list[1]["missing"]?["photosHere"] == 2)
            for (body, status) in [
                ("{}", 202), (#"{"id":"\#(TestLaptops.school)"}"#, 202),
                (#"{"address":"192.168.1.9:7844"}"#, 202), (#"{"id":"x"}"#, 422), ("[]", 422),
                (#"{"who":"all"}"#, 422), (#"{"id":"x","address":"y"}"#, 400),
            ] {
                let answer = try await office.send(
                    .post, "/api/v1/sync", token: token, json: body)
                #expect(answer.status == status, "\(body)")
            }
            #expect(laptops.asked.count == 3)
            laptops.set { $0.fault = .unreachable }
            let refused = try await office.send(.post, "/api/v1/sync", token: token, json: "{}")
            #expect(refused.status == 409)
            #expect(refused.json["type"] == "urn:ashar:problem:laptops")
        }
    }

    @Test func `a program without other laptops has no such pages`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.admin)
            #expect(try await office.send(.get, "/laptops", token: token).status == 404)
            let home = try await office.send(.get, "/", token: token)
            #expect(home.status == 200 && !home.text.contains("href=\"/laptops\""))
        }
    }
}
