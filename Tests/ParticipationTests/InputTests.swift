import Participation
import Testing

struct InputTests {
    @Test(arguments: [
        ("event", "date", "\"1825-01-01\"", InputProblem.Code.outOfRange),
        ("event", "date", "\"2014-02-30\"", .notDate),
        ("event", "date", "20141119", .notDate),
        ("tokochSlice", "percent", "140", .outOfRange),
        ("tokochSlice", "percent", "\"30\"", .notNumber),
        ("village", "men", "1.5", .notWhole),
        ("village", "men", "-1", .outOfRange),
        ("village", "name", "\"\"", .empty),
        ("village", "name", "null", .missing),
        ("village", "name", "7", .notText),
        ("village", "name", "\"a\\u0007b\"", .controlCharacter),
        ("village", "name", "\"a\\nb\"", .controlCharacter),
        ("village", "name", "\"abc\\u202Ecba\"", .directionCharacter),
        ("village", "isCenter", "\"yes\"", .notFlag),
        ("event", "kind", "\"party\"", .notChoice),
        ("event", "cycle", "\"a b\"", .notReference),
        ("event", "startsAt", "\"25:00\"", .notTime),
        ("attachment", "sha256", "\"abc\"", .notDigest),
        ("mapFeature", "geometry", "{\"type\":\"Point\"}", .notGeometry),
        ("account", "secret", "\"x\"", .secretField),
        ("problem", "localMatter", "24", .outOfRange),
    ])
    func `bad values are refused with their reason`(
        _ entity: String, _ field: String, _ json: String, _ code: InputProblem.Code
    ) throws {
        let entity = try #require(EntityName(rawValue: entity))
        let value = try JSONReader.read(json.utf8)
        let (input, problems) = RecordInput.parse([.init(field, value)], as: entity)
        #expect(problems.map(\.code) == [code])
        #expect(problems.map(\.field) == [field])
        #expect(input.fields.isEmpty)
    }

    @Test(arguments: [
        ("event", "startsAt", "\"09:30:00\"", Value.text("09:30")),
        ("event", "startsAt", "\"2014-11-19T03:30:00Z\"", .text("2014-11-19T03:30:00Z")),
        ("tokochSlice", "percent", "33.3", .number(33.3)),
        ("tokochSlice", "percent", "30", .number(30)),
        ("village", "men", "12.0", .integer(12)),
        ("village", "name", "\"  Арал \"", .text("Арал")),
        ("village", "name", "\"и\\u0306\"", .text("й")),
        (
            "mapFeature", "geometry", "{\"coordinates\":[1,2.5],\"type\":\"Point\"}",
            .text("{\"type\":\"Point\",\"coordinates\":[1,2.5]}")
        ),
    ])
    func `good values are taken in one form`(
        _ entity: String, _ field: String, _ json: String, _ expected: Value
    ) throws {
        let entity = try #require(EntityName(rawValue: entity))
        let value = try JSONReader.read(json.utf8)
        let (input, problems) = RecordInput.parse([.init(field, value)], as: entity)
        #expect(problems.isEmpty)
        #expect(input.fields[field] == .some(expected))
    }

    @Test func `a text over the limit is refused, however it is counted`() {
        let long = String(repeating: "ө", count: Limits.lineLength + 1)
        let huge = String(repeating: "x", count: 10_000_000)
        for text in [long, huge] {
            let (_, problems) = RecordInput.parse([.init("name", .string(text))], as: .village)
            #expect(problems.map(\.code) == [.tooLong])
        }
    }

    @Test func `an unknown field and a bad id are named`() {
        let (_, problems) = RecordInput.parse(
            [.init("id", .string("кыргызча")), .init("colour", .string("red"))], as: .village)
        #expect(problems.map(\.code) == [.badId, .unknownField])
    }

    @Test func `every entity of the dictionary has a declaration`() {
        #expect(Entity.all.map(\.name) == EntityName.allCases)
        for entity in Entity.all {
            for name in entity.titleFields { #expect(entity[field: name] != nil) }
            #expect(Set(entity.fields.map(\.name)).count == entity.fields.count)
        }
    }

    @Test func `names, ages and contacts are personal`() {
        let person = Entity[.person]
        for name in ["fullName", "age", "birthYear", "contact", "street", "ethnicity"] {
            #expect(person[field: name]?.privacy == .personal)
        }
        #expect(Access(.viewer).mayRead(Schema.person.fullName) == false)
        #expect(Access(.secretary).mayRead(Schema.person.fullName))
        for role in AccountRole.allCases {
            #expect(Access(role).mayRead(Schema.account.secret) == false)
        }
    }

    @Test(arguments: [
        "{", "{\"a\":1,}", "[1 2]", "01", "1.", "+1", "nul", "\"\u{1}\"", "\"\\x\"",
        "\"\\ud800\"", "{\"a\":1,\"a\":2}", "\"", "1 2", "", "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
        "1e999", "NaN",
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(text.utf8) }
    }

    @Test func `JSON reads back as it was written`() throws {
        let value: JSON = [
            "text": "ң \"\\ \n 😀", "whole": 9_007_199_254_740_993, "list": [true, false],
            "none": .null, "part": .number(0.1), "empty": [:],
        ]
        #expect(try JSONReader.read(value.encoded.utf8) == value)
        #expect(try JSONReader.read("\"\\ud83d\\ude00\"".utf8) == .string("😀"))
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }
}
