import Participation
import Testing

/// What women and men drew differently, matched by names.
struct VennComparisonTests {
    private static func sheet(
        _ who: DrawnBy, _ institutions: [(String, Importance, Double, Bool?)]
    ) -> VennSheet {
        let records = institutions.enumerated().compactMap { index, one -> Record? in
            guard let id = RecordID("\(who)-\(index)") else { return nil }
            var record = Record(.institution, id)
            record[Schema.institution.drawnBy] = who
            record[Schema.institution.name] = one.0
            record[Schema.institution.importance] = one.1
            record[Schema.institution.x] = one.2
            record[Schema.institution.y] = 0
            record[Schema.institution.satisfied] = one.3
            return record
        }
        return VennSheet(who, institutions: records, links: [])
    }

    @Test func `size, satisfaction, nearness and absence are differences, names without case`() {
        let women = Self.sheet(
            .women,
            [
                ("Айыл өкмөтү", .large, 0, false), ("Мектеп", .large, 150, true),
                ("Аялдар кеңеши", .medium, 900, nil),
            ])
        let men = Self.sheet(
            .men,
            [
                ("АЙЫЛ  ӨКМӨТҮ", .medium, 0, true), ("мектеп", .large, 700, nil),
                ("Жаштар комитети", .small, 1500, nil),
            ])
        let found = VennComparison(women: women, men: men)
        #expect(
            found.differences == [
                .size(name: "Айыл өкмөтү", women: .large, men: .medium),
                .satisfied(name: "Айыл өкмөтү", women: false, men: true),
                .relation(
                    first: "Айыл өкмөтү", second: "Мектеп", women: .overlapping, men: .apart),
                .onlyIn(.women, name: "Аялдар кеңеши"),
                .onlyIn(.men, name: "Жаштар комитети"),
            ])
        #expect(found.shared == 2 && found.similar.isEmpty)
    }

    @Test
    func `names that are nearly the same are offered as one, equal diagrams differ in nothing`() {
        let women = Self.sheet(.women, [("Жаштар комитети", .small, 0, nil)])
        let men = Self.sheet(.men, [("Жаштардын комитети", .small, 0, nil)])
        let found = VennComparison(women: women, men: men)
        #expect(found.similar.map(\.men.title) == ["Жаштардын комитети"])
        let same = VennComparison(
            women: women, men: Self.sheet(.men, [("жаштар комитети ", .small, 99, nil)]))
        #expect(same.differences.isEmpty && same.shared == 1)
    }
}
