import CImageCodecs

/// PNG through libpng's simplified interface.
enum PNGCodec {
    /// Reads a picture, laid on white where it is transparent.
    static func decode(_ bytes: [UInt8]) throws -> Raster {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        return try bytes.withUnsafeBytes { buffer in
            guard png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count) != 0,
                let size = PhotoSize(Int(image.width), Int(image.height))
            else { throw PhotoRefusal.damaged }
            try PhotoReducer.check(size, .png)
            image.format = colours
            let raster = try Raster(size)
            let isRead = try raster.withBytes { pixels, _ in
                png_image_finish_read(&image, nil, pixels, png_int_32(raster.pitch), nil)
            }
            guard isRead != 0 else { throw PhotoRefusal.damaged }
            raster.layOnWhite()
            return raster
        }
    }

    /// Four bytes a pixel: blue, green, red and opacity.
    private static let colours =
        png_uint_32(PNG_FORMAT_FLAG_COLOR) | png_uint_32(PNG_FORMAT_FLAG_BGR)
        | png_uint_32(PNG_FORMAT_FLAG_ALPHA)
}
