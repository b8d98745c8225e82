import HTTPTypes
import Participation
import Store
import Testing
import WebUI

/// Two numbers, each typed on the other screen: what the pages show at each stage.
struct PairingPageTests {
    private static func numbers(isTyped: Bool = false, wasWrong: Bool = false) -> Pairing {
        Pairing(
            side: .office,
            stage: .numbers(
                .init(
                    shown: "123456", isTyped: isTyped, isConfirmedThere: false, triesLeft: 2,
                    wasWrong: wasWrong)))
    }

    @Test func `the office opens, shows its number, takes the other, admits`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.admin)
            let before = try await office.send(.get, "/laptops/pair", token: token)
            #expect(before.text.contains("192.168.1.5:7844"))
            #expect(try await office.form("/laptops/pair", [:], token: token).status == 303)
            laptops.set { $0.pairing = Self.numbers() }
            let page = try await office.send(.get, "/laptops/pair", token: token)
            #expect(page.text.contains("<span>123</span> <span>456</span>"))
            #expect(page.text.contains("data-live=\"neighbours\""))
            for bad in ["", "12345", "1234567", "12345x", "١٢٣٤٥٦"] {
                let answer = try await office.form(
                    "/laptops/pair/number", ["number": bad], token: token)
                #expect(answer.status == 422, "\(bad)")
            }
            let good = try await office.form(
                "/laptops/pair/number", ["number": "654 321"], token: token)
            #expect(good.status == 303)
            laptops.set { $0.pairing = Pairing(side: .office, stage: .admitting(label: "Мектеп")) }
            let asking = try await office.send(.get, "/laptops/pair", token: token)
            #expect(asking.text.contains("value=\"Мектеп\""))
            let admitted = try await office.form(
                "/laptops/pair/admit", ["label": "Арал, мектеп", "role": "clerk"], token: token)
            #expect(admitted.status == 303)
            #expect(laptops.asked == ["open", "type 654321", "admit Арал, мектеп clerk"])
        }
    }

    @Test func `a wrong number is said with the tries that are left`() async throws {
        let laptops = TestLaptops {
            $0.pairing = Self.numbers(wasWrong: true)
            $0.fault = .wrongNumber
        }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.admin)
            let answer = try await office.form(
                "/laptops/pair/number", ["number": "000000"], token: token)
            #expect(answer.status == 303)
            let page = try await office.send(.get, "/laptops/pair", token: token)
            #expect(page.text.contains("Калган аракет: 2") && page.text.contains("error-summary"))
        }
    }

    @Test func `after the number was right there is nothing more to type`() async throws {
        let laptops = TestLaptops { $0.pairing = Self.numbers(isTyped: true) }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.admin)
            let page = try await office.send(.get, "/laptops/pair", token: token)
            #expect(page.text.contains("<span>123</span>"))
            #expect(!page.text.contains("name=\"number\""))
        }
    }

    @Test(arguments: PairingEnd.allCases)
    func `every end is told in words`(_ end: PairingEnd) async throws {
        let laptops = TestLaptops { $0.pairing = Pairing(side: .office, stage: .ended(end)) }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.admin)
            let page = try await office.send(.get, "/laptops/pair", token: token)
            #expect(page.status == 200 && !page.text.contains("pair.ended"))
            #expect(page.text.contains("action=\"/laptops/pair\""))
        }
    }

    @Test func `an invitation is a file; a laptop that is no office makes none`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.admin)
            let file = try await office.form("/laptops/invite", ["role": "reader"], token: token)
            #expect(file.status == 200 && file.text == "invited")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            laptops.set { $0.state.laptops[0].role = .clerk }
            let page = try await office.send(.get, "/laptops/pair", token: token)
            #expect(page.status == 409)
        }
    }

    @Test func `a new laptop joins with numbers before anybody has an account`() async throws {
        let laptops = TestLaptops {
            $0.state.community = nil
            $0.state.laptops = []
            if let address = LaptopAddress("192.168.1.5:7844") {
                $0.state.found = [FoundCommunity(label: "АӨ", address: address)]
            }
        }
        try await TestOffice.with(laptops: laptops) { office in
            let welcome = try await office.send(.get, "/welcome")
            #expect(welcome.text.contains("href=\"/welcome/join\""))
            let page = try await office.send(.get, "/welcome/join")
            #expect(page.text.contains("АӨ (192.168.1.5:7844)"))
            let nameless = try await office.form(
                "/welcome/join", ["label": "", "found": "192.168.1.5:7844"])
            #expect(nameless.status == 422)
            let asked = try await office.form(
                "/welcome/join", ["label": "Мектеп", "found": "192.168.1.5:7844"])
            #expect(asked.status == 303)
            #expect(laptops.asked == ["join 192.168.1.5:7844 Мектеп"])
            laptops.set {
                var pairing = Self.numbers()
                pairing.side = .joiner
                $0.pairing = pairing
            }
            let numbers = try await office.send(.get, "/welcome/join")
            #expect(numbers.text.contains("action=\"/welcome/join/number\""))
            #expect(
                try await office.form("/welcome/join/number", ["number": "111222"]).status == 303)
            laptops.set {
                $0.state = TestLaptops.village
                $0.state.community?.isFoundedHere = false
            }
            let coming = try await office.send(.get, "/welcome/join")
            #expect(coming.status == 200 && !coming.text.contains("name=\"number\""))
            #expect(try await office.send(.get, "/welcome").headers[.location] == "/welcome/join")
            _ = try await office.token(.admin)
            let over = try await office.form("/welcome/join/number", ["number": "111222"])
            #expect(over.headers[.location] == "/login")
        }
    }

    @Test func `the first run founds a community where there is none`() async throws {
        let laptops = TestLaptops { $0.state.community = nil }
        try await TestOffice.with(laptops: laptops) { office in
            let answer = try await office.form(
                "/welcome",
                [
                    "name": "Көк-Ирим", "villages": "Арал", "displayName": "Айгүл",
                    "login": "aigul", "passphrase": TestOffice.passphrase,
                    "passphraseAgain": TestOffice.passphrase,
                ])
            #expect(answer.status == 303)
            #expect(laptops.asked == ["found АӨ кеңсеси"])
        }
    }
}
