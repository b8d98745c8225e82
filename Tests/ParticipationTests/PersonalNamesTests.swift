import Testing

@testable import Participation

/// R15 finds people as they are written: either name first, with the endings of Kyrgyz.
struct PersonalNamesTests {
    private static let personal = PersonalTexts(
        names: ["Асанов Бакыт Токтосунович", "Айгүл Токтосунова", "Ли Анна", "Мээрим"])

    @Test(arguments: [
        "Асанов Бакыттын үйү", "Бакыт Асановдун көчөсү", "Токтосунова Айгүлгө кайрылуу",
        "айгүл токтосунованын дүкөнү", "Ли Аннанын үйү", "байланыш: 0555 12-34-56",
    ])
    func `a name with any ending and a number are found`(_ text: String) {
        #expect(Self.personal.isIn(text), "\(text)")
    }

    @Test(arguments: [
        "Асанов көчөсү", "Бакыт деген жайлоо", "Мээрим балдар борбору", "Линия Анна", "",
        "2026-жылдын 13-октябры", "Айгүл гүлү ачылган токой",
    ])
    func `one name alone, or the beginning of other words, says nothing`(_ text: String) {
        #expect(!Self.personal.isIn(text), "\(text)")
    }
}
