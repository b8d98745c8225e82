import Documents
import Foundation
import Participation
import Testing

struct ParticipantListTests {
    @Test func `the list has its head, its people and room for more`() throws {
        var municipality = Record(.municipality, try #require(RecordID("m")))
        municipality[Schema.municipality.name] = "Көк-Ирим айылдык аймагы"
        municipality[Schema.municipality.nameRu] = "Кок-Иримский айылный аймак"
        var person = Record(.person, try #require(RecordID("p")))
        person[Schema.person.fullName] = "Асанова <Нургүл> & Ко"
        person[Schema.person.birthYear] = 1990
        let list = ParticipantList(
            letterhead: Letterhead(municipality), event: "ЖМБА-сессия",
            date: "2014-жылдын 19-ноябры",
            place: "Арал, клуб", lines: [.init(person, year: 2014)])
        let html = list.html
        #expect(html.contains("КЫРГЫЗ РЕСПУБЛИКАСЫ"))
        #expect(html.contains("Кок-Иримский айылный аймак"))
        #expect(html.contains("Асанова &lt;Нургүл&gt; &amp; Ко"))
        #expect(html.contains("<td>24</td>"))
        #expect(html.contains("<dt>Өтүүчү жери</dt><dd>Арал, клуб</dd>"))
        #expect(html.components(separatedBy: "<tr>").count - 2 == 6)
    }
}
