import Testing

@testable import Photographs

struct SizeTests {
    @Test(arguments: [
        (100, 50, 100, 50), (2048, 2048, 2048, 2048), (4096, 2048, 2048, 1024),
        (2049, 1, 2048, 1), (1, 65_535, 1, 2048), (8660, 5773, 2048, 1365), (3, 5000, 1, 2048),
    ])
    func `the longer side is bounded and the shape stays`(
        _ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int
    ) throws {
        let size = try #require(PhotoSize(width, height))
        #expect(size.fitting(2048) == PhotoSize(newWidth, newHeight))
    }

    @Test(arguments: [(0, 1), (1, 0), (-1, 5), (Int.max, 1)])
    func `a picture without pixels has no size`(_ width: Int, _ height: Int) {
        #expect(PhotoSize(width, height) == nil)
    }

    @Test func `the reader makes it as small as it may`() throws {
        let offered = (1...16).map { PhotoSize.Fraction(numerator: $0, denominator: 8) }
        let large = try #require(PhotoSize(8660, 5773))
        let fraction = large.fraction(leaving: 2048, of: offered)
        #expect(fraction == .init(numerator: 2, denominator: 8))
        #expect(large.scaled(by: fraction) == PhotoSize(2165, 1444))
        let small = try #require(PhotoSize(100, 50))
        #expect(small.fraction(leaving: 2048, of: offered) == .whole)
        #expect(large.fraction(leaving: 2048, of: []) == .whole)
    }

    @Test func `EXIF that points anywhere is read as far as it goes`() {
        let whole = TestPictures.exif(6)
        #expect(Exif(tiff: whole[...]).orientation == .right)
        for place in whole.indices {
            for value in [UInt8(0), 0x7F, 0xFF] {
                var bytes = whole
                bytes[place] = value
                _ = Exif(tiff: bytes[...])
            }
            _ = Exif(tiff: whole[..<place])
        }
        #expect(Exif(tiff: []) == Exif())
        #expect(Exif(tiff: TestPictures.exif(9)[...]).orientation == .upright)
    }
}
