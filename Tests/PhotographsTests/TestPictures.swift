import CImageCodecs

@testable import Photographs

/// Pictures made for a test, and a look at what came of them.
enum TestPictures {
    /// Blue, green, red, opacity of each pixel: the four quarters are red, green, blue and white,
    /// from left to right and from top to bottom.
    static func quarters(_ width: Int, _ height: Int) -> [UInt8] {
        func row(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
            Array(repeatElement(left, count: width / 2).joined())
                + Array(repeatElement(right, count: width - width / 2).joined())
        }
        let top = row([0, 0, 255, 255], [0, 255, 0, 255])
        let bottom = row([255, 0, 0, 255], [255, 255, 255, 255])
        var pixels: [UInt8] = []
        for y in 0..<height { pixels += y < height / 2 ? top : bottom }
        return pixels
    }

    static func jpeg(_ width: Int, _ height: Int, progressive: Bool = false) -> [UInt8] {
        encode(quarters(width, height), width, height, TJPF_BGRX, progressive)
    }

    /// A JPEG of the size made of bytes that take little memory to make: one colour.
    static func grey(_ width: Int, _ height: Int) -> [UInt8] {
        encode(
            [UInt8](repeating: 128, count: width * height), width, height, TJPF_GRAY, false)
    }

    /// A JPEG of cyan, magenta, yellow and black, all of one colour.
    static func inks(_ ink: [UInt8], _ width: Int, _ height: Int) -> [UInt8] {
        let pixels = Array(repeatElement(ink, count: width * height).joined())
        return encode(pixels, width, height, TJPF_CMYK, false)
    }

    static func png(_ width: Int, _ height: Int, pixels: [UInt8]? = nil) -> [UInt8] {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(height)
        image.format =
            png_uint_32(PNG_FORMAT_FLAG_COLOR) | png_uint_32(PNG_FORMAT_FLAG_BGR)
            | png_uint_32(PNG_FORMAT_FLAG_ALPHA)
        let pixels = pixels ?? quarters(width, height)
        var bytes = [UInt8](repeating: 0, count: pixels.count + 100_000)
        var count = bytes.count
        png_image_write_to_memory(&image, &bytes, &count, 0, pixels, png_int_32(width * 4), nil)
        return Array(bytes.prefix(count))
    }

    static func webp(_ width: Int, _ height: Int) -> [UInt8] {
        var memory: UnsafeMutablePointer<UInt8>?
        let count = WebPEncodeBGRA(
            quarters(width, height), Int32(width), Int32(height), Int32(width * 4), 90, &memory)
        defer { WebPFree(memory) }
        return Array(UnsafeBufferPointer(start: memory, count: count))
    }

    /// A JPEG with EXIF behind its first two bytes: how it was held, when and where.
    static func jpeg(_ width: Int, _ height: Int, _ exif: [UInt8]) -> [UInt8] {
        let length = exif.count + 8
        let segment =
            [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + Array("Exif\0\0".utf8)
        let picture = jpeg(width, height)
        return Array(picture[..<2]) + segment + exif + Array(picture[2...])
    }

    /// A TIFF file in either order of bytes: orientation, a directory with the moment, one with
    /// a GPS text.
    static func exif(_ orientation: Int, isLittle: Bool = true) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            let bytes = (0..<count).map { UInt8(value >> (8 * $0) & 255) }
            return isLittle ? bytes : bytes.reversed()
        }
        func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
            number(tag, 2) + number(type, 2) + number(count, 4)
                + (value + [0, 0, 0, 0]).prefix(4)
        }
        let head: [UInt8] =
            (isLittle ? [0x49, 0x49] : [0x4D, 0x4D]) + number(42, 2) + number(8, 4)
        let first =
            number(3, 2) + entry(0x0112, 3, 1, number(orientation, 2))
            + entry(0x8769, 4, 1, number(50, 4)) + entry(0x8825, 4, 1, number(68 + 20, 4))
            + number(0, 4)
        let inner = number(1, 2) + entry(0x9003, 2, 20, number(68, 4)) + number(0, 4)
        let moment = Array("2026:07:19 08:05:59\0".utf8)
        let place = number(1, 2) + entry(0x001D, 2, 11, number(106, 4)) + number(0, 4)
        return head + first + inner + moment + place + Array("GPS-42.8746\0".utf8)
    }

    /// Which colours stand in the quarters of a JPEG.
    static func corners(_ photo: ReducedPhoto) throws -> [String] {
        let raster = try JPEGCodec.decode(photo.bytes, side: 65_535)
        let size = try raster.size
        return try raster.withBytes { pixels, _ in
            [(1, 1), (3, 1), (1, 3), (3, 3)].map { x, y in
                let place = size.height * y / 4 * raster.pitch + size.width * x / 4 * 4
                let (blue, green, red) = (pixels[place], pixels[place + 1], pixels[place + 2])
                return switch (red > 128, green > 128, blue > 128) {
                case (true, false, false): "red"
                case (false, true, false): "green"
                case (false, false, true): "blue"
                case (true, true, true): "white"
                default: "other"
                }
            }
        }
    }

    private static func encode(
        _ pixels: [UInt8], _ width: Int, _ height: Int, _ format: TJPF, _ progressive: Bool
    ) -> [UInt8] {
        let codec = tjInitCompress()
        defer { tjDestroy(codec) }
        var memory: UnsafeMutablePointer<UInt8>?
        var count: UInt = 0
        defer { tjFree(memory) }
        let sampling = format == TJPF_GRAY ? TJSAMP_GRAY : TJSAMP_420
        tjCompress2(
            codec, pixels, Int32(width), 0, Int32(height), format.rawValue,
            &memory, &count, Int32(sampling.rawValue), 90, progressive ? TJFLAG_PROGRESSIVE : 0)
        return Array(UnsafeBufferPointer(start: memory, count: Int(count)))
    }
}
