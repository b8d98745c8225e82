import Testing

@testable import Photographs

/// Photographs made small, upright and silent.
struct ReducerTests {
    private static let upright = ["red", "green", "blue", "white"]

    private func refusal(_ bytes: [UInt8]) -> PhotoRefusal? {
        do {
            _ = try PhotoReducer.reduce(bytes)
            return nil
        } catch {
            return error as? PhotoRefusal
        }
    }

    @Test(arguments: [false, true])
    func `a large JPEG becomes a small one`(_ progressive: Bool) throws {
        let photo = try PhotoReducer.reduce(
            TestPictures.jpeg(3000, 1500, progressive: progressive))
        #expect(photo.size == PhotoSize(2048, 1024))
        #expect(PhotoFormat(photo.bytes) == .jpeg)
        #expect(try TestPictures.corners(photo) == Self.upright)
        #expect(photo.takenAt == nil)
    }

    @Test func `a small one keeps its size`() throws {
        let photo = try PhotoReducer.reduce(TestPictures.jpeg(640, 480))
        #expect(photo.size == PhotoSize(640, 480))
        #expect(try TestPictures.corners(photo) == Self.upright)
    }

    @Test func `PNG and WebP become JPEG`() throws {
        for bytes in [TestPictures.png(2200, 1100), TestPictures.webp(2200, 1100)] {
            let photo = try PhotoReducer.reduce(bytes)
            #expect(photo.size == PhotoSize(2048, 1024))
            #expect(PhotoFormat(photo.bytes) == .jpeg)
            #expect(try TestPictures.corners(photo) == Self.upright)
        }
    }

    @Test func `what is transparent is white`() throws {
        let clear = [UInt8](repeating: 0, count: 40 * 40 * 4)
        let photo = try PhotoReducer.reduce(TestPictures.png(40, 40, pixels: clear))
        #expect(try TestPictures.corners(photo) == ["white", "white", "white", "white"])
    }

    @Test func `printers' inks become colours`() throws {
        // As image programs write them: nought is all of an ink.
        let inks: [[UInt8]] = [[255, 0, 0, 255], [255, 255, 255, 255]]
        for (ink, colour) in zip(inks, ["red", "white"]) {
            let photo = try PhotoReducer.reduce(TestPictures.inks(ink, 64, 64))
            #expect(try TestPictures.corners(photo) == Array(repeating: colour, count: 4))
        }
    }

    /// What stands in the quarters of a picture that a camera wrote turned so, seen upright.
    private static let held: [(Int, [String])] = [
        (1, ["red", "green", "blue", "white"]), (2, ["green", "red", "white", "blue"]),
        (3, ["white", "blue", "green", "red"]), (4, ["blue", "white", "red", "green"]),
        (5, ["red", "blue", "green", "white"]), (6, ["blue", "red", "white", "green"]),
        (7, ["white", "green", "blue", "red"]), (8, ["green", "white", "red", "blue"]),
    ]

    @Test(arguments: held, [true, false])
    func `however the camera was held, the photograph stands upright`(
        _ held: (orientation: Int, quarters: [String]), _ isLittle: Bool
    ) throws {
        let exif = TestPictures.exif(held.orientation, isLittle: isLittle)
        let photo = try PhotoReducer.reduce(TestPictures.jpeg(400, 200, exif))
        let isOnItsSide = held.orientation >= 5
        #expect(photo.size == (isOnItsSide ? PhotoSize(200, 400) : PhotoSize(400, 200)))
        #expect(try TestPictures.corners(photo) == held.quarters)
        #expect(photo.takenAt == "2026-07-19T08:05:59")
    }

    @Test func `nothing but the picture is kept`() throws {
        let taken = TestPictures.jpeg(400, 200, TestPictures.exif(1))
        let hasPlace = { (bytes: [UInt8]) in bytes.firstRange(of: Array("GPS-42.8746".utf8)) != nil
        }
        #expect(hasPlace(taken))
        let photo = try PhotoReducer.reduce(taken)
        #expect(!hasPlace(photo.bytes))
        // Only what a decoder needs: tables, the frame, the scan, and which colours they are.
        let markers = Set(JPEGSegments(photo.bytes).map(\.marker))
        #expect(markers.subtracting([0xE0, 0xDB, 0xC0, 0xC4, 0xDA]) == [])
    }

    @Test func `a photograph of fifty million pixels works`() throws {
        let photo = try PhotoReducer.reduce(TestPictures.grey(8660, 5774))
        #expect(photo.size.width == 2048 && (1365...1366).contains(photo.size.height))
    }

    @Test func `what is no photograph is refused with the reason`() throws {
        #expect(refusal([]) == .empty)
        let html = "<!DOCTYPE html><script>alert(1)</script>"
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
        for text in [html, svg, "GIF89a", "II*\0", "BM"] {
            #expect(refusal(Array(text.utf8)) == .noPhotograph)
        }
        #expect(refusal([0, 0, 0, 24] + Array("ftypheic0000".utf8)) == .heif)
        let large = [UInt8](repeating: 0xFF, count: PhotoLimits.uploadBytes + 1)
        #expect(refusal(large) == .tooManyBytes)
    }

    @Test func `a file that breaks off is refused wherever it does`() throws {
        let jpeg = TestPictures.jpeg(600, 400, TestPictures.exif(6))
        for bytes in [jpeg, TestPictures.png(600, 400), TestPictures.webp(600, 400)] {
            for share in [0.01, 0.1, 0.5, 0.9, 0.99] {
                let part = Array(bytes.prefix(max(13, Int(Double(bytes.count) * share))))
                #expect(refusal(part) == .damaged, "\(share) of \(bytes.count)")
            }
        }
    }

    @Test func `a huge picture in a tiny file is refused by its head`() throws {
        var png = TestPictures.png(16, 16)
        // The width and the height of a PNG stand behind its first chunk's name.
        png.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
        let sum = Checksum.crc(png[12..<29])
        png.replaceSubrange(29..<33, with: (0..<4).reversed().map { UInt8(sum >> (8 * $0) & 255) })
        #expect(refusal(png) == .tooManyPixels)
        var jpeg = TestPictures.jpeg(16, 16)
        let frame = try #require(JPEGSegments(jpeg).first { $0.marker == 0xC0 })
        jpeg.replaceSubrange(
            frame.range.lowerBound + 1..<frame.range.lowerBound + 5, with: [0xFF, 0xDC, 0xFF, 0xDC])
        #expect(refusal(jpeg) == .tooManyPixels)
    }

    @Test func `bytes by chance are refused or give a picture, and nothing else`() throws {
        var numbers = Numbers(state: 7)
        let whole = [
            TestPictures.jpeg(90, 60, TestPictures.exif(6)), TestPictures.png(90, 60),
            TestPictures.webp(90, 60),
        ]
        for round in 0..<600 {
            var bytes = whole[round % 3]
            for _ in 0...Int(numbers.next() % 8) {
                bytes[Int(numbers.next() % UInt64(bytes.count))] =
                    UInt8(truncatingIfNeeded: numbers.next())
            }
            do {
                let photo = try PhotoReducer.reduce(bytes)
                #expect(photo.size.longerSide <= PhotoLimits.longerSide)
            } catch {
                #expect(error is PhotoRefusal)
            }
        }
    }

    private struct Numbers {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    /// PNG's checksum of a chunk (PNG, annex D).
    private enum Checksum {
        static func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
            ~bytes.reduce(UInt32.max) { sum, byte in
                (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                    sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1
                }
            }
        }
    }
}
